"""The trading company's employees: hired for units, with managers, hours and a few changes."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from schwifty import IBAN

from kantoor.departments.finance.actions.dimensions import add_dimension_values
from kantoor.departments.finance.drafts_books import ValueDraft
from kantoor.departments.hr.actions.people.contracts import change_contracts
from kantoor.departments.hr.actions.people.documents import DocumentDraft, add_document
from kantoor.departments.hr.actions.people.emergency import EmergencyDraft, set_emergency_contacts
from kantoor.departments.hr.actions.people.ending import end_employment
from kantoor.departments.hr.actions.people.hiring import hire_employees
from kantoor.departments.hr.actions.people.units import UnitDraft, add_units
from kantoor.departments.hr.drafts_people import ContractChange, EndDraft, HireDraft
from kantoor.kernel.actors.actor import Actor
from kantoor.shell.demo.trade.colleagues import COLLEAGUES, Colleague

HEADS = {
    "Directie": "M0101", "Administratie": "M0103", "Verkoop": "M0104", "Inkoop": "M0108",
    "Magazijn": "M0110", "Marketing": "M0115", "ICT": "M0117", "HR": "M0119",
}  # fmt: skip
JOBS = {
    "Directie": "Directeur", "Administratie": "Boekhouder", "Verkoop": "Verkoper",
    "Inkoop": "Inkoper", "Magazijn": "Magazijnmedewerker", "Marketing": "Marketeer",
    "ICT": "Systeembeheerder", "HR": "HR-adviseur",
}  # fmt: skip
PART_TIME, STARTER, LEAVER, TEMPORARY, FEWER_HOURS = "M0107", "M0114", "M0113", "M0112", "M0109"
WEEK = ("mon", "tue", "wed", "thu", "fri")
STREETS = ("Kerkstraat", "Molenweg", "Brink", "Hofstraat", "Zandpad")


def have_staff(manager: Actor, today: date) -> None:
    """Hire everybody who is known, and let a few things happen to their contracts."""
    add_dimension_values(
        manager,
        dimension="cost_centre",
        values=[ValueDraft(code=cost_centre(name), name=name) for name in HEADS],
    )
    add_units(
        manager,
        units=[
            UnitDraft(
                code=name.lower(), name=name, head=head,
                within="" if name == "Directie" else "directie",
            )
            for name, head in HEADS.items()
        ],
    )  # fmt: skip
    hire_employees(manager, employees=[_draft(each, n, today) for n, each in enumerate(COLLEAGUES)])
    year = today.year
    change_contracts(
        manager,
        changes=[
            ContractChange(
                employee=FEWER_HOURS, from_day=date(year, 1, 1), hours_fri=Decimal(0)
            ),
            ContractChange(
                employee="M0111", from_day=date(year - 1, 7, 1), job_title="Teamleider magazijn"
            ),
        ],
    )  # fmt: skip
    last_day = today.replace(day=1) - timedelta(days=1)
    end_employment(manager, end=EndDraft(employee=LEAVER, last_day=last_day, reason="resigned"))
    add_document(
        manager,
        document=DocumentDraft(
            employee="M0111", kind="licence", title="Heftruckcertificaat",
            expires_on=today + timedelta(days=25),
        ),
    )  # fmt: skip
    set_emergency_contacts(
        manager,
        employee="M0105",
        contacts=[EmergencyDraft(name="Tom Fox", phone="+31 6 55501234", relation="partner")],
    )


def cost_centre(department: str) -> str:
    """The code of a department's cost centre."""
    return department.upper()


def _draft(who: Colleague, n: int, today: date) -> HireDraft:
    head = HEADS[who.department]
    return HireDraft(
        employee=who.code,
        start=_start(who, n, today),
        job_title=JOBS[who.department],
        manager="" if who.code == "M0101" else ("M0101" if who.code == head else head),
        unit=who.department.lower(),
        cost_centre=cost_centre(who.department),
        place="Deventer",
        birth_date=date(1964 + n * 2 % 37, 1 + n % 12, 3 + n),
        bsn=_bsn(n),
        iban=str(IBAN.generate("NL", bank_code="INGB", account_code=f"{5550100 + n:010}")),
        street=f"{STREETS[n % len(STREETS)]} {3 + 2 * n}",
        postcode=f"74{10 + n} AB",
        city="Deventer",
        country="NL",
        **_contract(who, today),
        **_hours(who),
    )


def _start(who: Colleague, n: int, today: date) -> date:
    if who.code == STARTER:
        return (today.replace(day=1) - timedelta(days=1)).replace(day=15)
    return date(today.year - 2 - n % 7, 1 + n * 5 % 12, 1)


def _contract(who: Colleague, today: date) -> dict[str, Any]:
    if who.code == "M0101":
        return {"kind": "director"}
    if who.code == TEMPORARY:
        return {"kind": "fixed", "until": today + timedelta(days=40)}
    return {}


def _hours(who: Colleague) -> dict[str, Any]:
    days = WEEK[:3] if who.code == PART_TIME else WEEK
    return {f"hours_{day}": Decimal(8) for day in days}


def _bsn(n: int) -> str:
    """A number that passes the 11-test and that nobody has: those of 9000… are not given out."""
    for number in range(90001000 + n * 11, 90001000 + n * 11 + 11):
        digits = f"{number:08}"
        check = sum(int(d) * weight for d, weight in zip(digits, range(9, 1, -1), strict=True)) % 11
        if check < 10:
            return f"{digits}{check}"
    raise AssertionError("not reached")
