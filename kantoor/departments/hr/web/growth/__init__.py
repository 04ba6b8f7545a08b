"""Pages of HR: recruitment and growth."""
