"""Files of people: kept by HR, and what is one's own by oneself."""

import pytest

from kantoor.departments.hr.actions.people.emergency import (
    EmergencyDraft,
    set_emergency_contacts,
    set_own_emergency_contacts,
)
from kantoor.departments.hr.actions.people.units import UnitDraft, add_unit, add_units
from kantoor.departments.hr.errors_people import NotLinked, UnknownEmployee, UnknownUnit
from kantoor.departments.hr.models import ContractVersion, EmergencyContact
from kantoor.departments.hr.tests.people.staff import Staff
from kantoor.kernel.errors import NotAllowed, Refusals

JAN = EmergencyDraft(name="Jan", phone="06 12345678", relation="partner")


def called(staff: Staff, code: str) -> list[str]:
    rows = EmergencyContact.objects.filter(party_id=staff.party(code)).order_by("place")
    return [row.name for row in rows]


def test_people_say_themselves_whom_to_call(staff: Staff) -> None:
    set_own_emergency_contacts(staff.emma, contacts=[JAN])
    mum = EmergencyDraft(name="Mum", phone="030 1234567")
    set_own_emergency_contacts(staff.emma, contacts=[mum, JAN])
    assert (called(staff, "E1"), called(staff, "E2")) == (["Mum", "Jan"], [])
    with pytest.raises(NotLinked):
        set_own_emergency_contacts(staff.house.administrator, contacts=[JAN])


def test_hr_says_whom_to_call_and_others_may_not(staff: Staff) -> None:
    set_emergency_contacts(staff.helen, employee="E2", contacts=[JAN])
    assert called(staff, "E2") == ["Jan"]
    with pytest.raises(NotAllowed):
        set_emergency_contacts(staff.mo, employee="E2", contacts=[])
    with pytest.raises(UnknownEmployee):
        set_emergency_contacts(staff.helen, employee="X", contacts=[])
    with pytest.raises(Refusals):
        set_emergency_contacts(
            staff.helen, employee="E2", contacts=[EmergencyDraft(name="", phone="")]
        )
    assert called(staff, "E2") == ["Jan"]


def test_people_are_hired_for_a_unit(staff: Staff) -> None:
    add_unit(staff.helen, unit=UnitDraft(code="bakery", name="Bakery"))
    staff.hire("B1", unit="bakery")
    version = ContractVersion.objects.get(employment__party_id=staff.party("B1"))
    assert version.unit and version.unit.name == "Bakery"
    with pytest.raises(UnknownUnit):
        staff.hire("B2", unit="shop")
    drafts = [UnitDraft(code="bakery", name="Again"), UnitDraft(code="x", name="")]
    with pytest.raises(Refusals) as refused:
        add_units(staff.helen, units=drafts)
    places = [(e.place.line, e.place.field) for e in refused.value.errors]
    assert places == [(1, "code"), (2, "name")]
