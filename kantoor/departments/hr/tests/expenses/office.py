"""A company whose people claim expenses, for tests."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from kantoor.departments.hr.actions.expenses.categories import add_expense_categories
from kantoor.departments.hr.actions.expenses.claiming import claim_expenses, submit_claims
from kantoor.departments.hr.actions.expenses.deciding import approve_claims
from kantoor.departments.hr.drafts_expenses import CategoryDraft, ExpenseDraft
from kantoor.departments.hr.models import ExpenseClaim
from kantoor.departments.hr.tests.people.staff import Staff
from kantoor.kernel.actors.actor import Actor

ON = date(2026, 3, 10)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
CATEGORIES = (
    CategoryDraft(code="hotel", name="Hotel", account="45625", tax="P9", most_minor=15_000),
    CategoryDraft(code="tools", name="Tools", account="45625", tax="P21", receipt_from_minor=5_000),
    CategoryDraft(code="meal", name="Meal", account="45620", most_minor=4_000, over="refuse"),
    CategoryDraft(code="km", name="Own car", account="40880", kind="mileage"),
    CategoryDraft(
        code="km-high", name="Own van", account="40880", kind="mileage", rate=Decimal("0.30")
    ),
    CategoryDraft(code="day", name="Abroad", account="45625", kind="per_diem", rate=Decimal("55")),
)


@dataclass
class Office:
    """`emma` claims, `mo` is her manager, `carla` posts; `helen` is HR's."""

    staff: Staff
    carla: Actor

    @property
    def emma(self) -> Actor:
        return self.staff.emma

    @property
    def mo(self) -> Actor:
        return self.staff.mo

    def draft(
        self, category: str = "tools", amount: int | None = 1_210, **more: Any
    ) -> ExpenseDraft:
        """An expense of a day in March."""
        return ExpenseDraft(category=category, amount=amount, date=more.pop("date", ON), **more)

    def claimed(self, *drafts: ExpenseDraft, by: Actor | None = None) -> str:
        """The number of a claim that is being written."""
        return claim_expenses(by or self.emma, expenses=drafts or [self.draft()])

    def submitted(self, *drafts: ExpenseDraft) -> str:
        """One that Emma handed in."""
        number = self.claimed(*drafts)
        submit_claims(self.emma, claims=[number])
        return number

    def approved(self, *drafts: ExpenseDraft) -> str:
        """One that her manager approved."""
        number = self.submitted(*drafts)
        approve_claims(self.mo, claims=[number])
        return number

    def claim(self, number: str) -> ExpenseClaim:
        """The claim as it is now."""
        return ExpenseClaim.objects.get(company_id=self.emma.company_id, number=number)


def begin_office(staff: Staff) -> Office:
    """Set the categories, and have somebody who posts."""
    add_expense_categories(staff.helen, categories=CATEGORIES)
    return Office(staff, staff.house.person("carla", "controller", "employee"))
