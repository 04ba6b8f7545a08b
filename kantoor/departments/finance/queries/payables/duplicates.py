"""Which purchase invoices seem to be ones that are here already.

The same supplier and number is the same invoice; the same supplier, date and amount under another
number most likely is (issue: the same content under another number).
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from kantoor.departments.finance.models.payables import REFUSED
from kantoor.kernel.store.lookup import fetch


class Asked(NamedTuple):
    """An invoice to be looked for; `reference_key` as it is compared."""

    party_id: int | None
    kind: str
    reference_key: str
    date: str | None
    gross: int


_ROWS = (
    "SELECT id, party_id, kind, reference_key, CAST(date AS text), gross"  # noqa: S608
    " FROM finance_purchase_invoice"
    f" WHERE company_id = %s AND state <> '{REFUSED}' AND ({{}})"
)
_ONE = "(party_id = %s AND (reference_key = %s OR (date = %s AND gross = %s)))"
SOME = 100
"""Invoices that one statement looks for."""


def seem_same(company_id: int, asked: Sequence[Asked], but: int | None = None) -> list[int | None]:
    """For each the key of the earliest invoice here that it seems to be, or None.

    One asked for twice among those given finds its earlier self as -1 - its place. `but` is an
    invoice that is not looked at, since it is the one asked about.
    """
    known = _known(company_id, asked)
    by_reference: dict[tuple[object, ...], int] = {}
    by_content: dict[tuple[object, ...], int] = {}
    for key, *row in sorted(set(known), key=lambda row: row[0], reverse=True):
        if key != but:
            _note(Asked(*row), key, by_reference, by_content)
    found = []
    for place, each in enumerate(asked):
        seen = None
        if each.party_id is not None:
            seen = by_reference.get(_reference(each)) or by_content.get(_content(each))
        found.append(seen)
        if seen is None:
            _note(each, -1 - place, by_reference, by_content)
    return found


def _known(company_id: int, asked: Sequence[Asked]) -> list[tuple[Any, ...]]:
    """The invoices here that one of those asked could be, each with its key."""
    wanted = [each for each in asked if each.party_id is not None]
    rows: list[tuple[Any, ...]] = []
    for start in range(0, len(wanted), SOME):
        some = wanted[start : start + SOME]
        sql = _ROWS.format(" OR ".join([_ONE] * len(some)))
        params = [
            value
            for each in some
            for value in (each.party_id, each.reference_key, each.date, each.gross)
        ]
        rows += fetch(sql, [company_id, *params])
    return rows


def _note(
    each: Asked, key: int, by_reference: dict[tuple[object, ...], int],
    by_content: dict[tuple[object, ...], int],
) -> None:  # fmt: skip
    if each.party_id is None:
        return
    if each.reference_key:
        by_reference[_reference(each)] = key
    if each.date and each.gross:
        by_content[_content(each)] = key


def _reference(each: Asked) -> tuple[object, ...]:
    return (each.party_id, each.kind, each.reference_key)


def _content(each: Asked) -> tuple[object, ...]:
    return (each.party_id, each.kind, each.date, each.gross)
