"""Payments as pages: what can be paid, runs on their way to the bank, accounts and mandates."""
