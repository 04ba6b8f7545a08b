"""Kantoor: the back office of a company in one package."""

__version__ = "0.1.0"
