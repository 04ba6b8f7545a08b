"""Backups and what was proved of them."""
