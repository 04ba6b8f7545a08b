"""Mailings: one message to many, and the ways they go out."""
