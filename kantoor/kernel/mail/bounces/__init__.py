"""Bounces: mail that tells which address our own mail did not reach."""
