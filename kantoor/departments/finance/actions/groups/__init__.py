"""Affiliated companies: what one books with another is mirrored there; and groups of companies."""
