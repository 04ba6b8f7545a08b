"""Tests of getting paid."""
