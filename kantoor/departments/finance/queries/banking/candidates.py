"""What statement lines can be matched with: open items, whose IBAN it is, own accounts."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from kantoor.departments.finance.models import BankAccount, StatementLine
from kantoor.departments.finance.queries.banking.matches import Item, Movement
from kantoor.departments.finance.queries.banking.matching import Matcher
from kantoor.departments.finance.queries.banking.references import bare, candidates
from kantoor.kernel.store.lookup import fetch, rows_by_key

_COLUMNS = """
SELECT item.line_id, item.account_id, item.party_id, party.name, invoice.number, entry.reference,
    item.currency_open, CAST(item.due_on AS text), invoice.reference, purchase.number,
    purchase.reference, purchase.payment_reference, purchase.discount,
    CAST(purchase.discount_on AS text), paid.end_to_end,
    CASE run.kind WHEN 'debit' THEN run.message_id || '-' || paid.sequence
        ELSE run.message_id END
FROM finance_open_item item
JOIN finance_entry entry ON entry.id = item.entry_id
LEFT JOIN kernel_party party ON party.id = item.party_id
LEFT JOIN finance_invoice invoice ON invoice.entry_id = item.entry_id
LEFT JOIN finance_purchase_invoice purchase ON purchase.entry_id = item.entry_id
LEFT JOIN finance_payment_order paid ON paid.transit_id = item.line_id
LEFT JOIN finance_payment_run run ON run.id = paid.run_id
"""
_OPEN = " WHERE item.company_id = %s AND item.currency = %s AND item.currency_open <> 0"
_BOOKED_BY = (
    "SELECT DISTINCT line.iban, booked.party_id FROM finance_statement_line line"
    " JOIN finance_bank_account own ON own.id = line.bank_account_id"
    " JOIN finance_line booked ON booked.entry_id = line.entry_id"
    " WHERE own.company_id = %s AND line.entry_id IS NOT NULL AND line.iban <> ''"
    " AND booked.party_id IS NOT NULL{}"
)
_PRINTED_BY = (
    "SELECT DISTINCT line.iban, line.party_id FROM finance_purchase_invoice line"
    " WHERE line.company_id = %s AND line.iban <> '' AND line.party_id IS NOT NULL{}"
)

_HELD_BY = (
    "SELECT DISTINCT line.iban, line.party_id FROM finance_party_account line"
    " WHERE line.company_id = %s AND line.state = 'verified'{}"
)


def movement_of(line: StatementLine) -> Movement:
    """A line as the matcher takes it."""
    return Movement(
        line.pk,
        line.amount,
        line.booked_on.isoformat(),
        line.text,
        line.name,
        line.iban,
        line.end_to_end,
        line.creditor_reference,
        line.returned,
    )


def matcher_of_all(company_id: int, currency: str) -> Matcher:
    """A matcher of everything that is open in the company in a currency, in three statements."""
    rows = fetch(_COLUMNS + _OPEN, [company_id, currency])
    return Matcher(map(_item, rows), parties_by_iban(company_id, None))


def matcher_for(company_id: int, currency: str, movements: Sequence[Movement]) -> Matcher:
    """A matcher of what these movements could concern, for a page that shows a few.

    Items of the same amount, of whoever has the IBAN or a like name, and those that are named.
    """
    ibans = {each.iban for each in movements if each.iban}
    by_iban = parties_by_iban(company_id, ibans)
    parties = {party for found in by_iban.values() for party in found}
    parties |= _parties_by_name(company_id, movements)
    words = {
        word
        for each in movements
        for said in (each.text, each.end_to_end, each.reference)
        for word in candidates(said)
        if len(word) > 1
    }
    found: dict[int, tuple[Any, ...]] = {}
    for condition, keys in (
        (" AND item.currency_open IN ({})", {each.amount for each in movements}),
        (" AND item.party_id IN ({})", parties),
        (" AND REPLACE(REPLACE(invoice.number, '-', ''), '/', '') IN ({})", words),
        (" AND purchase.reference_key IN ({})", words),
        (" AND UPPER(REPLACE(paid.end_to_end, '-', '')) IN ({})", words),
        (" AND UPPER(REPLACE(run.message_id, '-', '')) IN ({})", words | _heads(movements)),
        (" AND entry.reference <> '' AND UPPER(entry.reference) IN ({})", words),
    ):
        rows = rows_by_key(_COLUMNS + _OPEN + condition, [company_id, currency], sorted(keys))
        found.update((key, (key, *rest)) for key, rest in rows.items())
    return Matcher(map(_item, found.values()), by_iban)


def parties_by_iban(company_id: int, ibans: Collection[str] | None) -> dict[str, list[int]]:
    """Whose IBANs these are: booked lines teach it, and suppliers print it on their invoices."""
    found: dict[str, list[int]] = defaultdict(list)
    for sql in (_BOOKED_BY, _PRINTED_BY, _HELD_BY):
        if ibans is None:
            rows = fetch(sql.format(""), [company_id])
        else:
            rows = []
            wanted = sorted(ibans)
            for start in range(0, len(wanted), 500):
                some = wanted[start : start + 500]
                slots = ", ".join(["%s"] * len(some))
                only = f" AND line.iban IN ({slots})"
                rows += fetch(sql.format(only), [company_id, *some])
        for iban, party in rows:
            found[iban].append(party)
    return found


def own_accounts(company_id: int) -> dict[str, BankAccount]:
    """The company's own bank accounts by IBAN or number."""
    found = BankAccount.objects.filter(company_id=company_id)
    return {each.iban or each.number: each for each in found}


def _heads(movements: Iterable[Movement]) -> set[str]:
    """End-to-end references without the last part, as batches of direct debits have one."""
    return {bare(each.end_to_end.rpartition("-")[0]) for each in movements if each.end_to_end}


def _parties_by_name(company_id: int, movements: Iterable[Movement]) -> set[int]:
    """Parties whose name begins with the first words of a payer's."""
    names = {each.name[:20].strip() for each in movements if len(each.name.strip()) > 3}
    found: set[int] = set()
    wanted = sorted(names)
    for start in range(0, len(wanted), 100):
        some = wanted[start : start + 100]
        likes = " OR ".join(["UPPER(name) LIKE %s"] * len(some))
        rows = fetch(
            f"SELECT id FROM kernel_party WHERE company_id = %s AND ({likes}) LIMIT 1000",  # noqa: S608
            [company_id, *[f"{_plain(name)}%" for name in some]],
        )
        found |= {row[0] for row in rows}
    return found


def _plain(name: str) -> str:
    return name.upper().replace("%", "").replace("_", " ")


def _item(row: Sequence[Any]) -> Item:
    key, account, party, name, invoice, entry, still, due, other, *purchase = row
    bought, reference, payment_reference, discount, discount_on, end_to_end, batch = purchase
    number = end_to_end or invoice or reference or entry or ""
    every = (other, entry, bought, payment_reference)
    others = tuple(dict.fromkeys(each for each in every if each and each != number))
    off = (discount or 0) * (1 if still > 0 else -1)
    until = (discount_on or "") if off else ""
    return Item(
        key, account, party, name or "", number, still, due, others, off, until, batch or ""
    )
