"""Suppliers, what is ordered of them, and their invoices until they are posted."""
