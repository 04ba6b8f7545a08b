"""Reminders as pages: what would be sent, what was sent, one letter, the steps and the holds."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.models import Reminder
from kantoor.departments.finance.queries.collecting.reminders import (
    ReminderCard,
    due_reminders,
    reminder,
    reminder_holds,
    reminder_levels,
    reminders,
)
from kantoor.departments.finance.web.figures import entry_url, invoice_url, money
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.bulk import Bulk
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.parties import party_url
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.pages.references import page_of
from kantoor.kernel.queries import scoped
from kantoor.kernel.ui.cells import Cell, Link, Party, Status
from kantoor.kernel.ui.listing import Act, Column, Row
from kantoor.kernel.ui.record_page import Document, Fact, Related, Relation, Total

COSTS = {"": "", "announced": _("Announced"), "claimed": _("Claimed")}


def reminder_url(number: str) -> str:
    """The page of a reminder."""
    return f"/finance/reminders/{number}"


TO_REMIND = ListView(
    key="finance.to_remind",
    title=_("To remind"),
    query=due_reminders,
    columns=[
        Col(
            key="party",
            title=_("Customer"),
            kind="party",
            value="party_name",
            url=lambda row: party_url(row.party),
            phone="title",
        ),
        Col(key="title", title=_("Letter"), phone="meta"),
        Col(key="documents", title=_("Documents"), kind="number"),
        Col(key="charged", title=_("Charged on top"), kind="money", value=lambda r: r.charged or None),
        Col(key="open", title=_("Overdue"), kind="money", phone="figure"),
    ],
    row_key="party",
    bulk=[Bulk(action="finance.make_reminders", parameter="parties", icon="mail")],
    main=lambda actor: act_for(
        actor, "finance.make_reminders", label=_("Make all letters"), key="n", icon="mail"
    ),
    more=lambda actor: [act_for(actor, "finance.hold_reminders", icon="hand-stop")],
    empty=Empty(
        _("Nobody needs a reminder"),
        _("Who is overdue long enough for a next letter stands here."),
        icon="check",
    ),
)  # fmt: skip
REMINDERS = ListView(
    key="finance.reminders",
    title=_("Reminders"),
    query=reminders,
    columns=[
        Col(key="number", title=_("Number"), sort=True, phone="meta"),
        Col(
            key="party",
            title=_("Customer"),
            kind="party",
            value="party_name",
            url=lambda row: party_url(row.party),
            phone="title",
        ),
        Col(key="title", title=_("Letter")),
        Col(key="date", title=_("Date"), kind="date", sort=True, phone="meta"),
        Col(key="pay_by", title=_("Pay by"), kind="date"),
        Col(key="charged", title=_("Charged on top"), kind="money", value=lambda r: r.charged or None),
        Col(key="open", title=_("Open then"), kind="money", sort=True, sum=True, phone="figure"),
    ],
    narrows=[
        Narrow(key="date", title=_("Date"), kind="date_range", to=("start", "end")),
        Narrow(key="party", title=_("Customer"), kind="text", hint=_("The code of the customer.")),
    ],
    sort="-date",
    row_url=lambda row: reminder_url(row.number),
    more=lambda actor: [
        Act(gettext("To remind"), TO_REMIND.url, icon="mail"),
        Act(gettext("Held"), "/finance/reminder-holds", icon="hand-stop"),
        Act(gettext("Steps"), "/finance/reminder-levels", icon="stairs"),
    ],
    search_hint=_("Number or customer"),
    empty=Empty(
        _("No reminders yet"),
        _("They are made from what is overdue, step by step."),
        icon="mail",
        act=lambda actor: Act(gettext("To remind"), TO_REMIND.url, icon="mail"),
    ),
)  # fmt: skip
HOLDS = ListView(
    key="finance.reminder_holds",
    title=_("Held from reminders"),
    query=reminder_holds,
    columns=[
        Col(
            key="party",
            title=_("Customer"),
            kind="party",
            value="party_name",
            url=lambda row: party_url(row.party),
            phone="title",
        ),
        Col(
            key="invoice",
            title=_("Invoice"),
            kind="link",
            url=lambda row: invoice_url(row.invoice) if row.invoice else "",
        ),
        Col(key="why", title=_("Why"), phone="meta"),
        Col(key="until", title=_("Until"), kind="date"),
    ],
    in_menu=False,
    new="finance.hold_reminders",
    more=lambda actor: [act_for(actor, "finance.release_reminders", icon="player-play")],
    empty=Empty(
        _("Nobody is held"),
        _("Hold a customer or one invoice while you sort something out with them."),
        icon="hand-stop",
    ),
)
LEVELS = ListView(
    key="finance.reminder_levels",
    title=_("Steps of reminders"),
    query=reminder_levels,
    columns=[
        Col(key="n", title=_("Step"), kind="number"),
        Col(key="days", title=_("Days after due"), kind="number", phone="meta"),
        Col(key="name_nl", title=_("Name in Dutch"), phone="title"),
        Col(key="name_en", title=_("Name in English")),
        Col(key="fee", title=_("Fee"), kind="money", value=lambda row: row.fee or None),
        Col(key="costs", title=_("Costs of collection"), value=lambda row: COSTS[row.costs]),
        Col(
            key="interest",
            title=_("Interest"),
            value=lambda row: gettext("Statutory") if row.interest else "",
        ),
    ],
    in_menu=False,
    new="finance.set_reminder_levels",
    new_label=_("Change the steps"),
)


def _show(actor: Actor, card: ReminderCard) -> Thing:
    row = card.row
    facts: list[tuple[str, Cell]] = [
        (gettext("Customer"), Party(row.party_name, party_url(row.party), row.party)),
        (gettext("Letter"), row.title),
        (gettext("Date"), row.date),
        (gettext("Pay by"), row.pay_by),
    ]
    found: list[Relation] = []
    if card.entry and actor.may("finance.read_ledger"):
        booked = Related(Link(card.entry, entry_url(card.entry)))
        found.append(Relation(gettext("Booked as"), [booked]))
    note = ""
    if card.announced:
        note = gettext("It announces costs; they are claimed in the next letter.")
    return Thing(
        title=row.number,
        row=row.id,
        state=Status("sent", row.title, "info"),
        note=note,
        facts=[Fact(label, value) for label, value in facts if value],
        document=_paper(actor, card),
        relations=found,
        main_action=Act(
            gettext("PDF"), f"{reminder_url(row.number)}/pdf", icon="file-type-pdf", key="p"
        ),
        steps=[
            act_for(
                actor, "finance.hold_reminders", icon="hand-stop", party=row.party,
                back=reminder_url(row.number),
            )
        ],
        breadcrumb=[Link(gettext("Reminders"), REMINDERS.url)],
    )  # fmt: skip


def _paper(actor: Actor, card: ReminderCard) -> Document:
    totals = [Total(gettext("Open"), money(actor, card.row.open))]
    totals += [
        Total(label, money(actor, amount))
        for label, amount in (
            (gettext("Statutory interest"), card.interest),
            (gettext("Costs of collection"), card.costs),
            (gettext("Reminder fee"), card.fee),
        )
        if amount
    ]
    whole = card.row.open + card.row.charged
    totals.append(Total(gettext("To be paid"), money(actor, whole), strong=True))
    return Document(
        columns=[
            Column("document", gettext("Document"), phone="title"),
            Column("due_on", gettext("Due"), "date", phone="meta"),
            Column("interest", gettext("Interest"), "money"),
            Column("open", gettext("Open"), "money", currency=card.currency, phone="figure"),
        ],
        lines=[
            Row(
                str(n),
                {
                    "document": each.document,
                    "due_on": each.due_on,
                    "interest": money(actor, each.interest) if each.interest else None,
                    "open": money(actor, each.open),
                },
            )
            for n, each in enumerate(card.items)
        ],
        totals=totals,
    )


REMINDER = RecordView(
    key="finance.reminders",
    title=_("Reminder"),
    kind="finance.reminder",
    path="<str:number>",
    find=reminder,
    show=_show,
)


@page_of("finance.reminder", title=_("Reminder"))
def reminder_pages(actor: Actor, keys: Sequence[str]) -> Mapping[str, Link]:
    """The pages of reminders by their keys."""
    if not actor.may("finance.read_receivables"):
        return {}
    found = scoped(actor, Reminder).filter(pk__in=[key for key in keys if key.isdecimal()])
    named = found.values_list("pk", "number")
    return {str(key): Link(number, reminder_url(number)) for key, number in named}
