"""The console of a user-support lead: tickets, cover, roster, 1-on-1s and pay on one SQLite file."""

__version__ = "0.1.0"
