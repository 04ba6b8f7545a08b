"""What can be asked of leave and sickness."""
