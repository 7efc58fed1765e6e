"""1-on-1 meetings: criteria, points with reasons, and a trend that is honest about its strength."""
