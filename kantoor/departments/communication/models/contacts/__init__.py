"""Contacts of press and public affairs, with what was said."""
