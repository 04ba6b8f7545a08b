"""The general ledger: where every figure of a report leads, and every line leads to its entry."""

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.queries.ledger_list import LedgerRow, ledger_list
from kantoor.departments.finance.reference import layout
from kantoor.departments.finance.web.figures import account_url, entry_url
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.parties import party_url
from kantoor.kernel.ui.cells import Link, Party


def groups(actor: Actor) -> dict[str, str]:
    """The groups of the statements, in the reader's language."""
    return {each.code: each.name.in_language(actor.language) for each in layout.groups()}


def _account(row: LedgerRow) -> Link:
    return Link(f"{row.account} {row.account_name}", account_url(row.account))


def _entry(row: LedgerRow) -> Link | None:
    return Link(row.line.entry, entry_url(row.line.entry)) if row.line else None


def _party(row: LedgerRow) -> Party | None:
    if row.line is None or not row.line.party:
        return None
    return Party(row.line.party_name or row.line.party, party_url(row.line.party))


def _labels(row: LedgerRow) -> str:
    values = row.line.dimensions if row.line else {}
    return ", ".join(f"{code} {value}" for code, value in values.items())


GENERAL_LEDGER = ListView(
    key="finance.general_ledger",
    title=_("General ledger"),
    query=ledger_list,
    columns=[
        Col(key="account", title=_("Account"), kind="link", value=_account, phone="meta"),
        Col(key="date", title=_("Date"), kind="date", value="line.date", phone="meta"),
        Col(key="entry", title=_("Entry"), kind="link", value=_entry, phone="meta"),
        Col(key="text", title=_("Description"), phone="title"),
        Col(key="party", title=_("Relation"), kind="party", value=_party, default=False),
        Col(key="reference", title=_("Reference"), value="line.reference"),
        Col(key="counter", title=_("Counter account"), value="line.counter", default=False),
        Col(key="labels", title=_("Dimensions"), value=_labels, default=False),
        Col(
            key="debit",
            title=_("Debit"),
            kind="money",
            value=lambda row: (row.line.debit or None) if row.line else None,
            sum="debit",
        ),
        Col(
            key="credit",
            title=_("Credit"),
            kind="money",
            value=lambda row: (row.line.credit or None) if row.line else None,
            sum="credit",
        ),
        Col(key="balance", title=_("Balance"), kind="money", sum=True, phone="figure"),
    ],
    narrows=[
        Narrow(key="date", title=_("Period"), kind="date_range", to=("start", "end")),
        Narrow(key="account", title=_("Account"), kind="text", hint=_("The code, such as 1300.")),
        Narrow(key="group", title=_("Group"), choices=groups),
        Narrow(
            key="statement",
            title=_("Statement"),
            choices={
                "balance_sheet": _("Balance sheet"),
                "profit_and_loss": _("Profit and loss account"),
            },
        ),
        Narrow(
            key="dimension",
            title=_("Dimension"),
            kind="text",
            hint=_("Its code and value, such as cost_centre=100."),
        ),
        Narrow(key="closing", title=_("Closing entries"), kind="boolean"),
    ],
    row_url=lambda row: entry_url(row.line.entry) if row.line else account_url(row.account),
    muted=lambda row: row.line is None,
    empty=Empty(_("No lines"), _("Nothing was posted here in this period."), icon="book"),
)
