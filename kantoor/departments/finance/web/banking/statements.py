"""Statements as pages: the register, and the bank book of an account."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.banking.accounts import bank_account
from kantoor.departments.finance.queries.banking.statements import (
    BankBook,
    BankStatementRow,
    bank_book,
    bank_statements,
)
from kantoor.departments.finance.web.banking.accounts import BANK_ACCOUNTS
from kantoor.departments.finance.web.banking.lines import accounts_by_code, lines_url, reconcile_url
from kantoor.departments.finance.web.figures import LEDGER
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.money import exponent
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView, Tab
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.ui.cells import Cell, Link, Money, Status
from kantoor.kernel.ui.formats import day, number
from kantoor.kernel.ui.listing import Act, Column, Row
from kantoor.kernel.ui.record_page import Document, Fact, Total

HAND_IN = "/finance/bank-hand-in"


def hand_in_act(actor: Actor) -> Act | None:
    """The button that takes in a statement."""
    if not actor.may("finance.import_statement"):
        return None
    return Act(gettext("Take in a statement"), HAND_IN, icon="upload", key="n")


def _balance(row: BankStatementRow, minor: int) -> Money:
    return Money(minor, exponent(row.currency), row.currency)


BANK_STATEMENTS = ListView(
    key="finance.bank_statements",
    title=_("Bank statements"),
    query=bank_statements,
    columns=[
        Col(key="closed_on", title=_("Date"), kind="date", sort=True, phone="meta"),
        Col(key="bank_account", title=_("Bank account"), phone="meta"),
        Col(key="number", title=_("Number"), phone="title"),
        Col(key="form", title=_("Form"), default=False),
        Col(
            key="opening",
            title=_("Opening balance"),
            align="end",
            value=lambda row: _balance(row, row.opening),
        ),
        Col(
            key="closing",
            title=_("Closing balance"),
            align="end",
            value=lambda row: _balance(row, row.closing),
            phone="figure",
        ),
        Col(key="lines", title=_("Lines"), kind="number"),
        Col(
            key="to_book", title=_("To book"), kind="number", value=lambda row: row.to_book or None
        ),
        Col(key="warning", title=_("Warning"), value=lambda row: row.warning or None),
        Col(key="file", title=_("File"), default=False),
    ],
    narrows=[
        Narrow(key="bank_account", title=_("Bank account"), choices=accounts_by_code),
        Narrow(key="date", title=_("Date"), kind="date_range", to=("start", "end")),
        Narrow(key="warned", title=_("With a warning"), kind="boolean"),
    ],
    tabs=[Tab(_("All")), Tab(_("With a warning"), {"warned": "1"})],
    sort="-closed_on",
    row_url=lambda row: lines_url(statement=str(row.statement)),
    main=hand_in_act,
    empty=Empty(
        _("No statements yet"),
        _("Take in what your bank gives: CAMT.053, MT940, OFX or CSV."),
        icon="building-bank",
    ),
)


def show(actor: Actor, book: BankBook) -> Thing:
    """The bank's balance beside the ledger's, and what lies between them, line by line."""
    equal = book.said == book.booked
    state = Status("same", gettext("Bank and ledger agree"), "good")
    if not equal:
        state = Status("differs", gettext("Bank and ledger differ"), "wait")
    if book.unexplained:
        state = Status("unexplained", gettext("A difference is unexplained"), "bad")
    if book.statement_on is None:
        state = Status("none", gettext("No statement yet"), "quiet")
    to_book = Act(
        gettext("Reconcile"), reconcile_url(account=book.bank_account), icon="arrows-join", key="r"
    )
    steps = [
        to_book if book.to_book_lines and actor.may("finance.reconcile") else None,
        hand_in_act(actor),
        act_for(actor, "finance.rename_bank_account", icon="pencil", code=book.bank_account),
        act_for(actor, "finance.retire_bank_account", icon="archive", code=book.bank_account),
    ]
    account = bank_account(actor, book.bank_account)
    return Thing(
        title=f"{book.bank_account} {book.name}",
        row=account.pk,
        state=state,
        facts=_facts(book, account.account.code),
        document=_document(book, account.account.code),
        steps=steps,
        breadcrumb=[Link(gettext("Bank accounts"), BANK_ACCOUNTS.url)],
    )


def _facts(book: BankBook, ledger: str) -> list[Fact]:
    found: list[tuple[str, Cell]] = [
        (gettext("As of"), book.on),
        (gettext("Last statement"), book.statement_on),
        (gettext("Ledger account"), Link(ledger, f"/finance/accounts/{ledger}")),
        (gettext("Currency"), book.currency),
    ]
    return [Fact(label, value) for label, value in found if value]


def _document(book: BankBook, ledger: str) -> Document:
    """From the ledger's balance to the bank's, each step opening what it is made of."""
    places = exponent(book.currency)
    ledger_url = f"{LEDGER}?account={ledger}&date_to={book.on}"
    to_book = lines_url(bank_account=book.bank_account, state="to_book", date_to=str(book.on))

    def row(key: str, words: str, minor: int, url: str = "") -> Row:
        return Row(key, {"what": words, "amount": Money(minor, places, url=url)}, url)

    words = gettext("%(n)s lines of statements that are not booked yet")
    elsewhere = gettext("%(n)s lines of the ledger without a statement line")
    rows = [
        row("booked", gettext("Balance in the ledger"), book.booked, ledger_url),
        row("to_book", words % {"n": number(book.to_book_lines)}, book.to_book, to_book),
        row("before", gettext("On the account before its first statement"), book.before),
    ]
    if book.elsewhere_lines:
        words = elsewhere % {"n": number(book.elsewhere_lines)}
        rows.insert(2, row("elsewhere", words, -book.elsewhere, ledger_url))
    if book.unexplained:
        unexplained = gettext("Unexplained: a statement came in with a warning")
        rows.append(row("unexplained", unexplained, book.unexplained))
    total = gettext("Balance by the bank on %(day)s") % {"day": day(book.on)}
    return Document(
        columns=[
            Column("what", gettext("From the ledger to the bank"), phone="title"),
            Column("amount", gettext("Amount"), "money", currency=book.currency, phone="figure"),
        ],
        lines=rows if book.statement_on else rows[:1],
        totals=[Total(total, Money(book.said, places, book.currency), strong=True)]
        if book.statement_on
        else [],
    )


BANK_BOOK = RecordView(
    key="finance.bank_accounts",
    title=_("Bank book"),
    kind="finance.bank_account",
    path="<str:bank_account>",
    find=bank_book,
    show=show,
)
