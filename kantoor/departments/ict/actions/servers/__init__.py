"""Servers, their checks and maintenance: set by people."""
