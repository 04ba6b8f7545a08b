"""Pages of HR: privacy."""
