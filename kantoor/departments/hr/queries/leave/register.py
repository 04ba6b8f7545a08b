"""The register of balances: what everybody has of leave at the end of a day."""

from collections.abc import Sequence
from datetime import date

import msgspec
from django.db.models import Min, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.models import LeaveDay, LeaveKind, LeaveMove
from kantoor.departments.hr.models.leave.requests import ASKED
from kantoor.departments.hr.queries.leave.balance import HOLIDAY, minutes_left
from kantoor.departments.hr.queries.leave.whose import READ
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.parties.employees import EMPLOYEE
from kantoor.kernel.parties.models import Party
from kantoor.kernel.queries import query, scoped


class BalanceRow(msgspec.Struct, frozen=True):
    """What somebody has: left, of that by law, waiting for a decision, and when it first lapses."""

    id: int
    employee: str
    name: str
    left: int
    statutory: int
    asked: int
    lapses: date | None


class KindRow(msgspec.Struct, frozen=True):
    """A kind of leave as listed, with the rules by which it is earned."""

    id: int
    code: str
    name: str
    counted: bool
    paid: bool
    rules: str


@query(permission=READ, title=_("Leave balances"), exposed=True)
def leave_balances(
    actor: Actor, /, *, on: date | None = None, kind: str = HOLIDAY, search: str = "",
    sort: str = "name", cursor: str = "", limit: int = PAGE,
) -> Page[BalanceRow]:  # fmt: skip
    """What each employee has of a kind of leave at the end of a day, today unless said."""
    day = on or timezone.localdate()
    found = scoped(actor, Party).filter(roles__role=EMPLOYEE, erased_at=None)
    if search:
        found = found.filter(name__icontains=search)
    order = sorted_by(sort, {"name": ("name",), "employee": ("code",)})
    page = page_by(found, order=order, cursor=cursor, limit=limit, totals={})
    keys = [row.pk for row in page.rows]
    left = minutes_left(actor.company_id, day, keys, kind=kind)
    lots = LeaveMove.objects.filter(party__in=keys, kind__code=kind, on__lte=day)
    by_law = dict(
        lots.filter(lot__statutory=True).values_list("party_id").annotate(Sum("minutes")).order_by()
    )
    waiting = LeaveDay.objects.filter(
        request__party__in=keys, request__state=ASKED, request__kind__code=kind
    )
    asked = dict(waiting.values_list("request__party_id").annotate(Sum("minutes")).order_by())
    lapses = _first_lapses(actor, keys, kind, day)
    return page.map(
        lambda row: BalanceRow(
            row.pk, row.code, row.name, left.get(row.pk, 0), by_law.get(row.pk, 0),
            asked.get(row.pk, 0), lapses.get(row.pk),
        )
    )  # fmt: skip


def _first_lapses(actor: Actor, parties: Sequence[int], kind: str, day: date) -> dict[int, date]:
    """When the first of what is left on a day lapses, by party."""
    rows = LeaveMove.objects.filter(
        company_id=actor.company_id, party__in=parties, kind__code=kind, on__gt=day, what="lapsed"
    )
    return dict(rows.values_list("party_id").annotate(Min("on")).order_by())


@query(permission=READ, title=_("Kinds of leave"), exposed=True)
def leave_kinds(actor: Actor, /) -> list[KindRow]:
    """The kinds of leave that are in use, with their rules."""
    rows = scoped(actor, LeaveKind).filter(active=True).prefetch_related("rules")
    return [
        KindRow(
            row.pk, row.code, row.name, row.counted, row.paid,
            ", ".join(rule.name for rule in row.rules.all() if rule.active),
        )
        for row in rows.order_by("pk")
    ]  # fmt: skip


def kind_names(actor: Actor) -> dict[str, str]:
    """The kinds that can be asked, by code."""
    rows = scoped(actor, LeaveKind).filter(active=True).order_by("pk")
    return dict(rows.values_list("code", "name"))
