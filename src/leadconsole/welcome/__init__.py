"""The first run: who leads, in which language and hours, and how the desk begins."""
