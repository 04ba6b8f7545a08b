"""What can be asked of HR."""
