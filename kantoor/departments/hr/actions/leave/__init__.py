"""What can be done about leave and sickness."""
