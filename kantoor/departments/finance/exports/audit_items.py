"""Sub-ledgers of an audit file: parties with their balances, open items, and what was posted."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.dates import DAY
from kantoor.departments.finance.exports.audit_span import AuditSpan
from kantoor.departments.finance.formats.audit.values import (
    BankAccount,
    Control,
    Item,
    Party,
    Subledger,
    Totals,
)
from kantoor.departments.finance.queries.accounts import in_words
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.store.lookup import fetch
from kantoor.kernel.store.stream import stream

KINDS = (("CU", "receivables", _("Receivables")), ("SU", "payables", _("Payables")))
# Entries of opening journals on the first day are the opening balance.
_BEFORE = "(line.date < %s OR (line.date = %s AND journal.kind = 'opening'))"
_MOVED = ", ".join(
    f"SUM(CASE WHEN account.role = '{role}' AND {_BEFORE} THEN line.amount ELSE 0 END) AS {role}_at,"
    f" SUM(CASE WHEN account.role = '{role}' THEN line.amount ELSE 0 END) AS {role}_then,"
    f" MAX(CASE WHEN account.role = '{role}' THEN 1 ELSE 0 END) AS {role}_used"
    for role in ("receivables", "payables")
)
_PARTIES = (
    "SELECT party.code, party.name, party.email, party.registration, party.country,"  # noqa: S608
    " party.vat_number, party.street, party.postcode, party.city, bank.iban, bank.bic,"
    " receivables_at, receivables_then, receivables_used,"
    " payables_at, payables_then, payables_used, said.within,"
    " (SELECT COUNT(*) FROM kernel_party_role r WHERE r.party_id = party.id"
    " AND r.role = 'customer'),"
    " (SELECT COUNT(*) FROM kernel_party_role r WHERE r.party_id = party.id"
    " AND r.role = 'supplier')"
    f" FROM (SELECT line.party_id AS party_id, {_MOVED},"
    " MAX(CASE WHEN line.date >= %s THEN 1 ELSE 0 END) AS within"
    " FROM kernel_party named JOIN finance_line line ON line.party_id = named.id"
    " JOIN finance_account account ON account.id = line.account_id"
    " JOIN finance_entry entry ON entry.id = line.entry_id"
    " JOIN finance_journal journal ON journal.id = entry.journal_id"
    " WHERE named.company_id = %s AND line.date <= %s GROUP BY line.party_id) said"
    " JOIN kernel_party party ON party.id = said.party_id"
    " LEFT JOIN finance_party_account bank ON bank.party_id = party.id AND bank.state = 'verified'"
    " ORDER BY party.code"
)
# As it stood before the first day: the ledger line, less what had settled it by then.
_OPEN = f"""
SELECT account.code, items.open, party.code, items.reference, CAST(items.date AS text),
    CAST(items.due_on AS text), items.text
