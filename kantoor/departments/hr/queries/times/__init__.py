"""What can be asked of time."""
