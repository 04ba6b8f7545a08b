"""Leave reckoned from contracts, grants and requests: pure functions, minutes as integers."""
