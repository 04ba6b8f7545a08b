"""Rows in every table of HR's people, for `complete.py`."""

from datetime import date
from decimal import Decimal
from typing import Any

from kantoor.departments.hr.actions.people.contracts import change_contract
from kantoor.departments.hr.actions.people.deputies import DeputyDraft, name_deputies
from kantoor.departments.hr.actions.people.documents import DocumentDraft, add_documents
from kantoor.departments.hr.actions.people.emergency import EmergencyDraft, set_emergency_contacts
from kantoor.departments.hr.actions.people.hiring import hire_employees
from kantoor.departments.hr.actions.people.units import UnitDraft, add_units
from kantoor.departments.hr.drafts_people import ContractChange, HireDraft
from kantoor.kernel.actors.actor import Actor

BEGAN = date(2024, 1, 1)


def hr_people(anne: Actor) -> None:
    """Everything of HR's people that leaves rows."""
    add_units(anne, units=[UnitDraft(code=code, name=code) for code in ("hall", "shop")])
    week: dict[str, Any] = {f"hours_{day}": Decimal(8) for day in ("mon", "tue", "wed", "thu")}
    hire_employees(
        anne,
        employees=[
            HireDraft(name="Mo Haddad", employee="M1", start=BEGAN, unit="hall", **week),
            HireDraft(
                name="Ans Vos", employee="M2", start=BEGAN, manager="M1", unit="shop",
                bsn="111222333", iban="NL91ABNA0417164300", **week,
            ),
        ],
    )  # fmt: skip
    change = ContractChange(employee="M2", from_day=date(2024, 6, 1), job_title="Seller")
    change_contract(anne, change=change)
    people = [EmergencyDraft(name=name, phone="06 12345678") for name in ("Jan", "Bea")]
    set_emergency_contacts(anne, employee="M2", contacts=people)
    today = date(2030, 1, 1)
    name_deputies(
        anne,
        deputies=[
            DeputyDraft(manager=one, deputy=other, starts_on=today, ends_on=today)
            for one, other in (("M1", "M2"), ("M2", "M1"))
        ],
    )
    papers = [
        DocumentDraft(employee="M2", kind="permit", title=title, expires_on=today)
        for title in ("Permit", "Diploma")
    ]
    add_documents(anne, documents=papers)
