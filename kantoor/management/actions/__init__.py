"""What can be done in management."""
