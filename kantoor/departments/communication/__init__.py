"""Communication: what the company says, inside and out."""
