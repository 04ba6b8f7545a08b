"""Issued invoices as electronic ones: what EN 16931 asks for, from what the books have."""
