"""What can be done in finance."""
