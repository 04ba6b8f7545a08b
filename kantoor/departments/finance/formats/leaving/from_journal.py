"""A plain-text journal as an administration."""

from collections.abc import Iterator
from decimal import Decimal

from kantoor.departments.finance.formats.administration import (
    Administration,
    SourceAccount,
    SourceEntry,
    SourceLine,
    Trouble,
)
from kantoor.departments.finance.formats.journals.beancount import read_beancount
from kantoor.departments.finance.formats.journals.ledgerlike import read_ledgerlike
from kantoor.departments.finance.formats.journals.values import Book, Entry, Posting
from kantoor.departments.finance.formats.leaving.mapping import Mapping

KINDS = {
    "A": "asset", "C": "asset", "L": "liability", "E": "equity", "V": "equity",
    "R": "income", "X": "expense",
}  # fmt: skip


def read_journal(content: bytes, dialect: str, mapping: Mapping) -> Administration:
    """The journal of ledger, hledger or Beancount; what is wrong stands among its troubles."""
    if dialect == "beancount":
        book = read_beancount(content)
    else:
        book = read_ledgerlike(content, dialect, mapping.default_year)
    found = Administration(dialect, entries=lambda: _entries(book), currency=mapping.currency)
    names = {*book.accounts, *(posting.account for posting in book.postings())}
    for name in sorted(names):
        if kind := _kind(book, name):
            found.accounts[name] = SourceAccount(name, "", kind)
    for problem in book.problems:
        found.troubles.append(Trouble(problem.code, problem.message, problem.line, problem.grave))
    return found


def _kind(book: Book, name: str) -> str:
    """The kind that was declared of an account, or of the nearest one above it."""
    while name:
        declared = book.accounts.get(name)
        if declared is not None and declared.kind in KINDS:
            return KINDS[declared.kind]
        name = name.rpartition(":")[0]
    return ""


def _entries(book: Book) -> Iterator[SourceEntry]:
    for entry in book.entries:
        lines = [_line(posting, entry) for posting in entry.postings if posting.amount]
        yield SourceEntry(
            entry.date,
            " ".join(part for part in (entry.payee, entry.text) if part),
            entry.line,
            lines,
            reference=entry.reference,
        )


def _line(posting: Posting, entry: Entry) -> SourceLine:
    assert posting.amount is not None
    cost: Decimal | None = None
    other = ""
    if posting.cost is not None and posting.cost.commodity != posting.amount.commodity:
        cost, other = posting.cost.quantity, posting.cost.commodity
    return SourceLine(
        account=posting.account,
        quantity=posting.amount.quantity,
        commodity=posting.amount.commodity,
        cost=cost,
        cost_commodity=other,
        text=posting.text,
        line=posting.line or entry.line,
        alone=posting.virtual == "unbalanced",
    )
