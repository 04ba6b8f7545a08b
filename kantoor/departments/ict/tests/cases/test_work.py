"""Time spent on cases: written with calls and answers, taken back, and what it costs by rate."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kantoor.departments.ict.actions.cases.calls import note_call
from kantoor.departments.ict.actions.cases.noting import add_note
from kantoor.departments.ict.actions.cases.working import (
    reverse_work,
    reverse_works,
    set_work_rate,
    set_work_rates,
    write_work,
    write_works,
)
from kantoor.departments.ict.drafts import CallDraft, NoteDraft
from kantoor.departments.ict.drafts_work import WorkDraft, WorkRateDraft
from kantoor.departments.ict.errors import NotYours, WrongState
from kantoor.departments.ict.queries.cases.record import case, my_question
from kantoor.departments.ict.queries.cases.work import By, WorkCostRow, work_costs, work_rates
from kantoor.departments.ict.tests.cases.test_pages import browser
from kantoor.departments.ict.tests.people import Desk
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError, InvalidInput, NotAllowed, NotFound
from kantoor.kernel.parties import units
from kantoor.kernel.parties.actions import link_user
from kantoor.kernel.parties.models import Party
from kantoor.kernel.parties.units import Stretch, Unit

TODAY = timezone.localdate()
LONG_AGO = date(2020, 1, 1)


def rate(value: str, start: date = LONG_AGO, **of: str) -> WorkRateDraft:
    return WorkRateDraft(start=start, rate=Decimal(value), **of)


def report(desk: Desk, by: By) -> list[tuple[str, int, int, int]]:
    rows: list[WorkCostRow] = work_costs(
        desk.anne, by=by, start=TODAY - timedelta(days=9), end=TODAY
    ).rows
    return [(row.code, row.minutes, row.unrated, row.cost) for row in rows]


def test_calls_and_answers_carry_time_and_a_line_takes_it_back(desk: Desk) -> None:
    link_user(desk.anne, user="eva", party="E1")
    call = CallDraft(caller="E1", title="No sound", solution="Plugged it in", minutes=7)
    number = note_call(desk.bo, call=call).number
    add_note(desk.cas, note=NoteDraft(case=number, text="Rang back", public=True, minutes=5))
    first, second = case(desk.anne, number=number).work
    assert [(each.who, each.minutes, each.cost) for each in (first, second)] == [
        (desk.bo.name, 7, None), (desk.cas.name, 5, None)
    ]  # fmt: skip
    with pytest.raises(NotYours):
        reverse_work(desk.bo, work=second.id)
    reverse_works(desk.anne, works=[second.id])
    for key, fault in ((second.id, WrongState), (second.id + 1, WrongState), (10**9, NotFound)):
        with pytest.raises(fault):
            reverse_work(desk.anne, work=key)
    assert [each.minutes for each in case(desk.bo, number=number).work] == [7, 5, -5]
    assert my_question(desk.eva, number=number).work == []
    assert report(desk, "case") == [(number, 7, 7, 0)]


@pytest.mark.parametrize(
    "wrong",
    [
        {"minutes": 0}, {"minutes": -3}, {"minutes": 1441}, {"minutes": 2**62}, {"case": "INC-9"},
        {"day": TODAY + timedelta(days=1)}, {"day": LONG_AGO},
    ],
)  # fmt: skip
def test_time_that_cannot_be_is_refused(desk: Desk, wrong: dict[str, object]) -> None:
    good = {"case": desk.opened(), "minutes": 800}
    with pytest.raises(DomainError):
        write_work(desk.bo, work=WorkDraft(**{**good, **wrong}))  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        write_work(desk.eva, work=WorkDraft(**good))  # type: ignore[arg-type]
    with pytest.raises(InvalidInput):
        write_works(desk.bo, works=[WorkDraft(**good)] * 2)  # type: ignore[arg-type]
    write_work(desk.bo, work=WorkDraft(**good))  # type: ignore[arg-type]
    with pytest.raises(InvalidInput):
        write_work(desk.bo, work=WorkDraft(**good))  # type: ignore[arg-type]


def test_cost_is_by_the_rate_of_the_day_and_the_narrowest(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    yesterday = TODAY - timedelta(days=1)
    mail = desk.opened(service="mail", queue="desk", requester="E1")
    desk_case = desk.opened(queue="desk", requester="E2")
    other = desk.opened()
    works = [
        WorkDraft(case=mail, minutes=30, day=yesterday), WorkDraft(case=mail, minutes=30),
        WorkDraft(case=desk_case, minutes=1), WorkDraft(case=other, minutes=10),
    ]  # fmt: skip
    keys = write_works(desk.bo, works=works)
    assert report(desk, "queue") == [("desk", 61, 61, 0), ("", 10, 10, 0)]
    set_work_rate(desk.anne, rate=rate("40", queue="desk"))
    set_work_rates(
        desk.anne, rates=[rate("50", service="mail"), rate("60.01", TODAY, service="mail")]
    )
    # Half an hour at 50 and at 60.01 (30.005, half up), a minute at 40 (0.6667).
    assert report(desk, "case") == [
        (mail, 60, 0, 2500 + 3001), (desk_case, 1, 0, 67), (other, 10, 10, 0)
    ]  # fmt: skip
    assert report(desk, "service") == [("mail", 60, 0, 5501), ("", 11, 10, 67)]
    reverse_work(desk.bo, work=keys[1])
    assert report(desk, "queue") == [("desk", 31, 0, 2567), ("", 10, 10, 0)]

    eva = Party.objects.get(code="E1").pk
    monkeypatch.setattr(
        units, "_tellers", [lambda *_: {eva: [Stretch(LONG_AGO, TODAY, Unit("HR", "People"))]}]
    )
    assert report(desk, "department") == [("HR", 30, 0, 2500), ("", 11, 10, 67)]
    assert [row.service for row in work_rates(desk.anne)] == ["Mail", "Mail", ""]
    page = work_costs(desk.anne, by="case", start=yesterday, end=TODAY, limit=1)
    assert (page.count, page.sums["cost"], page.next_cursor) == (3, 2567, "1")
    for bad in (rate("0"), rate("1e9"), rate("NaN"), rate("5", queue="desk", service="mail")):
        with pytest.raises(InvalidInput):
            set_work_rate(desk.anne, rate=bad)
    with pytest.raises(NotAllowed):
        set_work_rate(desk.bo, rate=rate("5"))
    with pytest.raises(InvalidInput):
        work_costs(desk.anne, start=TODAY, end=yesterday)


def test_the_report_is_by_what_its_tab_says(desk: Desk) -> None:
    number = desk.opened(queue="desk")
    write_work(desk.bo, work=WorkDraft(case=number, minutes=90))
    desk.house.person("iris", "ict_manager")
    visit = browser("iris")
    for by, shown in (("queue", "First line"), ("case", "The printer is silent")):
        page = visit.get(f"/ict/work-costs?by={by}").content.decode()
        assert shown in page and "1:30" in page


def test_work_counts_for_the_department_of_its_own_day(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Eva moved today: what was done for her yesterday was done for where she was."""
    yesterday = TODAY - timedelta(days=1)
    set_work_rate(desk.anne, rate=rate("60"))
    number = desk.opened(requester="E1")
    works = [WorkDraft(case=number, minutes=30, day=yesterday), WorkDraft(case=number, minutes=5)]
    write_works(desk.bo, works=works)
    eva = Party.objects.get(code="E1").pk
    stays = [
        Stretch(LONG_AGO, yesterday, Unit("HR", "People")),
        Stretch(TODAY, TODAY, Unit("SALES", "Sales")),
    ]
    monkeypatch.setattr(units, "_tellers", [lambda *_: {eva: stays}])
    assert report(desk, "department") == [("HR", 30, 0, 3000), ("SALES", 5, 0, 500)]


