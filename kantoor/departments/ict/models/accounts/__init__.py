"""Accounts of people in systems, as they are kept."""
