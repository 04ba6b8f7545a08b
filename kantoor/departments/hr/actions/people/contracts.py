"""Change contracts: a new version from a day on, which may lie in the past.

What changes holds from that day for good: later versions that had left it as it was take it over,
until one that had changed it by itself. What a replaced version said stays readable as it was
known (docs/decisions/0140).
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.actions.people.findings import Findings
from kantoor.departments.hr.actions.people.hiring import MANAGE
from kantoor.departments.hr.actions.people.managers import in_a_loop
from kantoor.departments.hr.actions.people.naming import Known, known_codes
from kantoor.departments.hr.actions.people.wording import (
    FIXED,
    Contract,
    check_term,
    hours_of,
    words_of,
)
from kantoor.departments.hr.actions.people.writing import lock_managers, write_versions
from kantoor.departments.hr.drafts_people import ContractChange
from kantoor.departments.hr.errors_people import ManagerLoop, NotEmployed
from kantoor.departments.hr.events import ContractChanged
from kantoor.departments.hr.models import ContractVersion, Employment
from kantoor.departments.hr.models.people.employment import WEEKDAYS
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns, publish
from kantoor.kernel.actors.actor import Actor

FIELDS = (
    "kind", "until", "job_title", *WEEKDAYS, "cost_centre", "manager_id", "unit_id", "place", "cao",
)  # fmt: skip
KNOWN_AT_ONCE = 1000
TAKEN_AWAY = "-"
"""Said of a manager or unit it takes them away, as an empty text does; a form can't send that."""


@dataclass(slots=True)
class Held:
    """A version as it stands in memory; `key` is None for one that isn't written yet."""

    day: date
    contract: Contract
    key: int | None = None


@dataclass(slots=True)
class Course:
    """An employment with the versions that hold, in order, and those that were replaced."""

    employment: int
    party: int
    start: date
    end: date | None
    held: list[Held] = field(default_factory=list)
    replaced: list[int] = field(default_factory=list)

    def change(self, day: date, values: dict[str, Any]) -> list[str]:
        """Let values hold from a day on; gives the names of those that are other than before."""
        at = max(n for n, each in enumerate(self.held) if each.day <= day)
        before = self.held[at].contract
        values = {name: v for name, v in values.items() if getattr(before, name) != v}
        if not values:
            return []
        if self.held[at].day == day:
            self._replace(at, values)
        else:
            at += 1
            self.held.insert(at, Held(day, before.with_values(values)))
        carried = dict(values)
        for later in range(at + 1, len(self.held)):
            theirs = self.held[later].contract
            carried = {n: v for n, v in carried.items() if getattr(theirs, n) == getattr(before, n)}
            if not carried:
                break
            self._replace(later, carried)
        return sorted(values)

    def _replace(self, at: int, values: dict[str, Any]) -> None:
        old = self.held[at]
        if old.key is not None:
            self.replaced.append(old.key)
        self.held[at] = Held(old.day, old.contract.with_values(values))


@action(permission=MANAGE, title=_("Change contracts"), bulk_of="hr.change_contract")
def change_contracts(actor: Actor, /, *, changes: Sequence[ContractChange]) -> int:
    """Change contracts from a day on, all or none; gives how many versions were written.

    Saying what holds already changes nothing. Raises Refusals with a message for each row and
    field: UnknownEmployee, NotEmployed on that day, ManagerLoop, and what can't be.
    """
    found = Findings()
    known = known_codes(
        actor, [code for each in changes for code in (each.employee, each.manager or "")]
    )
    lock_managers(actor)
    parties = {key for code, (key, _subject) in known.employees.items()}
    courses = courses_of(actor.company_id, parties)
    told: list[ContractChanged] = []
    for line, each in enumerate(changes, 1):
        event = _changed(actor, each, line, known, courses, found)
        if event is not None:
            told.append(event)
    found.refuse()
    written = _write([course for some in courses.values() for course in some])
    _refuse_loops(actor, changes, known, told)
    for event in told:
        publish(event)
    if len({event.party_id for event in told}) == 1:
        concerns(f"kernel.party/{told[0].party_id}")
    return written


