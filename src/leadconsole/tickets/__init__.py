"""The queue: tickets, their clocks, views and search."""
