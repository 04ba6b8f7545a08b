"""Reading what others made: pictures."""
