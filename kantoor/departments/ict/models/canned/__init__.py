"""Texts that are used again: answers, and templates for new cases."""
