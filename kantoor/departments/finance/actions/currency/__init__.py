"""Keeping rates of exchange, and revaluing what is held in other currencies."""
