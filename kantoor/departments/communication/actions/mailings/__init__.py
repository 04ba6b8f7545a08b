"""What is done with mailings: sent off, handed in, paused, stopped; what comes back."""
