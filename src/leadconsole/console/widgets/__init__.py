"""Widgets that know no slice: a table, lines."""
