"""Budgets: what was planned, what came of it, and what is left."""
