"""Servers and whether they work."""
