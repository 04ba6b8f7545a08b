"""Affiliated companies, what waits from them, and the figures of groups."""
