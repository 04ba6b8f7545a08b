"""Faces of what the company says: the press page and the screens in the hall."""
