"""Asking people to read something, reminding them, and taking that they did."""
