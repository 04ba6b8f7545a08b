"""Open items of the file: each becomes an entry of its own, so that it can be paid and dunned.

The opening balance then books the control account's total on the account for what is in between,
and each item takes its part off it: that account ends at nothing.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.drafts import EntryDraft, LineDraft
from kantoor.departments.finance.formats.administration import SourceItem, SourceLine
from kantoor.departments.finance.queries.leaving.amounts import Amounts, Doubt

if TYPE_CHECKING:
    from kantoor.departments.finance.queries.leaving.plan import Plan, Ready


class Item(NamedTuple):
    """An open item with the control account here that it is on."""

    account: str
    amount: int
    source: SourceItem
    opening: date


class Items:
    """The open items of all files, and what the opening balance must leave to them."""

    def __init__(self, plan: "Plan", items: list[Item], between: str) -> None:
        self.plan = plan
        self.items = items
        self.between = between
        self.totals: dict[str, int] = {}
        for item in items:
            self.totals[item.account] = self.totals.get(item.account, 0) + item.amount

    def entries(self) -> "Iterator[Ready]":
        """An entry for each item."""
        from kantoor.departments.finance.queries.leaving.plan import Ready

        journal = self.plan.journals.code("", opening=True)
        for item in self.items:
            source = item.source
            text = f"{_('Open item')} {source.reference}".strip()[:200]
            draft = EntryDraft(
                date=item.opening,
                text=text,
                journal=journal,
                reference=source.reference[:80],
                lines=[
                    LineDraft(
                        account=item.account, amount=item.amount, party=source.party[:40],
                        text=source.date.isoformat(), line=source.line,
                    ),
                    LineDraft(account=self.between, amount=-item.amount, line=source.line),
                ],
            )  # fmt: skip
            yield Ready(draft, source.due_on.isoformat())

    def without_items(self, lines: list[LineDraft]) -> list[LineDraft]:
        """Lines of an opening balance: what open items book is booked in between."""
        return [
            LineDraft(account=self.between, amount=line.amount, line=line.line)
            if line.account in self.totals
            else line
            for line in lines
        ]


def open_items_of(plan: "Plan") -> Items:
    """The items of a plan's files; what doesn't fit is among the plan's troubles."""
    roles = {role: plan.choosing.role(role) for role in ("receivables", "payables", "suspense")}
    items: list[Item] = []
    # Once for all: files may have as many items as parties, and are read again for their opening.
    kinds = _kinds(plan)
    opening = plan.mapping.opening_date
    if opening is None and any(source.found.items for source in plan.sources):
        opening = _opening_day(plan)
    for source in plan.sources:
        amounts = Amounts(plan.own, source.found.currency, plan.mapping)
        for item in source.found.items:
            made = _item(plan, item, roles, amounts, (source.name, kinds, opening))
            if made is not None:
                items.append(made)
    found = Items(plan, items, roles["suspense"])
    if items and not roles["suspense"]:
        message = _("No account has the role “{role}”; give it to one in the chart of accounts.")
        plan.trouble("items", message.format(role="suspense"), 0)
        found.items = []
    _compare(plan, found)
    return found


def _item(
    plan: "Plan", item: SourceItem, roles: dict[str, str], amounts: Amounts,
    of: tuple[str, Mapping[str, str], date | None],
) -> Item | None:  # fmt: skip
    """The item as it is booked; `of` is its file, the kinds of parties, and the day of opening."""
    file, kinds, opening = of
    try:
        line = SourceLine(item.account, item.amount, item.commodity)
        amount = amounts.convert(line).amount
    except Doubt as doubt:
        plan.trouble(doubt.code, doubt.message, item.line, file)
        return None
    if not amount:
        return None
    chosen = plan.chosen.get(item.account)
    code = chosen.code if chosen else ""
    if code not in (roles["receivables"], roles["payables"]):
        kind = kinds.get(item.party)
        supplier = kind == "S" if kind else amount < 0
        code = code or roles["payables" if supplier else "receivables"]
    return Item(code, amount, item, opening or item.date)


def _kinds(plan: "Plan") -> dict[str, str]:
    """Customer, supplier or both, by the code of a party: as the first file that says it."""
    kinds: dict[str, str] = {}
    for source in plan.sources:
        for party in source.found.parties.values():
            if party.kind:
                kinds.setdefault(party.code, party.kind)
    return kinds


def _opening_day(plan: "Plan") -> date | None:
    for source in plan.sources:
        for entry in source.found.entries():
            if entry.opening:
                return entry.date
            break
    return None


def _compare(plan: "Plan", found: Items) -> None:
    """Say where the items of a control account are not what the opening balance has on it."""
    opened: dict[str, int] = {}
    for source in plan.sources:
        amounts = Amounts(plan.own, source.found.currency, plan.mapping)
        for entry in source.found.entries():
            if not entry.opening:
                break
            for line in entry.lines:
                chosen = plan.chosen.get(line.account)
                if chosen is not None and chosen.code in found.totals:
                    try:
                        amount = amounts.convert(line).amount
                    except Doubt:
                        continue
                    opened[chosen.code] = opened.get(chosen.code, 0) + amount
    for code, total in found.totals.items():
        if code in opened and opened[code] != total:
            message = _(
                "The open items on {code} add up to {total}, the opening balance has {has}."
            )
            said = message.format(code=code, total=total, has=opened[code])
            plan.trouble("items", said, 0)
