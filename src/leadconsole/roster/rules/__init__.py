"""The rules of a roster, pure: what a month is, what is wrong with a plan, and what would cure it."""
