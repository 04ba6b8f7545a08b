"""Tests of file formats: bytes and values, without a company."""
