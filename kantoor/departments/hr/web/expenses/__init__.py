"""Pages of HR: expenses."""
