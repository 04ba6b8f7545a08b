"""Readers and writers of file formats: bytes in, typed values out; no database, no actor."""
