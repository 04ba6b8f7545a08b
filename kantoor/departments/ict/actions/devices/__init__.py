"""What can be done with devices."""
