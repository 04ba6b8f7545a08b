"""Pages of HR: what is one's own."""
