"""Data breaches: 72 hours from the discovery, the reasons when later, nothing closed too early."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from django.utils import timezone

from kantoor.departments.hr.actions.privacy.breaches import (
    assess_breach,
    close_breach,
    excuse_telling,
    record_breach,
    tell_authority,
    tell_people,
)
from kantoor.departments.hr.drafts_privacy import BreachDraft, BreachFindings
from kantoor.departments.hr.errors_privacy import BreachState, UnknownBreach
from kantoor.departments.hr.queries.privacy.breaches import data_breach, data_breaches
from kantoor.departments.hr.tests.people.staff import Staff
from kantoor.kernel.errors import InvalidInput, NotAllowed
from kantoor.kernel.record.verify.system import verify

FINDINGS = BreachFindings(
    breach="DB-0001", people_categories="Customers", data_categories="Addresses", people_about=120,
    consequences="Unwanted post", measures="Asked the receiver to destroy it", risk="risk",
    risk_why="Many people, ordinary data",
)  # fmt: skip


def found(staff: Staff, ago: timedelta = timedelta(hours=1)) -> str:
    draft = BreachDraft(
        title="List sent to the wrong address",
        nature="A file went to another customer.",
        discovered_at=timezone.now() - ago,
    )
    return record_breach(staff.helen, breach=draft)


def state(staff: Staff, number: str = "DB-0001") -> str:
    return data_breach(staff.helen, number=number).breach.state


def test_seventy_two_hours_count_from_the_discovery(staff: Staff) -> None:
    seen = datetime(2026, 3, 2, 9, tzinfo=UTC)
    draft = BreachDraft(title="Lost stick", nature="A stick was lost.", discovered_at=seen)
    number = record_breach(staff.helen, breach=draft)
    row = data_breach(staff.helen, number=number).breach
    assert (number, row.due_at) == ("DB-0001", datetime(2026, 3, 5, 9, tzinfo=UTC))
    assert row.state == "late", "nobody told the authority, and it is long ago"


def test_a_breach_goes_from_discovery_to_close(staff: Staff) -> None:
    number = found(staff)
    assert state(staff) == "recorded"
    with pytest.raises(BreachState):
        close_breach(staff.helen, breach=number, lessons="None")
    assess_breach(staff.helen, findings=FINDINGS)
    assert state(staff) == "assessed"
    with pytest.raises(BreachState, match="authority"):
        close_breach(staff.helen, breach=number, lessons="None")
    tell_authority(staff.helen, breach=number, at=timezone.now(), reference="AP-1")
    assert state(staff) == "told"
    with pytest.raises(BreachState):
        tell_authority(staff.helen, breach=number, at=timezone.now(), reference="AP-2")
    close_breach(staff.helen, breach=number, lessons="Addresses are checked")
    assert state(staff) == "closed"
    with pytest.raises(BreachState):
        assess_breach(staff.helen, findings=FINDINGS)
    assert [each.number for each in data_breaches(staff.helen, state="closed").rows] == [number]
    assert not data_breaches(staff.helen, state="open").rows
    assert verify().ok


def test_later_than_seventy_two_hours_it_needs_the_reasons(staff: Staff) -> None:
    number = found(staff, timedelta(hours=73))
    now = timezone.now()
    with pytest.raises(InvalidInput) as refused:
        tell_authority(staff.helen, breach=number, at=now, reference="AP-1")
    assert refused.value.place.field == "late_why"
    early = now - timedelta(hours=2)
    tell_authority(staff.helen, breach=number, at=early, reference="AP-1")
    assert data_breach(staff.helen, number=number).late_why == ""

    other = found(staff, timedelta(hours=80))
    tell_authority(staff.helen, breach=other, at=now, reference="AP-2", late_why="It was hidden")
    assert data_breach(staff.helen, number=other).late_why == "It was hidden"


def test_where_the_risk_is_high_people_are_told_or_it_is_said_why_not(staff: Staff) -> None:
    number = found(staff)
    assess_breach(staff.helen, findings=msgspec.structs.replace(FINDINGS, risk="high"))
    tell_authority(staff.helen, breach=number, at=timezone.now(), reference="AP-1")
    with pytest.raises(BreachState, match="people concerned"):
        close_breach(staff.helen, breach=number, lessons="None")
    excuse_telling(staff.helen, breach=number, why="The disk was encrypted")
    close_breach(staff.helen, breach=number, lessons="None")

    other = found(staff)
    high = msgspec.structs.replace(FINDINGS, breach=other, risk="high")
    assess_breach(staff.helen, findings=high)
    tell_authority(staff.helen, breach=other, at=timezone.now(), reference="AP-2")
    tell_people(staff.helen, breach=other, at=timezone.now(), how="By letter")
    with pytest.raises(BreachState):
        tell_people(staff.helen, breach=other, at=timezone.now(), how="Again")
    close_breach(staff.helen, breach=other, lessons="None")


def test_without_a_risk_nobody_has_to_be_told(staff: Staff) -> None:
    number = found(staff, timedelta(hours=100))
    assess_breach(staff.helen, findings=msgspec.structs.replace(FINDINGS, risk="unlikely"))
    assert state(staff) == "assessed", "what needs not be told is not late"
    close_breach(staff.helen, breach=number, lessons="None")


@pytest.mark.parametrize(
    "change",
    [
        {"title": " "},
        {"nature": ""},
        {"title": "x" * 121},
        {"discovered_at": datetime(2199, 1, 1, tzinfo=UTC)},
        {"began_at": datetime(2199, 1, 1, tzinfo=UTC)},
    ],
)
def test_what_can_not_be_is_refused(staff: Staff, change: dict[str, object]) -> None:
    given = {"title": "Lost stick", "nature": "A stick was lost.", **change}
    with pytest.raises(InvalidInput):
        record_breach(staff.helen, breach=BreachDraft(**given))  # type: ignore[arg-type]


def test_nobody_is_told_before_the_discovery_or_in_the_future(staff: Staff) -> None:
    number = found(staff)
    for moved in (timedelta(hours=-2), timedelta(hours=1)):
        with pytest.raises(InvalidInput):
            tell_authority(staff.helen, breach=number, at=timezone.now() + moved, reference="AP-1")
    with pytest.raises(InvalidInput):
        assess_breach(staff.helen, findings=msgspec.structs.replace(FINDINGS, people_about=-1))
    with pytest.raises(UnknownBreach):
        close_breach(staff.helen, breach="DB-0009", lessons="None")


def test_only_who_may_sees_and_records_them(staff: Staff) -> None:
    found(staff)
    with pytest.raises(NotAllowed):
        data_breaches(staff.emma)
    with pytest.raises(NotAllowed):
        record_breach(staff.emma, breach=BreachDraft(title="x", nature="x"))
    auditor = staff.house.person("audrey", "auditor")
    assert len(data_breaches(auditor).rows) == 1
