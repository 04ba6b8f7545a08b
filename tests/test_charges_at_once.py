"""The cost of a month is booked once, also where two book it at once."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from kantoor.departments.finance.actions.dimensions import add_dimension_value
from kantoor.departments.finance.models import Entry
from kantoor.departments.hr.actions.people.hiring import hire_employees
from kantoor.departments.hr.drafts_people import HireDraft
from kantoor.departments.ict.actions.cases import charging
from kantoor.departments.ict.actions.cases.working import set_work_rate
from kantoor.departments.ict.drafts_work import WorkRateDraft
from kantoor.departments.ict.models import Charge
from kantoor.departments.ict.queries.cases.charging import booked_charges
from tests.at_once import at_once, meeting
from tests.committed import committed as committed
from tests.founded import found
from tests.test_charges_of_cases import COST, COVERED, LAST, worked


def test_two_who_book_a_month_at_once_book_it_once(
    committed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    anne = found().administrator
    for code in ("SHOP", "ICT"):
        add_dimension_value(anne, dimension="cost_centre", code=code, name=code.title())
    week: dict[str, Any] = {"hours_mon": Decimal(8)}
    emma = HireDraft(name="Emma", employee="E1", start=date(2024, 1, 1), cost_centre="SHOP", **week)
    hire_employees(anne, employees=[emma])
    set_work_rate(anne, rate=WorkRateDraft(start=date(2020, 1, 1), rate=Decimal(60)))
    charging.set_charge_settings(anne, cost=COST, covered=COVERED, cost_centre="ICT")
    worked(anne, "E1", 30, 10)
    monkeypatch.setattr(charging, "booked_charges", meeting(booked_charges))
    book = lambda: charging.post_case_charges(anne, month=LAST)  # noqa: E731
    amounts = [each.amount for each in at_once(book, book)]
    assert sorted(amounts) == [0, 3000]
    assert Entry.objects.count() == 1
    assert list(Charge.objects.values_list("amount", flat=True)) == [3000]
