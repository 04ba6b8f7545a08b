"""What can be done in HR."""
