"""Realistic content for the style guide: what each partial looks like when it is full of work."""
