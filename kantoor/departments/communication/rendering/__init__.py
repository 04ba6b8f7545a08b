"""Texts of items: checked when they come in, and shown as pages, mails and plain text."""
