"""Pages of HR: people."""
