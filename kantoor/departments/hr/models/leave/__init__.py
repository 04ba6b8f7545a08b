"""What HR keeps of leave and sickness."""
