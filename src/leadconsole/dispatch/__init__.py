"""Who should take this ticket now, and why."""
