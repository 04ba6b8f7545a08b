"""Allocation keys: costs distributed over cost centres, projects and the like."""
