"""Backups: planned, reported, made and proved."""
