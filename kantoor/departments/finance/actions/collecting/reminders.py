"""Send reminders: a letter to each customer whose invoices are ready for the next step."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.ledger import write_entries
from kantoor.departments.finance.actions.periods import lock_company
from kantoor.departments.finance.drafts import ReadyEntry, ReadyLine
from kantoor.departments.finance.drafts_collecting import RemindersSent
from kantoor.departments.finance.events import RemindersMade
from kantoor.departments.finance.models import Reminder, ReminderItem, ReminderLevel
from kantoor.departments.finance.queries.collecting.overdue import overdue_items
from kantoor.departments.finance.queries.collecting.reminders import usual_levels
from kantoor.departments.finance.queries.collecting.reminding import Draft, draft_of
from kantoor.departments.finance.queries.roles import (
    account_with_role,
    accounts_by_role,
    journal_of_kind,
)
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns, publish
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.days import today_of
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.numbering.numbers import take_numbers
from kantoor.kernel.store.ids import take_ids
from kantoor.kernel.store.models import insert_rows

SEND = "finance.send_reminders"


@action(permission=SEND, title=_("Make reminders"))
def make_reminders(
    actor: Actor, /, *, on: date | None = None, parties: Sequence[str] = ()
) -> RemindersSent:
    """Make a letter for each customer with something overdue that is ready for its next step.

    Held customers and invoices are left alone, and those with as much in their favour. Fees,
    interest and costs that a step claims are booked and open on the customer, due with the letter.
    Made again on the same day it makes none. Raises InvalidInput, ClosedPeriod.
    """
    today = today_of(actor)
    day = on or today
    if day > today:
        raise InvalidInput(_("A reminder is not dated in the future."), field="on")
    # Two who remind at once would both write the same letters.
    lock_company(actor.company_id)
    levels = _levels(actor)
    found = overdue_items(actor.company_id, day, parties)
    drafts = [
        draft
        for debtor, items in found.items()
        if (draft := draft_of(debtor, items, levels, day)) is not None
    ]
    if not drafts:
        return RemindersSent(0, "", "", 0, 0)
    return _write(actor, day, drafts)


def _levels(actor: Actor) -> dict[int, ReminderLevel]:
    known = list(ReminderLevel.objects.filter(company_id=actor.company_id).order_by("n"))
    usual = usual_levels(actor.company_id)
    return {each.n: each for each in known or ReminderLevel.objects.bulk_create(usual)}


def _write(actor: Actor, on: date, drafts: Sequence[Draft]) -> RemindersSent:
    count = len(drafts)
    first = take_ids(Reminder, count)
    sequence = take_numbers(f"finance.reminder/{actor.company_id}", count)
    numbers = [f"REM-{sequence + n:06}" for n in range(count)]
    entries = _book(actor, on, first, numbers, drafts)
    day = on.isoformat()
    insert_rows(
        Reminder,
        [
            (first + n, actor.company_id, sequence + n, numbers[n], each.debtor.id, each.level.n,
             _title(actor, each), _language(actor, each), day, each.pay_by.isoformat(),
             actor.currency, each.open, each.interest, each.costs, each.announced, each.fee,
             entries.get(n))
            for n, each in enumerate(drafts)
        ],
    )  # fmt: skip
    item_id = take_ids(ReminderItem, sum(len(each.items) for each in drafts))
    rows = [
        (actor.company_id, first + n, asked.item.line_id, asked.item.document[:80],
         asked.item.due_on, asked.level, asked.item.open, asked.interest)
        for n, each in enumerate(drafts)
        for asked in each.items
    ]  # fmt: skip
    insert_rows(ReminderItem, [(item_id + n, *row) for n, row in enumerate(rows)])
    if count == 1:
        concerns(f"finance.reminder/{first}")
    publish(RemindersMade(actor.company_id, numbers[0], numbers[-1], count))
    asked, charged = (
        sum(each) for each in zip(*((d.open, d.charged) for d in drafts), strict=True)
    )
    return RemindersSent(count, numbers[0], numbers[-1], asked, charged)


def _language(actor: Actor, draft: Draft) -> str:
    return "nl" if (draft.debtor.language or actor.language) == "nl" else "en"


def _title(actor: Actor, draft: Draft) -> str:
    return str(getattr(draft.level, f"name_{_language(actor, draft)}"))


def _book(
    actor: Actor, on: date, first: int, numbers: Sequence[str], drafts: Sequence[Draft]
) -> dict[int, int]:
    """Post what letters charge; gives the entries by the place of the letter."""
    charging = [n for n, each in enumerate(drafts) if each.charged]
    if not charging:
        return {}
    roles = accounts_by_role(actor.company_id)
    receivables = account_with_role(roles, "receivables")
    journal = journal_of_kind(actor.company_id, "general")
    own = actor.currency
    entries = []
    for n in charging:
        each = drafts[n]
        amounts = [
            (receivables, each.charged, each.debtor.id),
            *(
                (account_with_role(roles, role), -amount, None)
                for role, amount in (
                    ("interest_received", each.interest),
                    ("collection_charges", each.costs + each.fee),
                )
                if amount
            ),
        ]
        lines = [
            ReadyLine(account, amount, own, amount, party, 0, "")
            for account, amount, party in amounts
        ]
        origin = f"finance.reminder/{first + n}"
        number = numbers[n]
        entries.append(ReadyEntry(journal, on.isoformat(), number, number, origin, None, lines))
    due = [drafts[n].pay_by.isoformat() for n in charging]
    written = write_entries(actor, entries, due).keys
    return dict(zip(charging, written, strict=True))
