"""Contracts in versions: valid from a day, recorded at a moment; terms cut at their borders."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kantoor.departments.hr.actions.people.contracts import change_contract, change_contracts
from kantoor.departments.hr.actions.people.ending import end_employment, end_employments
from kantoor.departments.hr.drafts_people import ContractChange, EndDraft
from kantoor.departments.hr.errors_people import ManagerLoop, NotEmployed, NotLinked, Overlap
from kantoor.departments.hr.models import ContractVersion
from kantoor.departments.hr.queries.people.own import own_party, people_of
from kantoor.departments.hr.queries.people.terms import Terms, terms_between
from kantoor.departments.hr.tests.people.staff import BEGAN, Staff
from kantoor.kernel.errors import Refusals

YEAR = (date(2024, 1, 1), date(2024, 12, 31))
JUNE = date(2024, 6, 1)


def change(staff: Staff, code: str = "E1", day: date = JUNE, **values: object) -> int:
    draft = ContractChange(employee=code, from_day=day, **values)  # type: ignore[arg-type]
    return change_contract(staff.helen, change=draft)


def terms(staff: Staff, code: str = "E1", **more: object) -> list[Terms]:
    party = staff.party(code)
    found = terms_between(staff.company_id, *YEAR, [party], **more)  # type: ignore[arg-type]
    return found.get(party, [])


def test_a_change_holds_from_its_day(staff: Staff) -> None:
    change(staff, hours_fri=Decimal(0))
    before, after = terms(staff)
    assert (before.start, before.end) == (YEAR[0], JUNE - timedelta(days=1))
    assert (after.start, after.end) == (JUNE, YEAR[1])
    assert (before.weekly_minutes, after.weekly_minutes) == (2400, 1920)
    assert after.minutes_on(date(2024, 6, 7)) == 0
    assert after.manager == staff.party("M1")


def test_a_backdated_change_goes_on_until_a_version_that_changed_the_same(staff: Staff) -> None:
    change(staff, day=date(2024, 9, 1), hours_fri=Decimal(4))
    change(staff, day=date(2024, 7, 1), job_title="Baker")
    change(staff, day=JUNE, hours_fri=Decimal(0), place="Utrecht")
    shown = [(t.start.month, t.minutes[4], t.job_title, t.place) for t in terms(staff)]
    assert shown == [
        (1, 480, "", ""), (6, 0, "", "Utrecht"), (7, 0, "Baker", "Utrecht"),
        (9, 240, "Baker", "Utrecht"),
    ]  # fmt: skip


def test_the_terms_are_shown_as_they_were_known(staff: Staff) -> None:
    change(staff, day=date(2024, 7, 1), hours_fri=Decimal(0))
    moment = timezone.now()
    change(staff, day=date(2024, 7, 1), hours_fri=Decimal(4))
    change(staff, hours_mon=Decimal(0))
    end_employment(
        staff.helen, end=EndDraft(employee="E1", last_day=date(2024, 8, 31), reason="resigned")
    )
    known = terms(staff, known_at=moment)
    assert [(t.start.month, t.end.month, t.weekly_minutes) for t in known] == [
        (1, 6, 2400), (7, 12, 1920)
    ]  # fmt: skip
    now = [(t.start.month, t.end.month, t.weekly_minutes) for t in terms(staff)]
    assert now == [(1, 5, 2400), (6, 6, 1920), (7, 8, 1680)]


def test_saying_the_same_twice_changes_nothing(staff: Staff) -> None:
    assert change(staff, hours_fri=Decimal(0)) == 1
    count = ContractVersion.objects.count()
    assert change(staff, hours_fri=Decimal(0)) == 0
    assert ContractVersion.objects.count() == count


def test_many_changes_are_made_or_none(staff: Staff) -> None:
    changes = [
        ContractChange(employee="E1", from_day=JUNE, job_title="Baker"),
        ContractChange(employee="E2", from_day=date(2023, 1, 1), job_title="Baker"),
        ContractChange(employee="X", from_day=JUNE, hours_mon=Decimal(99)),
    ]
    with pytest.raises(Refusals) as refused:
        change_contracts(staff.helen, changes=changes)
    places = [(e.place.line, e.place.field) for e in refused.value.errors]
    assert places == [(2, "from_day"), (3, "employee"), (3, "hours_mon")]
    assert terms(staff)[0].job_title == ""


def test_a_change_of_managers_makes_no_loop_on_any_day(staff: Staff) -> None:
    with pytest.raises(ManagerLoop):
        change(staff, "M1", manager="E1")
    with pytest.raises(ManagerLoop):
        change(staff, "E1", manager="E1")
    end_employment(
        staff.helen, end=EndDraft(employee="E2", last_day=date(2024, 5, 31), reason="agreed")
    )
    change(staff, "M1", manager="E2", day=JUNE)
    change(staff, "E1", manager="")
    change(staff, "M1", manager="E1", day=date(2024, 7, 1))


def test_people_are_managed_by_who_their_contract_names_that_day(staff: Staff) -> None:
    both = {staff.party("E1"), staff.party("E2")}
    assert people_of(staff.mo, BEGAN) == both
    assert people_of(staff.mo, date(2023, 12, 31)) == set()
    assert people_of(staff.emma, BEGAN) == set()
    change(staff, "E2", manager="E1")
    assert people_of(staff.mo, JUNE) == {staff.party("E1")}
    assert people_of(staff.emma, JUNE) == {staff.party("E2")}
    assert own_party(staff.emma).code == "E1"
    with pytest.raises(NotLinked):
        own_party(staff.helen)


def test_the_last_day_ends_the_terms_and_can_be_moved(staff: Staff) -> None:
    def end(day: date, reason: str = "resigned") -> None:
        draft = EndDraft(employee="E1", last_day=day, reason=reason)  # type: ignore[arg-type]
        end_employments(staff.helen, ends=[draft])

    end(date(2024, 3, 15))
    assert [t.end for t in terms(staff)] == [date(2024, 3, 15)]
    end(date(2024, 3, 31))
    staff.hire("E1", start=date(2024, 5, 1), name="")
    assert [(t.start, t.end) for t in terms(staff)] == [
        (BEGAN, date(2024, 3, 31)), (date(2024, 5, 1), YEAR[1])
    ]  # fmt: skip
    with pytest.raises(NotEmployed):
        end(date(2020, 1, 1))
    with pytest.raises(Overlap):
        end(date(2024, 4, 15))
    with pytest.raises(NotEmployed):
        change(staff, day=date(2024, 4, 15), job_title="Baker")


def test_terms_take_one_statement_for_any_number_of_people(staff: Staff) -> None:
    for parties in (None, [staff.party("E1")], range(1, 5000)):
        with CaptureQueriesContext(connection) as caught:
            terms_between(staff.company_id, *YEAR, parties)
        assert len(caught) == 1


def test_a_version_is_never_overwritten_or_doubled(staff: Staff) -> None:
    columns = "employment_id, valid_from, kind, job_title, mon, tue, wed, thu, fri, sat, sun"
    rest = "cost_centre, place, cao, recorded_at"
    for sql in (
        "UPDATE hr_contract_version SET mon = 0",
        "DELETE FROM hr_contract_version",
        f"INSERT INTO hr_contract_version (id, {columns}, {rest})"  # noqa: S608
        f" SELECT id + 1000, {columns}, {rest} FROM hr_contract_version",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
