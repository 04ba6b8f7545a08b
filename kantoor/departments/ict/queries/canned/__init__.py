"""Canned texts as they stand, and filled in for a case."""
