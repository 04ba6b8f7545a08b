"""Exports: the whole ledger as text, so that another program can prove it."""

from kantoor.departments.finance.exports.ledger import FORMATS, Format, export_ledger

__all__ = ["FORMATS", "Format", "export_ledger"]
