"""Closing fiscal years, and opening them again."""
