"""Formats that ICT reads and writes; they know nothing of Django's database."""
