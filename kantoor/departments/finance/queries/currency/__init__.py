"""Reading rates of exchange, and what is held in other currencies."""
