"""What can be asked of devices."""
