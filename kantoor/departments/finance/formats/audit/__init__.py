"""Audit files: what a tax authority or an accountant takes a whole ledger in."""
