"""Suppliers, orders and purchase invoices as pages."""
