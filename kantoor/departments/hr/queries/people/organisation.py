"""The organisation on a day: what is within what, who leads it, and how many people work there."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

import msgspec
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.models import UnitVersion
from kantoor.departments.hr.queries.people.register import READ
from kantoor.departments.hr.queries.people.terms import terms_on
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import query


class UnitShown(msgspec.Struct, frozen=True, kw_only=True):
    """A unit on a day; `depth` is 0 at the top, `people` and `minutes` a week are its own alone."""

    code: str
    name: str
    depth: int
    within: str
    head: str
    head_name: str
    people: int
    weekly_minutes: int
    people_with_all_within: int


@query(permission=READ, title=_("The organisation"), exposed=True)
def organisation(actor: Actor, /, *, on: date | None = None) -> list[UnitShown]:
    """The units that are open on a day (today unless given), each followed by those within it.

    Who works for no unit, or for one that is closed, is not counted. Two statements.
    """
    day = on or timezone.localdate()
    units = _units(actor, day)
    people: Counter[int] = Counter()
    minutes: Counter[int] = Counter()
    for terms in terms_on(actor.company_id, day).values():
        if terms.unit is not None:
            people[terms.unit] += 1
            minutes[terms.unit] += terms.weekly_minutes
    below: dict[int | None, list[UnitVersion]] = {}
    for row in sorted(units.values(), key=lambda row: row.name.casefold()):
        # What is within a unit that is closed stands at the top until it is put elsewhere.
        within = row.within_id if row.within_id in units else None
        below.setdefault(within, []).append(row)
    shown: list[UnitShown] = []
    _show(below, None, 0, people, minutes, shown)
    return shown


def _units(actor: Actor, day: date) -> dict[int, UnitVersion]:
    rows = UnitVersion.objects.filter(unit__company_id=actor.company_id, valid_from__lte=day)
    held = {
        row.unit_id: row
        for row in rows.select_related("unit", "head", "within").order_by("valid_from")
    }
    return {key: row for key, row in held.items() if not row.closed}


def _show(
    below: Mapping[int | None, list[UnitVersion]], at: int | None, depth: int,
    people: Mapping[int, int], minutes: Mapping[int, int], shown: list[UnitShown],
) -> int:  # fmt: skip
    """Add what is below a unit, deepest last; gives how many people work there."""
    total = 0
    for row in below.get(at, ()):
        place = len(shown)
        shown.append(
            UnitShown(
                code=row.unit.code,
                name=row.name,
                depth=depth,
                within=row.within.code if row.within else "",
                head=row.head.code if row.head else "",
                head_name=row.head.name if row.head else "",
                people=people.get(row.unit_id, 0),
                weekly_minutes=minutes.get(row.unit_id, 0),
                people_with_all_within=0,
            )
        )
        here = people.get(row.unit_id, 0) + _show(
            below, row.unit_id, depth + 1, people, minutes, shown
        )
        shown[place] = msgspec.structs.replace(shown[place], people_with_all_within=here)
        total += here
    return total
