"""People, clients, contacts, working calendars, norms and settings of the desk."""
