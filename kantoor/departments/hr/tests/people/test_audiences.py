"""People by unit, place and manager, for audiences; who left or begins later is in none."""

from datetime import date, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kantoor.departments.hr.actions.people.contracts import change_contract
from kantoor.departments.hr.actions.people.ending import end_employment
from kantoor.departments.hr.actions.people.units import UnitChange, change_unit
from kantoor.departments.hr.drafts_people import ContractChange, EndDraft
from kantoor.departments.hr.tests.people.staff import Staff
from kantoor.departments.hr.tests.people.test_organisation import units
from kantoor.kernel.audiences import kind_named
from kantoor.kernel.parties.units import people_of_units
from kantoor.kernel.parties.working import who_works_here


def codes(staff: Staff, kind: str, *values: str) -> list[str]:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        found = kind_named(kind).find(staff.company_id, list(values))
        listed = sorted(found.values_list("code", flat=True))
    assert len(asked) <= 3
    return listed


def here(staff: Staff) -> list[str]:
    return sorted(who_works_here(staff.company_id).values_list("code", flat=True))


def test_a_unit_holds_who_works_within_it_today(staff: Staff) -> None:
    units(staff)
    assert codes(staff, "hr.unit", "all") == ["S1", "W1"]
    assert codes(staff, "hr.unit", "web") == ["W1"]
    assert codes(staff, "hr.unit", "nothing") == []
    change = UnitChange(code="web", from_day=timezone.localdate(), within="")
    change_unit(staff.helen, change=change)
    assert codes(staff, "hr.unit", "shop") == ["S1"]
    found = people_of_units(staff.company_id, ["WEB SHOP"])
    assert list(found.values_list("code", flat=True)) == ["W1"]
    assert not people_of_units(staff.company_id, []).exists()


def test_a_place_is_that_of_the_contract_in_force(staff: Staff) -> None:
    staff.hire("U1", place="Utrecht")
    assert codes(staff, "hr.place", "Utrecht") == ["U1"]
    tomorrow = timezone.localdate() + timedelta(days=1)
    change_contract(
        staff.helen, change=ContractChange(employee="U1", from_day=tomorrow, place="Leeuwarden")
    )
    assert codes(staff, "hr.place", "Utrecht") == ["U1"]
    assert codes(staff, "hr.place", "Leeuwarden") == []
    offered = kind_named("hr.place").value
    assert offered is not None
    assert [each.value for each in offered.offers(staff.company_id)] == ["Utrecht"]


def test_a_managers_team_is_whom_they_manage_and_all_below_whoever_those_do(staff: Staff) -> None:
    staff.hire("X1", manager="E1")
    staff.hire("X2", manager="X1")
    assert codes(staff, "hr.team", "M1") == ["E1", "E2"]
    assert codes(staff, "hr.all_below", "M1") == ["E1", "E2", "X1", "X2"]
    assert codes(staff, "hr.all_below", "E1", "X1") == ["X2"]
    value = kind_named("hr.team").value
    assert value is not None
    assert value.names(staff.company_id, ["M1", "X2"]) == {"M1": "Mo Haddad"}


def test_who_left_or_begins_later_does_not_work_here(staff: Staff) -> None:
    assert here(staff) == ["E1", "E2", "M1"]
    yesterday = timezone.localdate() - timedelta(days=1)
    end_employment(staff.helen, end=EndDraft(employee="E2", last_day=yesterday, reason="resigned"))
    staff.hire("N1", start=timezone.localdate() + timedelta(days=9))
    assert here(staff) == ["E1", "M1"]
    assert codes(staff, "hr.team", "M1") == ["E1"]
    assert who_works_here(staff.company_id, date(2024, 2, 1)).count() == 3
    assert who_works_here(staff.company_id, date(2020, 1, 1)).count() == 0
