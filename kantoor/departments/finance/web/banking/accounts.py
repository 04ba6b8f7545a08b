"""Bank accounts as a register: the bank's balance beside the ledger's."""

from urllib.parse import quote

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.queries.banking.accounts import BankAccountRow, bank_accounts
from kantoor.departments.finance.reference.ibans import shown
from kantoor.departments.finance.web.figures import account_url
from kantoor.kernel.money import exponent
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView, Tab
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.words import name_field
from kantoor.kernel.ui.cells import Money


def bank_account_url(code: str) -> str:
    """The page of a bank account."""
    return f"/finance/bank-accounts/{quote(code)}"


def _money(row: BankAccountRow, minor: int | None) -> Money | None:
    return None if minor is None else Money(minor, exponent(row.currency), row.currency)


BANK_ACCOUNTS = ListView(
    key="finance.bank_accounts",
    title=_("Bank accounts"),
    query=bank_accounts,
    columns=[
        Col(key="code", title=_("Code"), phone="meta"),
        Col(key="name", title=_("Name"), phone="title"),
        Col(
            key="iban",
            title=_("IBAN"),
            value=lambda row: shown(row.iban) if row.iban else row.number,
            phone="meta",
        ),
        Col(
            key="account",
            title=_("Ledger account"),
            kind="link",
            url=lambda row: account_url(row.account),
        ),
        Col(key="journal", title=_("Journal"), default=False),
        Col(key="statement_on", title=_("Last statement"), kind="date"),
        Col(
            key="said",
            title=_("Balance at the bank"),
            align="end",
            value=lambda row: _money(row, row.said),
            phone="figure",
        ),
        Col(
            key="booked",
            title=_("Balance in the ledger"),
            align="end",
            value=lambda row: _money(row, row.booked),
        ),
        Col(key="lines", title=_("To book"), kind="number", value=lambda row: row.lines or None),
    ],
    narrows=[Narrow(key="retired", title=_("Retired"), kind="boolean")],
    tabs=[Tab(_("In use")), Tab(_("Retired too"), {"retired": "1"})],
    row_key="code",
    row_url=lambda row: bank_account_url(row.code),
    muted=lambda row: not row.active,
    new="finance.add_bank_account",
    empty=Empty(
        _("No bank accounts yet"),
        _("Add the company's own accounts; then their statements can be taken in."),
        icon="building-bank",
    ),
)

name_field("iban", _("IBAN"))
name_field("bic", _("BIC"), _("Empty is looked up from the IBAN."))
name_field("journal", _("Journal"))
name_field("finance.add_bank_account:code", _("Code"), _("Short, in capitals; empty is chosen."))
name_field(
    "finance.add_bank_account:account",
    _("Ledger account"),
    _("Empty is the bank's account for the first, and a new one for any other."),
)
name_field(
    "finance.add_bank_account:journal", _("Journal"), _("Empty is a bank journal of its own.")
)
name_field("finance.add_bank_account:number", _("Number"), _("Where there is no IBAN."))
