"""Accounts of people in systems: opened and closed."""
