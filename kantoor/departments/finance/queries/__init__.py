"""What can be asked of finance."""
