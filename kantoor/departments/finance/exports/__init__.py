"""Exports: the whole ledger as text, so that another program can prove it."""

from kantoor.departments.finance.exports.ledger import AUDITS, FORMATS, Format, export_ledger

__all__ = ["AUDITS", "FORMATS", "Format", "export_ledger"]
