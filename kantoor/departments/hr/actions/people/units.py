"""The units of the organisation, and how they change: what is within what, and who leads it."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

import msgspec
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.actions.people.findings import Findings
from kantoor.departments.hr.actions.people.hiring import MANAGE
from kantoor.departments.hr.actions.people.naming import Known, known_codes
from kantoor.departments.hr.actions.people.wording import checked_text
from kantoor.departments.hr.errors_people import UnitLoop
from kantoor.departments.hr.models import Unit, UnitVersion
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import Conflict, InvalidInput
from kantoor.kernel.queries import scoped

ALWAYS = date(1900, 1, 1)


class UnitDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A team, department or branch; `within` is the code of the unit it is part of, if any.

    `head` is the number of who leads it; it is there from `from_day`, or always was.
    """

    code: str
    name: str
    within: str = ""
    head: str = ""
    from_day: date | None = None


class UnitChange(msgspec.Struct, frozen=True, kw_only=True):
    """What is other of a unit from a day on; what is not said stays as it is.

    An empty `within` puts it at the top, an empty `head` takes away who leads it.
    """

    code: str
    from_day: date
    name: str | None = None
    within: str | None = None
    head: str | None = None
    closed: bool | None = None


@action(permission=MANAGE, title=_("Add units"), bulk_of="hr.add_unit")
def add_units(actor: Actor, /, *, units: Sequence[UnitDraft]) -> list[str]:
    """Add units to the organisation, all or none; gives their codes.

    They may be within each other. Raises Refusals with a message for each row and field.
    """
    found = Findings()
    taken = set(scoped(actor, Unit).values_list("code", flat=True))
    rows = []
    for line, each in enumerate(units, 1):
        code = checked_text(each.code, "code", 40, found, line)
        name = checked_text(each.name, "name", 120, found, line)
        for field, value in (("code", code), ("name", name)):
            if not value:
                message = _("Give a code and a name.")
                found.add(InvalidInput(message, field=field, line=line))
        if code in taken:
            said = _("There is a unit “{code}” already.").format(code=code[:40])
            found.add(Conflict(said, field="code", line=line))
        taken.add(code)
        rows.append(Unit(company_id=actor.company_id, code=code, name=name))
    found.refuse()
    Unit.objects.bulk_create(rows)
    changes = [
        UnitChange(
            code=each.code, from_day=each.from_day or ALWAYS, name=each.name, within=each.within,
            head=each.head, closed=False,
        )
        for each in units
    ]  # fmt: skip
    _change(actor, changes)
    return [row.code for row in rows]


@action(permission=MANAGE, title=_("Add a unit"))
def add_unit(actor: Actor, /, *, unit: UnitDraft) -> str:
    """Add one unit to the organisation; gives its code."""
    return add_units(actor, units=[unit])[0]


@action(permission=MANAGE, title=_("Change units"), bulk_of="hr.change_unit")
def change_units(actor: Actor, /, *, changes: Sequence[UnitChange]) -> None:
    """Change units from a day on until their next change, all or none.

    Raises Refusals with a message for each row and field: UnknownUnit, UnknownEmployee, UnitLoop.
    """
    _change(actor, changes)


@action(permission=MANAGE, title=_("Change a unit"))
def change_unit(actor: Actor, /, *, change: UnitChange) -> None:
    """Change one unit from a day on."""
    change_units(actor, changes=[change])


def _change(actor: Actor, changes: Sequence[UnitChange]) -> None:
    found = Findings()
    known = known_codes(actor, [each.head or "" for each in changes])
    versions = _versions(actor)
    touched: dict[int, UnitVersion] = {}
    for line, each in enumerate(changes, 1):
        version = _changed(each, line, known, versions, found)
        if version is not None:
            touched[id(version)] = version
    for line, each in enumerate(changes, 1):
        unit = known.units.get(each.code.strip())
        if unit is not None and _comes_back(unit, each.from_day, versions):
            message = _("This unit would be within itself, by way of others.")
            found.add(UnitLoop(message, field="within", line=line))
    found.refuse()
    fresh = [row for row in touched.values() if row._state.adding]
    kept = [row for row in touched.values() if not row._state.adding]
    UnitVersion.objects.bulk_create(fresh)
    if kept:
        UnitVersion.objects.bulk_update(kept, ["name", "within", "head", "closed"])
    _rename(actor, {row.unit_id for row in touched.values()}, versions)


def _changed(
    change: UnitChange, line: int, known: Known, versions: dict[int, list[UnitVersion]],
    found: Findings,
) -> UnitVersion | None:  # fmt: skip
    """The version of the day as it becomes, put in its place among the others."""
    unit = known.unit(change.code, found, line, "code")
    within = known.unit(change.within or "", found, line, "within")
    head = known.employee(change.head, found, line, "head") if change.head else None
    if unit is None:
        return None
    rows = versions[unit]
    before = [row for row in rows if row.valid_from <= change.from_day]
    version = before[-1] if before else UnitVersion(unit_id=unit, name="", closed=False)
    if not before or version.valid_from != change.from_day:
        version = UnitVersion(
            unit_id=unit, valid_from=change.from_day, name=version.name,
            within_id=version.within_id, head_id=version.head_id, closed=version.closed,
        )  # fmt: skip
        rows.insert(len(before), version)
    if change.name is not None:
        version.name = checked_text(change.name, "name", 120, found, line)
        if not version.name:
            found.add(InvalidInput(_("Give a code and a name."), field="name", line=line))
    if change.within is not None:
        version.within_id = within
    if change.head is not None:
        version.head_id = head
    if change.closed is not None:
        version.closed = change.closed
    return version


def _versions(actor: Actor) -> dict[int, list[UnitVersion]]:
    """All versions of the company's units in order of time, locked until the commit."""
    rows = UnitVersion.objects.filter(unit__company_id=actor.company_id)
    found: dict[int, list[UnitVersion]] = defaultdict(list)
    for row in rows.select_for_update(of=("self",)).order_by("valid_from"):
        found[row.unit_id].append(row)
    return found


def _comes_back(unit: int, since: date, versions: dict[int, list[UnitVersion]]) -> bool:
    """Whether a unit is within itself on the day, or on one when something changes after it."""
    days = {row.valid_from for rows in versions.values() for row in rows} | {since}
    return any(_loops_on(unit, day, versions) for day in days if day >= since)


def _loops_on(unit: int, day: date, versions: dict[int, list[UnitVersion]]) -> bool:
    at: int | None = unit
    for _step in range(len(versions) + 1):
        held = [row for row in versions.get(at or 0, ()) if row.valid_from <= day]
        at = held[-1].within_id if held else None
        if at is None:
            return False
        if at == unit:
            return True
    return False


def _rename(actor: Actor, units: set[int], versions: dict[int, list[UnitVersion]]) -> None:
    """Let units be called now what they are called today."""
    today = timezone.localdate()
    changed = []
    for row in scoped(actor, Unit).filter(pk__in=units).order_by("pk"):
        held = [each for each in versions[row.pk] if each.valid_from <= today]
        if held and row.name != held[-1].name:
            row.name = held[-1].name
            changed.append(row)
    if changed:
        Unit.objects.bulk_update(changed, ["name"])
