"""The ledger as an hledger journal (hledger.org/1.25/hledger.html#journal-format).

Postings are in the company's currency, as the books are kept; what a document said in another
currency stands in a comment.
"""

import re
from collections.abc import Iterator

from kantoor.departments.finance.exports.account_names import account_names
from kantoor.departments.finance.exports.amounts import decimal_text
from kantoor.departments.finance.exports.reading import ExportedEntry, ExportedLine, Ledger

TYPES = {"asset": "A", "liability": "L", "equity": "E", "income": "R", "expense": "X"}


def hledger(ledger: Ledger) -> Iterator[str]:
    """Lines of text, each with its end."""
    names = account_names(ledger.accounts)
    yield f"; {_plain(ledger.company)}\n"
    # The point is what hledger wants to see once, so that it reads amounts without guessing.
    yield f"commodity {decimal_text(100_000, ledger.currency)}{_point(ledger)} {ledger.currency}\n\n"
    for account in ledger.accounts:
        yield f"account {names[account.code]}  ; type: {TYPES[account.kind]}\n"
        yield f"  ; {_plain(account.code)} {_plain(account.name)}\n"
    for entry in ledger.entries:
        yield from _transaction(entry, names, ledger.currency)


def _point(ledger: Ledger) -> str:
    return "" if "." in decimal_text(0, ledger.currency) else "."


def _transaction(entry: ExportedEntry, names: dict[str, str], currency: str) -> Iterator[str]:
    payee = next((line.party_name for line in entry.lines if line.party_name), "")
    about = f"{_plain(payee)} | {_plain(entry.text)}" if payee else _plain(entry.text)
    yield f"\n{entry.date} * ({entry.number}) {about}\n"
    for name in ("reference", "origin", "reverses"):
        if value := getattr(entry, name):
            yield f"    ; {name}: {_tag(value)}\n"
    for line in entry.lines:
        yield f"    {names[line.account]}  {decimal_text(line.amount, currency)} {currency}\n"
        yield from _comments(line, currency)


def _comments(line: ExportedLine, currency: str) -> Iterator[str]:
    for name, value in {"text": line.text, "party": line.party, **line.dimensions}.items():
        if value:
            yield f"    ; {name}: {_tag(value)}\n"
    if line.currency != currency:
        amount = decimal_text(line.currency_amount, line.currency)
        yield f"    ; currency_amount: {amount} {line.currency}\n"


def _plain(text: str) -> str:
    """Text of a description, which ends at its line or at a semicolon; `|` ends the payee."""
    return re.sub(r"[\x00-\x1f\x7f]+", " ", text).replace(";", ",").replace("|", "/").strip()


def _tag(text: str) -> str:
    """Text of a tag, which ends at its line or at a comma."""
    return re.sub(r"[\x00-\x1f\x7f]+", " ", text).replace(",", " ").strip()
