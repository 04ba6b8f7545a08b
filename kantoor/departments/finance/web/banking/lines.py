"""Statement lines as pages: the register, and the card of one."""

from urllib.parse import quote, urlencode

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.queries.banking.accounts import bank_accounts
from kantoor.departments.finance.queries.banking.lines import (
    LineCard,
    StatementLineRow,
    statement_line,
    statement_lines,
)
from kantoor.departments.finance.reference.ibans import shown
from kantoor.departments.finance.web.figures import entry_url
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.money import exponent
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.bulk import Bulk
from kantoor.kernel.pages.columns import Col, States
from kantoor.kernel.pages.list_view import Empty, ListView, Tab
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.ui.cells import Cell, Link, Money, Status
from kantoor.kernel.ui.listing import Act
from kantoor.kernel.ui.record_page import Fact, Related, Relation

STATES: States = {
    "to_book": (_("To book"), "wait"),
    "booked": (_("Booked"), "good"),
}
HOW = {"exact": _("Exact match"), "rule": _("By a rule"), "hand": _("By hand")}
RECONCILE = "/finance/reconcile"


def line_url(key: int) -> str:
    """The page of a line."""
    return f"/finance/bank-lines/{key}"


def reconcile_url(key: int = 0, account: str = "") -> str:
    """The work page, at a line."""
    pairs = [("account", account), ("line", str(key or ""))]
    given = [(name, value) for name, value in pairs if value]
    return f"{RECONCILE}?{urlencode(given)}" if given else RECONCILE


def amount_of(row: StatementLineRow) -> Money:
    """The amount of a line, which names its currency."""
    return Money(row.amount, exponent(row.currency), row.currency)


def title_of(row: StatementLineRow) -> str:
    """Who a line is with, else the first words of what the bank wrote."""
    return row.name or row.text[:60] or gettext("Without a description")


def accounts_by_code(actor: Actor) -> dict[str, str]:
    """The bank accounts by code."""
    return {each.code: f"{each.code} {each.name}" for each in bank_accounts(actor)}


BANK_LINES = ListView(
    key="finance.bank_lines",
    title=_("Bank lines"),
    query=statement_lines,
    columns=[
        Col(key="date", title=_("Date"), kind="date", sort=True, phone="meta"),
        Col(
            key="name",
            title=_("Counterparty"),
            value=lambda row: row.name or None,
            sort=True,
            phone="title",
        ),
        Col(key="text", title=_("Description"), phone="meta"),
        Col(key="iban", title=_("IBAN"), value=lambda row: shown(row.iban) or None, default=False),
        Col(key="bank_account", title=_("Bank account"), default=False),
        Col(key="reference", title=_("Reference"), default=False),
        Col(key="state", title=_("State"), kind="status", states=STATES),
        Col(key="how", title=_("How"), value=lambda row: HOW.get(row.how), default=False),
        Col(
            key="entry",
            title=_("Entry"),
            kind="link",
            value=lambda row: Link(row.entry, entry_url(row.entry)) if row.entry else None,
        ),
        Col(
            key="amount",
            title=_("Amount"),
            kind="money",
            currency="currency",
            sort=True,
            sum=True,
            phone="figure",
        ),
    ],
    narrows=[
        Narrow(key="state", title=_("State"), choices={k: w for k, (w, _t) in STATES.items()}),
        Narrow(key="bank_account", title=_("Bank account"), choices=accounts_by_code),
        Narrow(key="how", title=_("How"), choices=HOW),
        Narrow(key="date", title=_("Date"), kind="date_range", to=("start", "end")),
        Narrow(key="amount", title=_("Amount"), kind="amount_range", to=("least", "most")),
    ],
    tabs=[
        Tab(_("All")),
        Tab(_("To book"), {"state": "to_book"}),
        Tab(_("Booked"), {"state": "booked"}),
    ],
    sort="-date",
    row_key="line",
    row_url=lambda row: line_url(row.line),
    bulk=[Bulk(action="finance.undo_bookings", parameter="lines", icon="arrow-back-up")],
    main=lambda actor: (
        Act(gettext("Reconcile"), RECONCILE, icon="arrows-join", key="r")
        if actor.may("finance.reconcile")
        else None
    ),
    search_hint=_("Name, description or reference"),
    empty=Empty(
        _("No lines here"),
        _("Take in a bank statement; its lines stand here until they are booked."),
        icon="building-bank",
    ),
)


def facts_of(card: LineCard, *, headed: bool = False) -> list[Fact]:
    """All that the bank said of a line; `headed` leaves out what stands above it already."""
    row = card.row
    found: list[tuple[str, Cell]] = [
        (gettext("Amount"), None if headed else amount_of(row)),
        (gettext("Date"), row.date),
        (gettext("Value date"), row.valued_on if row.valued_on != row.date else None),
        (gettext("Counterparty"), "" if headed else row.name),
        (gettext("IBAN"), shown(row.iban)),
        (gettext("Description"), row.text),
        (gettext("Payment reference"), card.creditor_reference),
        (gettext("End-to-end reference"), row.end_to_end),
        (gettext("Mandate"), card.mandate),
        (gettext("Sent back"), row.returned),
        (gettext("In another currency"), card.original),
        (gettext("The bank's reference"), row.reference),
        (gettext("Kind"), card.kind),
        (gettext("Bank account"), row.bank_account),
    ]
    return [Fact(label, value) for label, value in found if value]


def show(actor: Actor, card: LineCard) -> Thing:
    """One line, with how it is booked or the way to book it."""
    row = card.row
    word, tone = STATES[row.state]
    relations = []
    if row.entry:
        booked = Related(Link(row.entry, entry_url(row.entry)), str(HOW.get(row.how, "")))
        relations.append(Relation(gettext("Booked as"), [booked]))
    undo = act_for(
        actor,
        "finance.undo_booking",
        label=_("Undo the booking"),
        icon="arrow-back-up",
        line=row.line,
        back=line_url(row.line),
    )
    to_book = Act(gettext("Reconcile"), reconcile_url(row.line), icon="arrows-join", key="r")
    steps: list[Act | None] = [undo]
    if row.state == "to_book":
        steps = [to_book if actor.may("finance.reconcile") else None]
    return Thing(
        title=title_of(row),
        row=row.line,
        state=Status(row.state, str(word), tone),
        facts=facts_of(card),
        relations=relations,
        steps=steps,
        breadcrumb=[Link(gettext("Bank lines"), BANK_LINES.url)],
    )


BANK_LINE = RecordView(
    key="finance.bank_lines",
    title=_("Bank line"),
    kind="finance.statement_line",
    path="<int:line>",
    find=statement_line,
    show=show,
)


def lines_url(**given: str) -> str:
    """The register with these filters."""
    pairs = {name: value for name, value in given.items() if value}
    return f"{BANK_LINES.url}?{urlencode(pairs, quote_via=quote)}" if pairs else BANK_LINES.url