FROM (
    SELECT line.id, line.account_id, line.party_id, line.date, item.due_on, entry.text,
        COALESCE(invoice.number, entry.reference) AS reference, line.amount
        - COALESCE((SELECT SUM(s.amount) FROM finance_settlement s
            WHERE s.debit_id = line.id AND s.date <= %s), 0)
        + COALESCE((SELECT SUM(s.amount) FROM finance_settlement s
            WHERE s.credit_id = line.id AND s.date <= %s), 0) AS open
    FROM finance_open_item item JOIN finance_line line ON line.id = item.line_id
    JOIN finance_entry entry ON entry.id = line.entry_id
    JOIN finance_journal journal ON journal.id = entry.journal_id
    LEFT JOIN finance_invoice invoice ON invoice.entry_id = entry.id
    WHERE item.company_id = %s AND {_BEFORE}
) items
JOIN finance_account account ON account.id = items.account_id AND account.role = %s
LEFT JOIN kernel_party party ON party.id = items.party_id
WHERE items.open <> 0 ORDER BY items.id
"""  # noqa: S608
_POSTED = (
    " FROM finance_account account JOIN finance_line line ON line.account_id = account.id"
    " JOIN finance_entry entry ON entry.id = line.entry_id"
    " JOIN finance_journal journal ON journal.id = entry.journal_id"
    " WHERE account.company_id = %s AND account.role = %s AND line.date >= %s AND line.date <= %s"
    " AND NOT (journal.kind = 'opening' AND entry.date = %s)"
)
_POSTED_ROWS = (
    "SELECT account.code, line.amount, party.code, COALESCE(invoice.number, entry.reference),"  # noqa: S608
    " CAST(line.date AS text), CAST(COALESCE(item.due_on, line.date) AS text), line.text,"
    " journal.code, year.code, entry.number,"
    " (SELECT COUNT(*) FROM finance_line l WHERE l.entry_id = entry.id AND l.id <= line.id)"
    + _POSTED.replace(
        " WHERE ",
        " JOIN finance_fiscal_year year ON year.id = entry.year_id"
        " LEFT JOIN finance_invoice invoice ON invoice.entry_id = entry.id"
        " LEFT JOIN finance_open_item item ON item.line_id = line.id"
        " LEFT JOIN kernel_party party ON party.id = line.party_id WHERE ",
        1,
    )
    + " ORDER BY line.date, line.id"
)


class Parties:
    """The parties that lines name, or that something was open of; no others. Read at each use."""

    def __init__(self, actor: Actor, span: AuditSpan) -> None:
        start, end = span.start.isoformat(), span.end.isoformat()
        self.params = [*[start] * 5, actor.company_id, end]
        self.accounts = dict(
            fetch(
                "SELECT role, code FROM finance_account WHERE company_id = %s"
                " AND role IN ('receivables', 'payables')",
                [actor.company_id],
            )
        )

    def __iter__(self) -> Iterator[Party]:
        for row in stream(_PARTIES, self.params):
            code, name, email, registration, country, vat, street, postcode, city = row[:9]
            iban, bic, *moved, within, customer, supplier = row[9:]
            controls = [
                Control(self.accounts.get(role, ""), role, int(opening), int(closing))
                for role, (opening, closing, used) in zip(
                    ("receivables", "payables"), (moved[:3], moved[3:]), strict=True
                )
                if used
            ]
            if not within and not any(each.opening for each in controls):
                continue
            kind = "B" if customer and supplier else "C" if customer else "S" if supplier else ""
            yield Party(
                code, name, email, registration, country, vat, kind, street, postcode, city,
                controls, [BankAccount(iban, bic)] if iban else (),
            )  # fmt: skip


def open_at(actor: Actor, span: AuditSpan) -> list[Subledger]:
    """What was open before the first day, of customers and of suppliers."""
    start, before = span.start.isoformat(), (span.start - DAY).isoformat()
    found = []
    for kind, role, name in KINDS:
        rows = fetch(_OPEN, [before, before, actor.company_id, start, start, role])
        amounts = [int(row[1]) for row in rows]
        totals = Totals(len(rows), *_sides(amounts))
        found.append(Subledger(kind, in_words(actor, name), totals, [_item(row) for row in rows]))
    return [ledger for ledger in found if ledger.totals.lines]


def posted(actor: Actor, span: AuditSpan) -> list[Subledger]:
    """Every line on the control accounts, streamed."""
    start, end = span.start.isoformat(), span.end.isoformat()
    found = []
    for kind, role, name in KINDS:
        params = [actor.company_id, role, start, end, start]
        sums = (
            "SELECT COUNT(*), CAST(COALESCE(SUM(CASE WHEN line.amount > 0 THEN line.amount"
            " ELSE 0 END), 0) AS bigint), CAST(COALESCE(SUM(line.amount), 0) AS bigint)"
        )
        count, debit, net = fetch(sums + _POSTED, params)[0]
        if count:
            totals = Totals(int(count), int(debit), int(debit) - int(net))
            rows = (_posted_item(row) for row in stream(_POSTED_ROWS, params))
            found.append(Subledger(kind, in_words(actor, name), totals, rows))
    return found


def _sides(amounts: list[int]) -> tuple[int, int]:
    debit = sum(minor for minor in amounts if minor > 0)
    return debit, debit - sum(amounts)


def _item(row: tuple[Any, ...]) -> Item:
    account, minor, party, reference, on, due_on, text = row
    return Item(
        account, int(minor), party or "", reference or "", date.fromisoformat(on),
        date.fromisoformat(due_on), text,
    )  # fmt: skip


def _posted_item(row: tuple[Any, ...]) -> Item:
    journal, year, number, line = row[7:]
    item = _item(row[:7])
    return item._replace(journal=journal, transaction=f"{journal}/{year}/{number}", line=int(line))
