"""What can be asked of sales."""
