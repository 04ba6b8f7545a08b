"""Costs and income spread over the time they belong to, and accruals."""
