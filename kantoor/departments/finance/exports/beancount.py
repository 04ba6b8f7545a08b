"""The ledger in the language of Beancount 3 (beancount.github.io/docs/beancount_language_syntax).

Postings are in the company's currency, as the books are kept, so that every balance equals the
trial balance; what a document said in another currency stands beside as metadata.
"""

import re
from collections.abc import Iterator

from kantoor.departments.finance.exports.account_names import account_names
from kantoor.departments.finance.exports.amounts import decimal_text
from kantoor.departments.finance.exports.reading import ExportedEntry, ExportedLine, Ledger


def beancount(ledger: Ledger) -> Iterator[str]:
    """Lines of text, each with its end."""
    names = account_names(ledger.accounts)
    first = ledger.first_date
    yield f'option "title" {_quoted(ledger.company)}\n'
    yield f'option "operating_currency" "{ledger.currency}"\n\n'
    yield f"{first} commodity {ledger.currency}\n\n"
    for account in ledger.accounts:
        yield f"{first} open {names[account.code]} {ledger.currency}\n"
        yield f"  code: {_quoted(account.code)}\n"
        yield f"  name: {_quoted(account.name)}\n"
    for entry in ledger.entries:
        yield from _transaction(entry, names, ledger.currency)


def _transaction(entry: ExportedEntry, names: dict[str, str], currency: str) -> Iterator[str]:
    payee = next((line.party_name for line in entry.lines if line.party_name), "")
    yield f"\n{entry.date} * {_quoted(payee)} {_quoted(entry.text)}\n"
    yield f"  entry: {_quoted(entry.number)}\n"
    for name in ("journal", "reference", "origin", "reverses"):
        if value := getattr(entry, name):
            yield f"  {name}: {_quoted(value)}\n"
    for line in entry.lines:
        yield f"  {names[line.account]}  {decimal_text(line.amount, currency)} {currency}\n"
        yield from _metadata(line, currency)


def _metadata(line: ExportedLine, currency: str) -> Iterator[str]:
    said = {"text": line.text, "party": line.party, **line.dimensions}
    for name, value in said.items():
        if value:
            yield f"    {name.replace('_', '-')}: {_quoted(value)}\n"
    if line.currency != currency:
        amount = decimal_text(line.currency_amount, line.currency)
        yield f"    currency-amount: {amount} {line.currency}\n"


def _quoted(text: str) -> str:
    plain = re.sub(r"[\x00-\x1f\x7f]+", " ", text)
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'
