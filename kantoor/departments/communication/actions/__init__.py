"""What can be done in communication."""
