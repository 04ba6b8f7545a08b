"""Tests of payments: accounts, mandates, runs, files and what the bank says."""
