"""Suppliers, their invoices, and what we owe them."""
