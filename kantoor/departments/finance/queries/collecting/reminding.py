"""What a reminder would ask of a customer on a day: items with interest, costs and fee."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from kantoor.departments.finance.models import ReminderLevel
from kantoor.departments.finance.queries.collecting.overdue import Debtor, Overdue, next_level
from kantoor.departments.finance.reference import late

DAYS, DAYS_ANNOUNCED = 7, 16
"""To pay after a letter; after one that announces costs 14 from the day after it is delivered,
for which two days are taken (Dutch Civil Code 6:96(6), HR 25-11-2016, ECLI:NL:HR:2016:2704)."""


class Asked(NamedTuple):
    """An item as a letter asks for it: at its step, with the interest that is new."""

    item: Overdue
    level: int
    interest: int


class Draft(NamedTuple):
    """A letter to be sent; amounts in minor units."""

    debtor: Debtor
    level: ReminderLevel
    pay_by: date
    items: list[Asked]
    open: int
    interest: int
    costs: int
    announced: int
    fee: int

    @property
    def charged(self) -> int:
        """What comes on top of what is owed."""
        return self.interest + self.costs + self.fee


def draft_of(
    debtor: Debtor, items: Sequence[Overdue], levels: dict[int, ReminderLevel], on: date
) -> Draft | None:
    """The letter to a customer on a day; None when nothing of it is ready for a next step."""
    ready = {each.line_id: None if each.charge else next_level(each, levels, on) for each in items}
    steps = [step for step in ready.values() if step is not None]
    if not steps:
        return None
    level = levels[max(steps)]
    kind: late.Kind = "other" if debtor.kind == "person" else "trade"
    asked = [_asked(each, ready[each.line_id] or each.reached, level, kind, on) for each in items]
    fresh = sum(each.open for each in items if ready[each.line_id] == level.n and not each.charge)
    costs = late.collection_costs(fresh)
    days = DAYS_ANNOUNCED if level.costs == "announced" else DAYS
    return Draft(
        debtor,
        level,
        on + timedelta(days=days),
        asked,
        sum(each.open for each in items),
        sum(each.interest for each in asked),
        costs if level.costs == "claimed" else 0,
        costs if level.costs == "announced" else 0,
        level.fee,
    )


def _asked(item: Overdue, step: int, level: ReminderLevel, kind: late.Kind, on: date) -> Asked:
    if not level.interest or item.charge:
        return Asked(item, step, 0)
    whole = late.statutory_interest(item.open, date.fromisoformat(item.due_on), on, kind)
    return Asked(item, step, max(whole - item.interest, 0))
