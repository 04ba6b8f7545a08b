"""Gapless numbers: taken inside the transaction that uses them, so none is ever lost."""
