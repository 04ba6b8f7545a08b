"""Signing in and out, with sessions; choosing company and language; changing one's password."""
