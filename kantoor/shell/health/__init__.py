"""How it is with the server: for those who watch over it."""
