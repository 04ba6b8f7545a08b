"""Changing pay: salaries, components, settings, and runs from made to booked."""
