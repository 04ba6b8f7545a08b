"""What can be asked about procedures."""
