"""Hire people: one employee or fifty thousand, all or none."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from msgspec import structs

from kantoor.departments.hr.actions.people.findings import Findings
from kantoor.departments.hr.actions.people.identity import (
    check_birth_date,
    checked_iban,
    checked_national,
)
from kantoor.departments.hr.actions.people.managers import in_a_loop
from kantoor.departments.hr.actions.people.naming import Known, known_codes
from kantoor.departments.hr.actions.people.overlaps import (
    Owners,
    refuse_known_numbers,
    refuse_overlaps,
)
from kantoor.departments.hr.actions.people.wording import (
    Contract,
    check_term,
    checked_text,
    hours_of,
    words_of,
)
from kantoor.departments.hr.actions.people.writing import (
    Hired,
    lock_managers,
    write_employments,
    write_files,
)
from kantoor.departments.hr.drafts_people import HireDraft
from kantoor.departments.hr.errors_people import ManagerLoop
from kantoor.departments.hr.events import EmployeeHired
from kantoor.departments.hr.formats.employees import read_employees
from kantoor.departments.hr.formats.lists import Tell
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns, publish
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import Conflict, DomainError, InvalidInput
from kantoor.kernel.parties.employees import EmployeeDraft, add_employees

MANAGE = "hr.manage_people"
EARLIEST, LATEST = date(1950, 1, 1), date(2199, 12, 31)
HOME = {
    "street": 200, "postcode": 20, "city": 100, "private_phone": 40, "private_email": 254,
}  # fmt: skip
LOT = 5_000
"""So many rows are held at once, of however many there are."""
Listed = tuple[int, HireDraft]
"""A row, with the line to name when something is wrong."""
Source = Callable[[Tell], Iterator[Listed]]
"""Gives all rows anew each time, and tells what is wrong with their cells."""
PERSON = {"name": 200, "employee": 40, "email": 254, "phone": 40, "language": 2}


@dataclass(frozen=True, slots=True)
class _Checked:
    """A draft whose values are as they are kept; `party` is None for somebody new."""

    draft: HireDraft
    line: int
    party: int | None
    contract: Contract
    file: dict[str, Any]


@action(permission=MANAGE, title=_("Hire employees"), bulk_of="hr.hire_employee")
def hire_employees(actor: Actor, /, *, employees: Sequence[HireDraft]) -> list[str]:
    """Hire people, all or none; gives their numbers in the same order.

    Raises Refusals with a message for each row and field: names and hours that can't be, numbers
    that fail their check, managers, units and cost centres that aren't, and Overlap for who works
    here on these days already.
    """
    return hire_rows(actor, lambda _tell: iter(enumerate(employees, 1)))


@action(permission=MANAGE, title=_("Hire an employee"))
def hire_employee(actor: Actor, /, *, employee: HireDraft) -> str:
    """Hire one person; gives the number."""
    return hire_employees(actor, employees=[employee])[0]


@action(permission=MANAGE, title=_("Take in a list of employees"))
def take_in_employees(actor: Actor, /, *, rows: str) -> list[str]:
    """Hire everybody on a list (CSV, or copied from a spreadsheet), all or none; gives numbers.

    The first line names the columns (formats/employees.py). It is read as a stream, more than
    once: what is kept of each row meanwhile is its numbers alone. Raises Refusals with a message
    for each cell that is wrong, and the line of the list it is on.
    """
    return hire_rows(actor, lambda tell: read_employees(rows, tell))


def hire_rows(actor: Actor, source: Source) -> list[str]:
    """Hire people who are read from a source, in lots; all or none of them. Gives their numbers."""
    found = Findings()
    coming = _numbers(source)
    owners: Owners = {}
    seen: set[str] = set()
    for lot in _lots(source(found.add)):
        checked, _known = _checked_lot(actor, lot, coming, found)
        starts = [(each.party, each.draft.start, each.line) for each in checked if each.party]
        refuse_overlaps(starts, found)
        numbers = [
            (each.file["national_kind"], each.file["national_number"], each.party, each.line)
            for each in checked
        ]
        refuse_known_numbers(actor.company_id, numbers, found, owners)
        _refuse_twice(checked, seen, found)
    found.refuse()
    return _written(actor, source, coming)


def _numbers(source: Source) -> frozenset[str]:
    """The numbers that rows say themselves: managers may come in any row of the list."""
    said = {draft.employee.strip() for _line, draft in source(_tell_nobody)}
    return frozenset(said - {""})


def _tell_nobody(_error: DomainError) -> None:
    """What is wrong with cells is told as they are checked, once."""


def _lots(rows: Iterator[Listed]) -> Iterator[list[Listed]]:
    while lot := list(islice(rows, LOT)):
        yield lot


def _checked_lot(
    actor: Actor, lot: Sequence[Listed], coming: frozenset[str], found: Findings
) -> tuple[list[_Checked], Known]:
    """Some rows with their values as they are kept, and what there is by the codes they name."""
    named = [code for _line, each in lot for code in (each.employee, each.manager)]
    known = known_codes(actor, named, coming=coming)
    today = timezone.localdate()
    return [_checked(each, line, known, today, found) for line, each in lot], known


def _checked(draft: HireDraft, line: int, known: Known, today: date, found: Findings) -> _Checked:
    code = draft.employee.strip()
    party = known.employees.get(code, (None, None))[0]
    if code in known.taken:
        message = _("There is a relation “{code}” that is no employee; choose another number.")
        said = message.format(code=code[:40])
        found.add(Conflict(said, field="employee", line=line))
    if not draft.name.strip() and party is None:
        found.add(InvalidInput(_("Give the name."), field="name", line=line))
    for field, most in PERSON.items():
        checked_text(getattr(draft, field), field, most, found, line)
    if not EARLIEST <= draft.start <= LATEST:
        message = _("Check the first day: it lies before 1950 or after 2199.")
        found.add(InvalidInput(message, field="start", line=line))
    check_term(draft.kind, draft.until, draft.start, found, line)
    terms: dict[str, Any] = {
        "kind": draft.kind,
        "until": draft.until,
        "cost_centre": known.cost_centre(draft.cost_centre, found, line),
        "manager_id": known.manager(draft.manager, found, line),
        "unit_id": known.unit(draft.unit, found, line),
        **words_of(draft, found, line),
        **hours_of(draft, found, line),
    }
    return _Checked(draft, line, party, Contract(**terms), _file(draft, today, found, line))


def _file(draft: HireDraft, today: date, found: Findings, line: int) -> dict[str, Any]:
    kind, number = checked_national(draft.bsn, draft.nrn, found, line)
    check_birth_date(draft.birth_date, today, found, line)
    home = {
        field: checked_text(getattr(draft, field), field, most, found, line)
        for field, most in HOME.items()
    }
    return {
        "birth_date": draft.birth_date,
        "national_kind": kind,
        "national_number": number,
        "iban": checked_iban(draft.iban, found, line),
        "country": checked_country(draft.country, found, line),
        **home,
    }


def checked_country(text: str, found: Findings, line: int | None) -> str:
    """A country as two capitals (ISO 3166)."""
    country = text.strip().upper()
    if country and not (len(country) == 2 and country.isascii() and country.isalpha()):
        message = _("Give the country as two letters, such as NL.")
        found.add(InvalidInput(message, field="country", line=line))
    return country


def _refuse_twice(checked: Sequence[_Checked], seen: set[str], found: Findings) -> None:
    """Refuse a number that two rows of the list have."""
    for each in checked:
        code = each.draft.employee.strip()
        if code and code in seen:
            message = _("“{code}” is in this list twice.").format(code=code[:40])
            found.add(InvalidInput(message, field="employee", line=each.line))
        seen.add(code)


def _written(actor: Actor, source: Source, coming: frozenset[str]) -> list[str]:
    """Write everybody: first the people, so that a manager may come in any row, then their terms."""
    codes: list[str] = []
    for lot in _lots(source(_tell_nobody)):
        known = known_codes(actor, [each.employee for _line, each in lot]).employees
        drafts = [each for _line, each in lot]
        given = iter(_add(actor, [d for d in drafts if d.employee.strip() not in known]))
        codes += [
            d.employee.strip() if d.employee.strip() in known else next(given) for d in drafts
        ]
    if codes:
        lock_managers(actor)
    managed: list[tuple[int, int]] = []
    named = iter(codes)
    for lot in _lots(source(_tell_nobody)):
        whole = [(line, structs.replace(each, employee=next(named))) for line, each in lot]
        managed += _write_lot(actor, whole)
    _refuse_loops(actor, managed)
    return codes


def _write_lot(actor: Actor, lot: Sequence[Listed]) -> list[tuple[int, int]]:
    """Write some employments; gives who of them has a manager, with the line."""
    found = Findings()
    checked, known = _checked_lot(actor, lot, frozenset(), found)
    found.refuse()  # Wrong only where somebody else took away a unit or manager meanwhile.
    codes = [each.draft.employee for each in checked]
    hired = [
        Hired(*known.employees[code], each.draft.start, each.contract, each.file)
        for each, code in zip(checked, codes, strict=True)
    ]
    keys = write_employments(actor, hired)
    write_files(actor, hired)
    for key, person, code in zip(keys, hired, codes, strict=True):
        publish(EmployeeHired(actor.company_id, person.party, key, code, person.start))
    if len(hired) == 1:
        concerns(f"kernel.party/{hired[0].party}")
    return [
        (person.party, each.line)
        for person, each in zip(hired, checked, strict=True)
        if person.contract.manager_id
    ]


def _add(actor: Actor, fresh: Sequence[HireDraft]) -> list[str]:
    if not fresh:
        return []
    return add_employees(
        actor,
        employees=[
            EmployeeDraft(
                name=each.name, code=each.employee, email=each.email, phone=each.phone,
                language=each.language, sign_in=each.sign_in,
            )
            for each in fresh
        ],
    )  # fmt: skip


def _refuse_loops(actor: Actor, managed: Sequence[tuple[int, int]]) -> None:
    loops = in_a_loop(actor.company_id, [party for party, _line in managed])
    found = Findings()
    for party, line in managed:
        if party in loops:
            message = _("This employee would manage themselves, by way of others.")
            found.add(ManagerLoop(message, field="manager", line=line))
    found.refuse()
