"""Questions and mentions are noted, taken, answered and closed."""
