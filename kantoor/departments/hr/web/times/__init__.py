"""Pages of HR: time."""
