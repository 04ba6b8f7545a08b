"""Screens, the press page, and the addresses of feeds."""
