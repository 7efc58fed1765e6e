"""Who leads and who can cover whom; what-if on absences; handover."""
