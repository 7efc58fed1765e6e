"""Finds a good plan by itself: the month as a problem, the search in a process of its own, the plan that comes out."""
