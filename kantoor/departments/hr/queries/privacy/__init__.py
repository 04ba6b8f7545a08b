"""What can be seen of retention, looks, and one's own data."""