@action(permission=MANAGE, title=_("Change a contract"))
def change_contract(actor: Actor, /, *, change: ContractChange) -> int:
    """Change one contract from a day on; gives how many versions were written."""
    return change_contracts(actor, changes=[change])


def courses_of(company_id: int, parties: set[int]) -> dict[int, list[Course]]:
    """The employments of these people with their versions, locked until the commit."""
    rows = Employment.objects.filter(company_id=company_id).select_for_update()
    versions = ContractVersion.objects.filter(employment__company_id=company_id, replaced_at=None)
    if len(parties) <= KNOWN_AT_ONCE:
        rows = rows.filter(party_id__in=parties)
        versions = versions.filter(employment__party_id__in=parties)
    by_key = {
        row.pk: Course(row.pk, row.party_id, row.starts_on, row.ends_on)
        for row in rows.order_by("pk")
        if row.party_id in parties
    }
    ordered = versions.order_by("employment_id", "valid_from")
    for key, employment, day, *values in ordered.values_list(
        "pk", "employment_id", "valid_from", *FIELDS
    ):
        if employment in by_key:
            contract = Contract(**dict(zip(FIELDS, values, strict=True)))
            by_key[employment].held.append(Held(day, contract, key))
    found: dict[int, list[Course]] = defaultdict(list)
    for course in by_key.values():
        found[course.party].append(course)
    return found


def _changed(
    actor: Actor, change: ContractChange, line: int, known: Known,
    courses: dict[int, list[Course]], found: Findings,
) -> ContractChanged | None:  # fmt: skip
    party = known.employee(change.employee, found, line)
    values = _values(change, line, known, found)
    if party is None:
        return None
    day = change.from_day
    course = next(
        (c for c in courses[party] if c.start <= day and (c.end is None or day <= c.end)), None
    )
    if course is None:
        message = _("This employee does not work here on that day.")
        found.add(NotEmployed(message, field="from_day", line=line))
        return None
    before = max((each for each in course.held if each.day <= day), key=lambda each: each.day)
    kind = values.get("kind", before.contract.kind)
    if kind != FIXED:
        values.setdefault("until", None)
    check_term(kind, values.get("until", before.contract.until), day, found, line)
    fields = course.change(day, values)
    if not fields:
        return None
    names = tuple(name.removesuffix("_id") for name in fields)
    return ContractChanged(
        actor.company_id, party, course.employment, change.employee.strip(), day, names
    )


def _values(change: ContractChange, line: int, known: Known, found: Findings) -> dict[str, Any]:
    values: dict[str, Any] = {**words_of(change, found, line), **hours_of(change, found, line)}
    if change.kind is not None:
        values["kind"] = change.kind
    if change.until is not None:
        values["until"] = change.until
    if change.manager is not None:
        gone = change.manager.strip() == TAKEN_AWAY
        values["manager_id"] = None if gone else known.manager(change.manager, found, line)
    if change.unit is not None:
        gone = change.unit.strip() == TAKEN_AWAY
        values["unit_id"] = None if gone else known.unit(change.unit, found, line)
    if change.cost_centre is not None:
        values["cost_centre"] = known.cost_centre(change.cost_centre, found, line)
    return values


def _write(courses: Sequence[Course], at: datetime | None = None) -> int:
    replaced = [key for course in courses for key in course.replaced]
    if replaced:
        ContractVersion.objects.filter(pk__in=replaced).update(replaced_at=at or timezone.now())
    fresh = [
        (course.employment, each.day, each.contract)
        for course in courses
        for each in course.held
        if each.key is None
    ]
    write_versions(fresh)
    return len(fresh)


def _refuse_loops(
    actor: Actor, changes: Sequence[ContractChange], known: Known, told: Sequence[ContractChanged]
) -> None:
    moved = {event.party_id for event in told if "manager" in event.fields}
    loops = in_a_loop(actor.company_id, moved) if moved else set()
    found = Findings()
    for line, each in enumerate(changes, 1):
        if (
            each.manager not in (None, "", TAKEN_AWAY)
            and known.employees[each.employee.strip()][0] in loops
        ):
            message = _("This employee would manage themselves, by way of others.")
            found.add(ManagerLoop(message, field="manager", line=line))
    found.refuse()
