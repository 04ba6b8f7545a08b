"""What somebody has of leave, by lot, and the ledger in which every minute is explained."""

from collections.abc import Sequence
from datetime import date

import msgspec
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.models import (
    LeaveDay,
    LeaveGrant,
    LeaveKind,
    LeaveLot,
    LeaveMove,
)
from kantoor.departments.hr.models.leave.requests import ASKED, request_number
from kantoor.departments.hr.queries.leave.reckoning.accrual import Part, lapses_on
from kantoor.departments.hr.queries.leave.whose import OWN, seen_by
from kantoor.departments.hr.queries.people.own import own_party
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import NotFound
from kantoor.kernel.parties.employees import EMPLOYEE
from kantoor.kernel.parties.models import Party
from kantoor.kernel.queries import query, scoped


class LotLeft(msgspec.Struct, frozen=True):
    """What is left of a lot; `would_lapse` is when it would be gone, were its person warned."""

    rule: str
    year: int
    left: int
    lapses: date
    statutory: bool
    warned_on: date | None
    would_lapse: date | None


class KindLeft(msgspec.Struct, frozen=True):
    """What is left of a kind at the end of a day; `asked` waits for a decision yet."""

    code: str
    name: str
    left: int
    asked: int
    lots: list[LotLeft]


class LedgerLine(msgspec.Struct, frozen=True):
    """A line of the ledger, with what is left after it and where its minutes come from."""

    on: date
    what: str
    minutes: int
    after: int
    rule: str
    year: int | None
    request: str
    reason: str
    parts: list[Part]


class LedgerShown(msgspec.Struct, frozen=True):
    """Somebody's leave on a day: what is left of each kind, and the ledger of one of them."""

    employee: str
    name: str
    on: date
    kinds: list[KindLeft]
    lines: list[LedgerLine]


@query(permission=OWN, title=_("My leave"), exposed=True)
def my_leave(actor: Actor, /, *, on: date | None = None, kind: str = "holiday") -> LedgerShown:
    """What one has of leave oneself at the end of a day, today unless said. Raises NotLinked."""
    return _shown(actor, own_party(actor), on, kind)


@query(permission=OWN, title=_("Leave of an employee"), exposed=True)
def leave_of(
    actor: Actor, /, *, employee: str, on: date | None = None, kind: str = "holiday"
) -> LedgerShown:
    """The same of somebody one manages, of oneself, or of anybody for HR. Raises NotFound."""
    found = scoped(actor, Party).filter(code=employee, roles__role=EMPLOYEE, erased_at=None)
    party, seen = found.first(), seen_by(actor)
    if party is None or (seen is not None and party.pk not in seen):
        raise NotFound(_("There is no employee “{code}”.").format(code=employee[:40]))
    return _shown(actor, party, on, kind)


def _shown(actor: Actor, party: Party, on: date | None, kind: str) -> LedgerShown:
    day = on or timezone.localdate()
    lines = _lines(actor, party, kind)
    return LedgerShown(party.code, party.name, day, _kinds(actor, party, day), lines)


def _kinds(actor: Actor, party: Party, on: date) -> list[KindLeft]:
    moves = scoped(actor, LeaveMove).filter(party=party, on__lte=on)
    by_lot = moves.values_list("kind_id", "lot_id").annotate(Sum("minutes")).order_by()
    left: dict[int, dict[int | None, int]] = {}
    for kind, lot, minutes in by_lot:
        left.setdefault(kind, {})[lot] = minutes
    waiting = LeaveDay.objects.filter(request__party=party, request__state=ASKED)
    asked = dict(waiting.values_list("request__kind_id").annotate(Sum("minutes")).order_by())
    lots: dict[int, list[LotLeft]] = {}
    rows = scoped(actor, LeaveLot).filter(party=party).select_related("rule")
    for row in rows.order_by("lapses", "-statutory", "pk"):
        minutes = left.get(row.kind_id, {}).get(row.pk, 0)
        if minutes:
            lots.setdefault(row.kind_id, []).append(_lot(row, minutes))
    kinds = scoped(actor, LeaveKind).filter(counted=True).order_by("pk")
    return [
        KindLeft(
            kind.code, kind.name, sum(left.get(kind.pk, {}).values()), asked.get(kind.pk, 0),
            lots.get(kind.pk, []),
        )
        for kind in kinds
        if kind.active or kind.pk in left
    ]  # fmt: skip


def _lot(row: LeaveLot, minutes: int) -> LotLeft:
    sooner = None
    if row.rule is not None and row.rule.must_warn and row.warned_on is None:
        sooner = lapses_on(row.year, row.rule.months)
    name = row.rule.name if row.rule else ""
    return LotLeft(name, row.year, minutes, row.lapses, row.statutory, row.warned_on, sooner)


def _lines(actor: Actor, party: Party, kind: str) -> list[LedgerLine]:
    rows = scoped(actor, LeaveMove).filter(party=party, kind__code=kind)
    moves = list(rows.select_related("lot__rule", "request").order_by("place"))
    granted = _granted(party)
    lines, after = [], 0
    for move in moves:
        after += move.minutes
        grant = None
        if move.lot_id is not None and move.what in ("granted", "corrected"):
            waiting = granted.get((move.lot_id, move.on, move.minutes), [])
            grant = waiting.pop(0) if waiting else None
        rule = move.lot.rule if move.lot else None
        lines.append(
            LedgerLine(
                move.on, move.what, move.minutes, after, rule.name if rule else "",
                move.lot.year if move.lot else None,
                request_number(move.request.number) if move.request else "",
                grant.reason if grant else "", _parts(grant),
            )
        )  # fmt: skip
    return lines


def _granted(party: Party) -> dict[tuple[int, date, int], list[LeaveGrant]]:
    found: dict[tuple[int, date, int], list[LeaveGrant]] = {}
    for grant in LeaveGrant.objects.filter(lot__party=party).order_by("pk"):
        found.setdefault((grant.lot_id, grant.on, grant.minutes), []).append(grant)
    return found


def _parts(grant: LeaveGrant | None) -> list[Part]:
    if grant is None or not grant.parts:
        return []
    return list(msgspec.json.decode(grant.parts, type=Sequence[Part]))
