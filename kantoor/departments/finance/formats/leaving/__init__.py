"""Readers of what people leave behind in other programs: each gives an administration."""
