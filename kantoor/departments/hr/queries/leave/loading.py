"""Load what ledgers are reckoned from, for many people at once, and reckon them."""

from collections.abc import Collection
from typing import NamedTuple, TypeVar

from django.db import models
from django.db.models import QuerySet

from kantoor.departments.hr.models import LeaveDay, LeaveGrant, LeaveLot
from kantoor.departments.hr.models.leave.requests import APPROVED
from kantoor.departments.hr.queries.leave.payouts import standing_payouts
from kantoor.departments.hr.queries.leave.reckoning.ledger import (
    PAID_OUT,
    TAKEN,
    Entry,
    Lot,
    Move,
    replay,
)

M = TypeVar("M", bound=models.Model)
ASKED_BY_KEY = 1000
"""For more people than this, all of the company are read and the rest left out."""


class Whose(NamedTuple):
    """A ledger is of one person and one kind of leave, by their keys."""

    party: int
    kind: int


def sources(
    company_id: int, parties: Collection[int] | None, states: Collection[str] = (APPROVED,)
) -> tuple[dict[Whose, list[Lot]], dict[Whose, list[Entry]]]:
    """The lots and entries of ledgers, in a fixed number of statements."""
    lots: dict[Whose, list[Lot]] = {}
    entries: dict[Whose, list[Entry]] = {}
    whose: dict[int, Whose] = {}
    wanted = None if parties is None else frozenset(parties)
    rows = LeaveLot.objects.filter(company_id=company_id)
    for pk, party, kind, lapses, statutory in _only(rows, "party", wanted).values_list(
        "pk", "party_id", "kind_id", "lapses", "statutory"
    ):
        if wanted is None or party in wanted:
            whose[pk] = Whose(party, kind)
            lots.setdefault(whose[pk], []).append(Lot(pk, lapses, statutory))
    grants = LeaveGrant.objects.filter(lot__company_id=company_id)
    for lot, on, minutes, what in _only(grants, "lot__party", wanted).values_list(
        "lot_id", "on", "minutes", "what"
    ):
        if lot in whose:
            entries.setdefault(whose[lot], []).append(Entry(on, minutes, lot=lot, what=what))
    days = LeaveDay.objects.filter(
        company_id=company_id, request__state__in=states, request__kind__counted=True
    )
    for party, kind, request, day, minutes in _only(days, "request__party", wanted).values_list(
        "request__party_id", "request__kind_id", "request_id", "day", "minutes"
    ):
        if wanted is None or party in wanted:
            taken = Entry(day, minutes, request=request, what=TAKEN)
            entries.setdefault(Whose(party, kind), []).append(taken)
    for (party, _month), paid in standing_payouts(company_id, wanted).items():
        if paid.minutes:
            out = Entry(paid.on, paid.minutes, what=PAID_OUT)
            entries.setdefault(Whose(party, paid.kind), []).append(out)
    return lots, entries


def ledgers(company_id: int, parties: Collection[int] | None) -> dict[Whose, list[Move]]:
    """The ledgers of these people, or of all, reckoned anew from the beginning."""
    lots, entries = sources(company_id, parties)
    return {each: replay(lots.get(each, ()), found) for each, found in sorted(entries.items())}


def _only(rows: QuerySet[M], path: str, wanted: frozenset[int] | None) -> QuerySet[M]:
    if wanted is None or len(wanted) > ASKED_BY_KEY:
        return rows
    return rows.filter(**{f"{path}__in": wanted})
