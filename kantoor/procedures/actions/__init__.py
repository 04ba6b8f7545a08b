"""What can be done with procedures."""
