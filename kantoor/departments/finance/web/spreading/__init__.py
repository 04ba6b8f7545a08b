"""Spreads and accruals as pages."""
