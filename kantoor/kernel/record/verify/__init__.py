"""Verify: prove every table against the record, and the record against its signed heads."""
