"""The cost of a month is booked once, also where two book it at once."""

import threading
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from kantoor.departments.finance.actions.dimensions import add_dimension_value
from kantoor.departments.finance.models import Entry
from kantoor.departments.hr.actions.people.hiring import hire_employees
from kantoor.departments.hr.drafts_people import HireDraft
from kantoor.departments.ict.actions.cases import charging
from kantoor.departments.ict.actions.cases.working import set_work_rate
from kantoor.departments.ict.drafts_work import WorkRateDraft
from kantoor.departments.ict.models import Charge
from kantoor.departments.ict.queries.cases.charging import Booked, booked_charges
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
    both = threading.Barrier(2)

    def together(company_id: int, month: date) -> Mapping[tuple[int, str], Booked]:
        """Whoever saw what is booked waits for the other to, if nothing keeps them apart."""
        seen = booked_charges(company_id, month)
        with suppress(threading.BrokenBarrierError):
            both.wait(timeout=2)
        return seen

    monkeypatch.setattr(charging, "booked_charges", together)
    amounts: list[int] = []

    def book() -> None:
        try:
            amounts.append(charging.post_case_charges(anne, month=LAST).amount)
        finally:
            connection.close()

    threads = [threading.Thread(target=book) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(amounts) == [0, 3000]
    assert Entry.objects.count() == 1
    assert list(Charge.objects.values_list("amount", flat=True)) == [3000]
