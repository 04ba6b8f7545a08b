"""A company whose people write hours, for tests."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from kantoor.departments.finance.public import SupplierDraft, create_suppliers
from kantoor.departments.hr.actions.times.deciding import approve_sheet
from kantoor.departments.hr.actions.times.writing import submit_week, write_week
from kantoor.departments.hr.drafts_times import WeekRow
from kantoor.departments.hr.tests.people.staff import Staff
from kantoor.kernel.actions.registry import action_named
from kantoor.kernel.actors.actor import Actor

MONDAY = date(2026, 3, 9)


@dataclass
class Workers:
    """`emma` writes, `mo` is her manager, `carla` invoices; `helen` is HR's."""

    staff: Staff
    carla: Actor

    @property
    def emma(self) -> Actor:
        return self.staff.emma

    @property
    def mo(self) -> Actor:
        return self.staff.mo

    @property
    def helen(self) -> Actor:
        return self.staff.helen

    def row(self, **given: Any) -> WeekRow:
        """A row for Molen, which pays it: eight hours on Monday unless said."""
        usual: dict[str, Any] = {"project": "P1", "customer": "K1", "billable": True, "mon": 480}
        return WeekRow(**{**usual, **given})

    def approved(self, *rows: WeekRow, week: date = MONDAY) -> str:
        """A week of Emma's that her manager approved."""
        number = write_week(self.emma, week=week, rows=rows or [self.row()])
        submit_week(self.emma, week=week)
        approve_sheet(self.mo, sheet=number)
        return number


def begin_workers(staff: Staff) -> Workers:
    """Two projects, and two parties that pay for hours; finance knows both."""
    carla = staff.house.person("carla", "controller", "employee")
    create_suppliers(
        carla,
        suppliers=[
            SupplierDraft(code=code, name=name, country="NL")
            for code, name in (("K1", "Molen BV"), ("K2", "Dijk BV"))
        ],
    )
    for verb, given in (
        ("finance.add_dimension_value", {"dimension": "project", "code": "P1", "name": "Mill"}),
        ("finance.add_dimension_value", {"dimension": "project", "code": "P2", "name": "Dike"}),
    ):
        found = action_named(verb)
        assert found is not None
        found.call(carla, **given)
    return Workers(staff, carla)
