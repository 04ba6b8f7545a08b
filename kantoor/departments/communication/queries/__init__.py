"""What can be asked of communication."""
