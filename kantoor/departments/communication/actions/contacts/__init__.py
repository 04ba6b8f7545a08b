"""Contacts are added and changed, and what was said is noted."""
