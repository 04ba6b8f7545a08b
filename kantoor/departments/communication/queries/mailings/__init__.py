"""Mailings as they are found and read."""
