"""Hire people: one employee or fifty thousand, all or none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.actions.people.findings import Findings
from kantoor.departments.hr.actions.people.identity import (
    check_birth_date,
    checked_iban,
    checked_national,
)
from kantoor.departments.hr.actions.people.managers import in_a_loop
from kantoor.departments.hr.actions.people.naming import Known, known_codes
from kantoor.departments.hr.actions.people.overlaps import refuse_known_numbers, refuse_overlaps
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
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns, publish
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import Conflict, InvalidInput
from kantoor.kernel.parties.employees import EmployeeDraft, add_employees

MANAGE = "hr.manage_people"
EARLIEST, LATEST = date(1950, 1, 1), date(2199, 12, 31)
HOME = {
    "street": 200, "postcode": 20, "city": 100, "private_phone": 40, "private_email": 254,
}  # fmt: skip
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
    return hire_rows(actor, list(enumerate(employees, 1)), Findings())


@action(permission=MANAGE, title=_("Hire an employee"))
def hire_employee(actor: Actor, /, *, employee: HireDraft) -> str:
    """Hire one person; gives the number."""
    return hire_employees(actor, employees=[employee])[0]


@action(permission=MANAGE, title=_("Take in a list of employees"))
def take_in_employees(actor: Actor, /, *, rows: str) -> list[str]:
    """Hire everybody on a list (CSV, or copied from a spreadsheet), all or none; gives numbers.

    The first line names the columns (formats/employees.py). Raises Refusals with a message for
    each cell that is wrong, and the line of the list it is on.
    """
    found = Findings()
    return hire_rows(actor, list(read_employees(rows, found.add)), found)


def hire_rows(
    actor: Actor, employees: Sequence[tuple[int, HireDraft]], found: Findings
) -> list[str]:
    """Hire people, each with the line to name when something is wrong; `found` is wrong already."""
    named = [code for _line, each in employees for code in (each.employee, each.manager)]
    new = frozenset(each.employee.strip() for _line, each in employees)
    known = known_codes(actor, named, coming=new - {""})
    today = timezone.localdate()
    checked = [_checked(each, line, known, today, found) for line, each in employees]
    refuse_overlaps(
        [(each.party, each.draft.start, each.line) for each in checked if each.party], found
    )
    numbers = [
        (each.file["national_kind"], each.file["national_number"], each.party, each.line)
        for each in checked
    ]
    refuse_known_numbers(actor.company_id, numbers, found)
    _refuse_twice(checked, found)
    found.refuse()
    return _written(actor, checked, known) if checked else []


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


def _refuse_twice(checked: Sequence[_Checked], found: Findings) -> None:
    """Refuse a number that two rows of the batch have."""
    seen: set[str] = set()
    for each in checked:
        code = each.draft.employee.strip()
        if code and code in seen:
            message = _("“{code}” is in this list twice.").format(code=code[:40])
            found.add(InvalidInput(message, field="employee", line=each.line))
        seen.add(code)


def _written(actor: Actor, checked: Sequence[_Checked], known: Known) -> list[str]:
    fresh = [each for each in checked if each.party is None]
    given = iter(_add(actor, fresh) if fresh else ())
    codes = [next(given) if each.party is None else each.draft.employee.strip() for each in checked]
    people = known_codes(actor, codes).employees
    hired = []
    for each, code in zip(checked, codes, strict=True):
        contract, manager = each.contract, each.draft.manager.strip()
        if manager and contract.manager_id is None:
            contract = contract.with_values({"manager_id": people[manager][0]})
        hired.append(Hired(*people[code], each.draft.start, contract, each.file))
    lock_managers(actor)
    keys = write_employments(actor, hired)
    write_files(actor, hired)
    _refuse_loops(actor, checked, hired)
    for key, person, code in zip(keys, hired, codes, strict=True):
        publish(EmployeeHired(actor.company_id, person.party, key, code, person.start))
    if len(hired) == 1:
        concerns(f"kernel.party/{hired[0].party}")
    return codes


def _add(actor: Actor, fresh: Sequence[_Checked]) -> list[str]:
    return add_employees(
        actor,
        employees=[
            EmployeeDraft(
                name=each.draft.name,
                code=each.draft.employee,
                email=each.draft.email,
                phone=each.draft.phone,
                language=each.draft.language,
                sign_in=each.draft.sign_in,
            )
            for each in fresh
        ],
    )


def _refuse_loops(actor: Actor, checked: Sequence[_Checked], hired: Sequence[Hired]) -> None:
    loops = in_a_loop(actor.company_id, [each.party for each in hired if each.contract.manager_id])
    found = Findings()
    for row, each in zip(checked, hired, strict=True):
        if each.party in loops:
            message = _("This employee would manage themselves, by way of others.")
            found.add(ManagerLoop(message, field="manager", line=row.line))
    found.refuse()
