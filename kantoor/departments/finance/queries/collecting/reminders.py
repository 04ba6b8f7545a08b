"""Reminders: the register, one as it was sent, what would be sent today, and the steps."""

from datetime import date

import msgspec
from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.drafts_invoices import Day
from kantoor.departments.finance.models import (
    Reminder,
    ReminderHold,
    ReminderItem,
    ReminderLevel,
)
from kantoor.departments.finance.queries.collecting.overdue import overdue_items
from kantoor.departments.finance.queries.collecting.reminding import draft_of
from kantoor.departments.finance.queries.entry_numbers import entry_numbers
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.days import today_of
from kantoor.kernel.errors import NotFound
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.queries import query, scoped

READ = "finance.read_receivables"


class ReminderRow(msgspec.Struct, frozen=True, kw_only=True):
    """A reminder; `charged` is what came on top of what was `open`, in minor units."""

    id: int
    number: str
    party: str
    party_name: str
    level: int
    title: str
    date: Day
    pay_by: Day
    open: int
    charged: int


class ReminderCardItem(msgspec.Struct, frozen=True, kw_only=True):
    """What it asks for, as it stood then."""

    document: str
    due_on: Day
    open: int
    interest: int


class ReminderCard(msgspec.Struct, frozen=True, kw_only=True):
    """A reminder with its items; `entry` books what it charges."""

    row: ReminderRow
    language: str
    currency: str
    interest: int
    costs: int
    announced: int
    fee: int
    items: list[ReminderCardItem]
    entry: str


class DueReminder(msgspec.Struct, frozen=True, kw_only=True):
    """A letter that would be made today."""

    party: str
    party_name: str
    level: int
    title: str
    documents: int
    open: int
    charged: int


class HoldRow(msgspec.Struct, frozen=True, kw_only=True):
    """Who is not reminded, or of which invoice, and why."""

    party: str
    party_name: str
    invoice: str
    why: str
    until: date | None


class LevelRow(msgspec.Struct, frozen=True, kw_only=True):
    """A step in asking for payment."""

    n: int
    days: int
    name_en: str
    name_nl: str
    fee: int
    costs: str
    interest: bool


@query(permission=READ, title=_("Reminders"), exposed=True)
def reminders(
    actor: Actor,
    /,
    *,
    party: str = "",
    level: int | None = None,
    start: date | None = None,
    end: date | None = None,
    search: str = "",
    sort: str = "-date",
    cursor: str = "",
    limit: int = PAGE,
) -> Page[ReminderRow]:
    """Reminders that were made, the newest first; `search` is a number or a part of a name."""
    found = scoped(actor, Reminder).select_related("party")
    wanted = {
        "party__code": party or None,
        "level": level,
        "date__gte": start,
        "date__lte": end,
    }
    found = found.filter(**{name: value for name, value in wanted.items() if value is not None})
    if search and "\0" not in search:
        found = found.filter(Q(number__istartswith=search) | Q(party__name__icontains=search))
    page = page_by(
        found,
        order=sorted_by(sort, {"date": ("date",), "number": ("sequence",), "open": ("open",)}),
        cursor=cursor,
        limit=limit,
        totals={"open": Sum("open")},
    )
    return page.map(_row)


def _row(each: Reminder) -> ReminderRow:
    return ReminderRow(
        id=each.pk,
        number=each.number,
        party=each.party.code,
        party_name=each.party.name,
        level=each.level,
        title=each.title,
        date=each.date,
        pay_by=each.pay_by,
        open=each.open,
        charged=each.interest + each.costs + each.fee,
    )


@query(permission=READ, title=_("A reminder"), exposed=True)
def reminder(actor: Actor, /, *, number: str) -> ReminderCard:
    """The reminder with this number; raises NotFound."""
    found = scoped(actor, Reminder).select_related("party").filter(number=number).first()
    if found is None:
        message = _("There is no reminder “{number}”.").format(number=number[:40])
        raise NotFound(message, field="number")
    items = ReminderItem.objects.filter(reminder=found).order_by("pk")
    return ReminderCard(
        row=_row(found),
        language=found.language,
        currency=found.currency,
        interest=found.interest,
        costs=found.costs,
        announced=found.announced,
        fee=found.fee,
        items=[
            ReminderCardItem(
                document=each.document, due_on=each.due_on, open=each.open, interest=each.interest
            )
            for each in items
        ],
        entry=entry_numbers([found.entry_id])[found.entry_id] if found.entry_id else "",
    )


@query(permission=READ, title=_("Reminders to be made"), exposed=True)
def due_reminders(actor: Actor, /, *, on: date | None = None) -> list[DueReminder]:
    """The letters that “Make reminders” would make on a day, the most overdue money first."""
    day = on or today_of(actor)
    levels = {each.n: each for each in _levels(actor)}
    found = []
    for debtor, items in overdue_items(actor.company_id, day).items():
        draft = draft_of(debtor, items, levels, day)
        if draft is not None:
            dutch = (debtor.language or actor.language) == "nl"
            found.append(
                DueReminder(
                    party=debtor.code,
                    party_name=debtor.name,
                    level=draft.level.n,
                    title=draft.level.name_nl if dutch else draft.level.name_en,
                    documents=len(draft.items),
                    open=draft.open,
                    charged=draft.charged,
                )
            )
    return sorted(found, key=lambda each: -each.open)


def _levels(actor: Actor) -> list[ReminderLevel]:
    """The steps as they are set, else the usual ones."""
    known = list(scoped(actor, ReminderLevel).order_by("n"))
    return known or usual_levels(actor.company_id)


def usual_levels(company_id: int) -> list[ReminderLevel]:
    """A friendly word, the letter that the law asks before costs may be claimed, and the last."""
    steps = (
        (7, "Payment reminder", "Betalingsherinnering", "", False),
        (21, "Second reminder", "Aanmaning", "announced", False),
        (40, "Final notice", "Laatste aanmaning", "claimed", True),
    )
    return [
        ReminderLevel(
            company_id=company_id, n=n, days=days, name_en=english, name_nl=dutch,
            costs=costs, interest=interest,
        )
        for n, (days, english, dutch, costs, interest) in enumerate(steps, 1)
    ]  # fmt: skip


@query(permission=READ, title=_("Steps of reminders"), exposed=True)
def reminder_levels(actor: Actor, /) -> list[LevelRow]:
    """The steps in asking for payment, as they are set or else as usual."""
    return [
        LevelRow(
            n=each.n,
            days=each.days,
            name_en=each.name_en,
            name_nl=each.name_nl,
            fee=each.fee,
            costs=each.costs,
            interest=each.interest,
        )
        for each in _levels(actor)
    ]


@query(permission=READ, title=_("Held from reminders"), exposed=True)
def reminder_holds(actor: Actor, /) -> list[HoldRow]:
    """Customers and invoices that are not reminded, and why."""
    found = scoped(actor, ReminderHold).filter(ended=False).select_related("party", "invoice")
    return [
        HoldRow(
            party=each.party.code,
            party_name=each.party.name,
            invoice=each.invoice.number if each.invoice else "",
            why=each.why,
            until=each.until,
        )
        for each in found.order_by("party__name", "pk")
    ]
