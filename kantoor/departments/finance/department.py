"""What finance declares to the shell."""
