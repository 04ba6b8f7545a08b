"""Servers, what is asked of them all day, and what became of it."""
