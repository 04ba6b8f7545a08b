"""Sickness as who may see it does: spells, what was counted, and the steps that are due."""

from collections.abc import Iterable
from datetime import date

import msgspec
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.errors_leave import UnknownSpell
from kantoor.departments.hr.models import SickDuty, SickPart, SickSpell
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.paging import PAGE, Page, page_by
from kantoor.kernel.queries import query, scoped

SEE = "hr.see_sickness"


class SpellRow(msgspec.Struct, frozen=True):
    """A spell as listed; `days` are those counted, with the spells it goes on with."""

    id: int
    employee: str
    name: str
    first: date
    back_on: date | None
    days: int
    away_percent: int
    next_step: str
    due: date | None


class DutyRow(msgspec.Struct, frozen=True):
    """A step that the law asks, by when, and when it was done with where its evidence is."""

    step: str
    due: date
    done_on: date | None
    evidence: str


class SpellShown(msgspec.Struct, frozen=True):
    """A spell with its steps, and how far the person came back from which days.

    `employee` is whose it is, by which it is noted at whom was looked.
    """

    spell: SpellRow
    employee: str
    counted_days: int
    duties: list[DutyRow]
    parts: list[tuple[date, int]]


@query(permission=SEE, title=_("Sickness"), exposed=True)
def sick_spells(
    actor: Actor, /, *, open: bool | None = None, start: date | None = None,
    end: date | None = None, search: str = "", cursor: str = "", limit: int = PAGE,
) -> Page[SpellRow]:  # fmt: skip
    """Who is or was sick, the latest first; `open` are those who are not wholly back.

    With `start` and `end` those who were sick on any of the days between them.
    """
    found = scoped(actor, SickSpell).exclude(party=None)
    if start:
        found = found.filter(Q(back_on=None) | Q(back_on__gt=start))
    if end:
        found = found.filter(first__lte=end)
    if open is not None:
        found = found.filter(back_on__isnull=open)
    if search:
        found = found.filter(party__name__icontains=search)
    page = page_by(
        found.select_related("party"), order=("-first", "-id"), cursor=cursor, limit=limit,
        totals={},
    )  # fmt: skip
    return page.with_rows(_rows(page.rows))


@query(permission=SEE, title=_("A spell of sickness"), exposed=True)
def sick_spell(actor: Actor, /, *, spell: int) -> SpellShown:
    """One spell with its steps. Raises UnknownSpell."""
    rows = scoped(actor, SickSpell).select_related("party")
    row = rows.filter(pk=spell).first()
    if row is None or row.party is None:
        raise UnknownSpell(_("There is no such sickness."))
    duties = [
        DutyRow(each.step, each.due, each.done_on, each.evidence)
        for each in SickDuty.objects.filter(spell=row).order_by("due")
    ]
    parts = list(row.parts.order_by("first").values_list("first", "percent"))
    return SpellShown(_rows([row])[0], row.party.code, row.counted_days, duties, parts)


def _rows(found: Iterable[SickSpell]) -> list[SpellRow]:
    listed, today = list(found), timezone.localdate()
    keys = [row.pk for row in listed]
    steps: dict[int, SickDuty] = {}
    for duty in SickDuty.objects.filter(spell__in=keys, done_on=None).order_by("due"):
        steps.setdefault(duty.spell_id, duty)
    percent: dict[int, int] = {}
    for part in SickPart.objects.filter(spell__in=keys, first__lte=today).order_by("first"):
        percent[part.spell_id] = part.percent
    return [_row(row, steps.get(row.pk), percent.get(row.pk, 0), today) for row in listed]


def _row(row: SickSpell, duty: SickDuty | None, percent: int, today: date) -> SpellRow:
    assert row.party is not None, "what was let go is not listed"
    until = row.back_on or today
    waits = duty if row.back_on is None else None
    return SpellRow(
        row.pk, row.party.code, row.party.name, row.first, row.back_on,
        row.counted_days + (until - row.first).days, 0 if row.back_on else 100 - percent,
        waits.step if waits else "", waits.due if waits else None,
    )  # fmt: skip
