"""Readers: files from outside, turned into drafts."""
