"""Mailings as pages, and the addresses in them."""
