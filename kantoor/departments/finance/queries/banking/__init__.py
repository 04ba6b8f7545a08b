"""What is asked about bank accounts, their statements and lines."""
