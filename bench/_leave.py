"""Measures balances of leave in one database; prints JSON (see bench/leave.py)."""

import json
import time
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from bench._devices import founded

PEOPLE, YEARS, WEEKS = 10_000, 3, 1
ROUNDS = 3


def main() -> None:
    """Hire, grant and take; then ask what everybody has."""
    actor = founded()
    from kantoor.departments.hr.actions.leave.asking import record_leaves
    from kantoor.departments.hr.actions.leave.granting import grant_leave
    from kantoor.departments.hr.actions.leave.kinds import set_up_leave
    from kantoor.departments.hr.actions.people.hiring import hire_employees
    from kantoor.departments.hr.drafts_leave import LeaveDraft
    from kantoor.departments.hr.drafts_people import HireDraft
    from kantoor.departments.hr.queries.leave.balance import minutes_left

    this = date.today().year  # noqa: DTZ011  # any day will do
    week: dict[str, Any] = {f"hours_{day}": Decimal(8) for day in ("mon", "tue", "wed", "thu")}
    codes = [f"B{n:05}" for n in range(PEOPLE)]
    began = date(this - YEARS, 1, 1)
    hire_employees(
        actor,
        employees=[HireDraft(name=f"Person {c}", employee=c, start=began, **week) for c in codes],
    )
    set_up_leave(actor, country="NL")
    for year in range(this - YEARS + 1, this):
        grant_leave(actor, year=year)
    start = time.perf_counter()
    grant_leave(actor, year=this)
    grant_s = time.perf_counter() - start
    for n in range(WEEKS):
        first = date(this - 1, 6 + n, 1)
        last = first + timedelta(days=6)
        record_leaves(
            actor, leaves=[LeaveDraft(employee=code, first=first, last=last) for code in codes]
        )
    took = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        left = minutes_left(actor.company_id, date(this - 1, 12, 31))
        took.append(time.perf_counter() - start)
    assert len(left) == PEOPLE and len(set(left.values())) == 1
    print(json.dumps({"balance_s": min(took), "grant_s": grant_s}))


if __name__ == "__main__":
    main()
