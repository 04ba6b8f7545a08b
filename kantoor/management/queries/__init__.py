"""What can be asked of management."""
