"""A believable desk to look around in: made in a second, the same for the same moment, in the language asked for."""