def test_what_work_costs_is_for_who_may_see_costs(desk: Desk) -> None:
    set_work_rate(desk.anne, rate=rate("60"))
    number = desk.opened()
    write_work(desk.bo, work=WorkDraft(case=number, minutes=30))
    assert [(each.minutes, each.cost) for each in case(desk.bo, number=number).work] == [(30, None)]
    assert [(each.minutes, each.cost) for each in case(desk.anne, number=number).work] == [
        (30, 3000)
    ]
    with pytest.raises(NotAllowed):
        work_costs(desk.bo)
    assert browser("bo").get("/ict/work-costs").status_code == 403
    page = browser("bo").get(f"/ict/cases/{number}").content.decode()
    assert "0:30" in page
    assert "30.00" not in page and "30,00" not in page
    desk.house.person("iris", "ict_manager")
    shown = browser("iris").get(f"/ict/cases/{number}").content.decode()
    assert "30.00" in shown or "30,00" in shown
    desk.house.person("carla", "controller")
    assert work_costs(desk.house.again("carla")).sums["cost"] == 3000


def statements(actor: Actor, count: int, number: str) -> int:
    works = [WorkDraft(case=number, minutes=1) for _ in range(count)]
    with CaptureQueriesContext(
        connection,
    ) as asked:
        reverse_works(actor, works=write_works(actor, works=works))
        work_costs(actor, by="department")
    return len(asked)


def test_many_lines_take_no_more_statements_than_few(desk: Desk) -> None:
    number = desk.opened(requester="E1")
    set_work_rate(desk.anne, rate=rate("40"))
    statements(desk.anne, 2, number)
    assert statements(desk.anne, 40, number) <= statements(desk.anne, 4, number)
