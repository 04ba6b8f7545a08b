"""Kantoor's own backup: one encrypted file from which all of it comes back, and is proved."""
