"""Entries that book a document: these are undone where the document is, not by a reversal."""

from django.utils.translation import gettext_lazy as _

_UNDONE_ELSEWHERE = (
    (
        ("finance.invoice/", "finance.purchase_invoice/"),
        _("{number} books an invoice; take that back with a credit note."),
    ),
    (
        ("finance.asset/", "finance.depreciation_run/"),
        _("{number} books fixed assets; undo what made it, in the register of assets."),
    ),
    (
        ("finance.spread/", "finance.spread_run/", "finance.accrual/"),
        _("{number} books what is spread or accrued; undo or change that instead."),
    ),
    (
        ("finance.settlement/",),
        _("{number} is a difference of exchange; undo the settlement that made it."),
    ),
    (
        ("finance.year_close/",),
        _("{number} closes a fiscal year; reopen the year instead."),
    ),
    (
        ("finance.mirror/",),
        _("{number} mirrors what an affiliate booked; it is reversed there."),
    ),
    (
        ("finance.payment_run/",),
        _("{number} books payments sent to the bank; book those that were rejected."),
    ),
    (
        ("finance.allocation_run/",),
        _("{number} distributes costs by a key; take that run back instead."),
    ),
    (
        ("finance.vat_return/",),
        _("{number} books a VAT return that was filed; file a supplement instead."),
    ),
    (
        ("hr.",),
        _("{number} books a document of HR; take that back there."),
    ),
)
"""By how an entry's origin begins: why it is not reversed by itself, and what to do instead."""


def undone_elsewhere(origin: str, number: str) -> str:
    """Why an entry of this origin is not reversed by itself; empty where it may be."""
    for beginnings, words in _UNDONE_ELSEWHERE:
        if origin.startswith(beginnings):
            return str(words).format(number=number)
    return ""
