"""What ICT did for a department is booked from ICT to its cost centre: once, again, and back."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kantoor.departments.finance.actions.dimensions import (
    add_dimension_value,
    retire_dimension_value,
)
from kantoor.departments.finance.errors import UnknownDimension
from kantoor.departments.finance.models import DimensionSet, Entry, Line
from kantoor.departments.hr.actions.people.contracts import change_contract
from kantoor.departments.hr.actions.people.hiring import hire_employees
from kantoor.departments.hr.drafts_people import ContractChange, HireDraft
from kantoor.departments.ict.actions.cases.charging import (
    post_case_charges,
    set_charge_settings,
    take_back_case_charges,
)
from kantoor.departments.ict.actions.cases.opening import open_case
from kantoor.departments.ict.actions.cases.working import (
    reverse_work,
    set_work_rate,
    write_work,
    write_works,
)
from kantoor.departments.ict.drafts import CaseDraft
from kantoor.departments.ict.drafts_work import WorkDraft, WorkRateDraft
from kantoor.departments.ict.errors import NotSetUp, NoWorkRate
from kantoor.departments.ict.queries.cases.charging import ChargeRow, case_charges
from kantoor.departments.ict.tests.cases.test_pages import browser
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import Conflict, InvalidInput, NotAllowed
from kantoor.kernel.record.verify.system import verify
from tests.founded import House, found

pytestmark = pytest.mark.django_db
COST, COVERED = "45625", "40880"
LAST = timezone.localdate().replace(day=1) - timedelta(days=1)
FIRST = LAST.replace(day=1)
MONTH = f"{FIRST:%Y-%m}"


@pytest.fixture
def house() -> House:
    """Emma works for the shop until the tenth of last month, then in the hall; Ivo is of ICT."""
    house = found()
    anne = house.administrator
    for code in ("SHOP", "HALL", "ICT"):
        add_dimension_value(anne, dimension="cost_centre", code=code, name=code.title())
    begun = date(2024, 1, 1)
    week: dict[str, Any] = {"hours_mon": Decimal(8)}
    people = [
        HireDraft(name="Emma", employee="E1", start=begun, cost_centre="SHOP", **week),
        HireDraft(name="Ivo", employee="E2", start=begun, cost_centre="ICT", **week),
        HireDraft(name="Piet", employee="E3", start=begun, **week),
    ]
    hire_employees(anne, employees=people)
    moved = ContractChange(employee="E1", from_day=FIRST.replace(day=11), cost_centre="HALL")
    change_contract(anne, change=moved)
    house.person("carla", "controller")
    house.person("iris", "ict_manager")
    return house


def worked(anne: Actor, employee: str, minutes: int, day: int) -> int:
    """Minutes on a case of somebody on a day of last month; gives the line."""
    number = open_case(anne, case=CaseDraft(title="Help", requester=employee)).number
    work = WorkDraft(case=number, minutes=minutes, day=FIRST.replace(day=day))
    return write_work(anne, work=work)


def in_the_books() -> dict[tuple[str, str], int]:
    """Sums of all that was posted by account and cost centre."""
    found: dict[tuple[str, str], int] = {}
    sets = dict(DimensionSet.objects.values_list("pk", "key"))
    for line in Line.objects.select_related("account"):
        centre = sets.get(line.dimension_set_id, "").removeprefix("cost_centre=")
        key = (line.account.code, centre)
        found[key] = found.get(key, 0) + line.amount
    return {key: amount for key, amount in found.items() if amount}


def test_a_month_is_booked_to_who_asked_then_as_differences_and_taken_back(house: House) -> None:
    anne, carla = house.administrator, house.people["carla"]
    slip = worked(anne, "E1", 30, 10)
    worked(anne, "E1", 60, 11)
    worked(anne, "E2", 90, 5)
    worked(anne, "E3", 45, 5)
    with pytest.raises(NotSetUp):
        post_case_charges(carla, month=LAST)
    set_charge_settings(carla, cost=COST, covered=COVERED, cost_centre="ICT")
    with pytest.raises(NoWorkRate):
        post_case_charges(carla, month=LAST)
    set_work_rate(anne, rate=WorkRateDraft(start=date(2020, 1, 1), rate=Decimal(60)))
    assert [(row.code, row.minutes, row.cost, row.booked, row.due) for row in charged(carla)] == [
        ("", 45, 4500, 0, 0), ("HALL", 60, 6000, 0, 6000), ("ICT", 90, 9000, 0, 0),
        ("SHOP", 30, 3000, 0, 3000),
    ]  # fmt: skip

    done = post_case_charges(carla, month=LAST)
    assert (done.minutes, done.amount) == (90, 9000)
    booked = {(COST, "SHOP"): 3000, (COST, "HALL"): 6000, (COVERED, "ICT"): -9000}
    assert in_the_books() == booked
    assert Entry.objects.get().date == LAST
    assert post_case_charges(carla, month=FIRST).entry == ""
    assert [row.due for row in charged(carla)] == [0, 0, 0, 0]
    assert {row.entry for row in charged(carla)} == {"", done.entry}

    reverse_work(anne, work=slip)
    assert post_case_charges(carla, month=LAST).amount == -3000
    assert in_the_books() == {(COST, "HALL"): 6000, (COVERED, "ICT"): -6000}

    assert take_back_case_charges(carla, month=LAST).amount == -6000
    assert in_the_books() == {}
    assert take_back_case_charges(carla, month=LAST).entry == ""
    assert post_case_charges(carla, month=LAST).amount == 6000
    assert verify().ok


def test_what_earlier_settings_booked_goes_back_as_it_came(house: House) -> None:
    anne, carla = house.administrator, house.people["carla"]
    set_work_rate(anne, rate=WorkRateDraft(start=date(2020, 1, 1), rate=Decimal(60)))
    worked(anne, "E1", 30, 10)
    set_charge_settings(carla, cost=COST, covered=COVERED, cost_centre="ICT")
    post_case_charges(carla, month=LAST)
    # One account for both, and the hall takes ICT in.
    set_charge_settings(carla, cost=COST, covered=COST, cost_centre="HALL")
    assert post_case_charges(carla, month=LAST).amount == 0
    assert in_the_books() == {(COST, "SHOP"): 3000, (COST, "HALL"): -3000}
    [row] = charged(carla)
    assert (row.code, row.booked, row.due) == ("SHOP", 3000, 0)


def test_what_a_retired_cost_centre_has_booked_goes_back_once_it_is_in_use_again(
    house: House,
) -> None:
    anne, carla = house.administrator, house.people["carla"]
    set_work_rate(anne, rate=WorkRateDraft(start=date(2020, 1, 1), rate=Decimal(60)))
    worked(anne, "E1", 30, 10)
    set_charge_settings(carla, cost=COST, covered=COVERED, cost_centre="ICT")
    post_case_charges(carla, month=LAST)
    retire_dimension_value(anne, dimension="cost_centre", code="SHOP")
    with pytest.raises(UnknownDimension):
        take_back_case_charges(carla, month=LAST)
    assert [row.due for row in charged(carla)] == [
        0
    ]  # the entry and what is kept of it, or neither
    add_dimension_value(anne, dimension="cost_centre", code="SHOP", name="The shop")
    assert take_back_case_charges(carla, month=LAST).amount == -3000
    assert in_the_books() == {}
    assert [row.name for row in charged(carla)] == ["The shop"]
    with pytest.raises(Conflict):
        add_dimension_value(anne, dimension="cost_centre", code="SHOP", name="Shop")
    assert verify().ok


def test_booking_is_for_who_may_book_costs_and_post_entries(house: House) -> None:
    carla, iris = house.people["carla"], house.people["iris"]
    for code in ("nowhere", "1\0"):
        with pytest.raises(InvalidInput):
            set_charge_settings(carla, cost=COST, covered=code, cost_centre="ICT")
        with pytest.raises(InvalidInput):
            set_charge_settings(carla, cost=COST, covered=COVERED, cost_centre=code)
        with pytest.raises(InvalidInput):
            case_charges(carla, month=code)
    set_charge_settings(carla, cost=COST, covered=COVERED, cost_centre="ICT")
    anne = house.administrator
    set_work_rate(anne, rate=WorkRateDraft(start=date(2020, 1, 1), rate=Decimal(60)))
    worked(anne, "E1", 30, 10)
    with pytest.raises(NotAllowed):
        post_case_charges(iris, month=LAST)
    helper = house.person("bo", "help_desk")
    for refused in (post_case_charges, take_back_case_charges):
        with pytest.raises(NotAllowed):
            refused(helper, month=LAST)
    with pytest.raises(NotAllowed):
        case_charges(helper)
    with pytest.raises(InvalidInput):
        post_case_charges(carla, month=date(1999, 1, 1))


def test_the_page_shows_a_month_and_books_it(house: House) -> None:
    anne = house.administrator
    set_work_rate(anne, rate=WorkRateDraft(start=date(2020, 1, 1), rate=Decimal(60)))
    worked(anne, "E1", 30, 10)
    set_charge_settings(anne, cost=COST, covered=COVERED, cost_centre="ICT")
    visit = browser("carla")
    page = visit.get(f"/ict/case-charges?month={MONTH}").content.decode()
    assert "Shop" in page and "0:30" in page and "/ict/do/post-case-charges" in page
    form = visit.get("/ict/do/post-case-charges").content.decode()
    assert "Boekt wat er sinds" in form
    answer = visit.post("/ict/do/post-case-charges", {"month": LAST.isoformat()})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/ict/case-charges")
    assert in_the_books() == {(COST, "SHOP"): 3000, (COVERED, "ICT"): -3000}
    assert (
        "/ict/do/post-case-charges" not in browser("iris").get("/ict/case-charges").content.decode()
    )


def charged(actor: Actor) -> list[ChargeRow]:
    return case_charges(actor, month=MONTH)


def test_many_lines_are_booked_in_as_many_statements_as_few(house: House) -> None:
    anne = house.administrator
    set_work_rate(anne, rate=WorkRateDraft(start=date(2020, 1, 1), rate=Decimal(60)))
    set_charge_settings(anne, cost=COST, covered=COVERED, cost_centre="ICT")
    number = open_case(anne, case=CaseDraft(title="Help", requester="E1")).number
    counts = []
    for lines in (2, 2, 30):
        work = WorkDraft(case=number, minutes=3, day=FIRST.replace(day=12))
        write_works(anne, works=[work] * lines)
        with CaptureQueriesContext(connection) as asked:
            assert post_case_charges(anne, month=LAST).entry
            charged(anne)
        counts.append(len(asked))
    assert counts[2] <= counts[1]
