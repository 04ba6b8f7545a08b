"""What customers who gave a mandate owe, and by which of them it can be collected."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from kantoor.departments.finance.dates import months_before
from kantoor.departments.finance.models.party_accounts import MANDATE_MONTHS
from kantoor.departments.finance.queries.paying.accounts import Accounts, accounts_of
from kantoor.departments.finance.queries.paying.under_way import lines_under_way
from kantoor.kernel.store.lookup import fetch

_OPEN = """
SELECT item.line_id, item.party_id, party.code, party.name, party.subject_id,
    COALESCE(invoice.number, NULLIF(entry.reference, ''), entry.text), CAST(item.due_on AS text),
    item.open
FROM finance_open_item item
JOIN finance_account account ON account.id = item.account_id AND account.role = 'receivables'
JOIN finance_entry entry ON entry.id = item.entry_id
JOIN kernel_party party ON party.id = item.party_id
LEFT JOIN finance_invoice invoice ON invoice.entry_id = item.entry_id
WHERE item.company_id = %s AND item.open <> 0 AND item.date <= %s AND item.currency = 'EUR'
    AND item.party_id IN (SELECT party_id FROM finance_mandate
        WHERE company_id = %s AND scheme = %s AND state = 'active')
ORDER BY item.due_on, item.line_id
"""
_MANDATES = """
SELECT party_id, id, kind, CAST(signed_on AS text), CAST(last_used_on AS text), final, account_id
FROM finance_mandate WHERE company_id = %s AND scheme = %s AND state = 'active' ORDER BY id
"""


class Receivable(NamedTuple):
    """An open item of a customer; `open` is above zero when they owe it."""

    line_id: int
    party_id: int
    party: str
    name: str
    subject_id: int | None
    document: str
    due_on: str
    open: int


class Consent(NamedTuple):
    """A mandate as a collection needs it."""

    id: int
    kind: str
    signed_on: str
    last_used_on: str | None
    final: bool
    account_id: int

    @property
    def sequence(self) -> str:
        """The sequence type of the next collection (EPC SDD rulebook, AT-21)."""
        if self.kind == "one_off":
            return "OOFF"
        if self.final:
            return "FNAL"
        return "RCUR" if self.last_used_on else "FRST"

    def lapsed(self, on: date) -> bool:
        """Whether it was not used for 36 months before that day."""
        used = self.last_used_on or self.signed_on
        return date.fromisoformat(used) < months_before(on, MANDATE_MONTHS)


class Collectable(NamedTuple):
    """What is open, the mandates by party, their accounts, and what a run collects already."""

    items: list[Receivable]
    mandates: dict[int, Consent]
    accounts: Accounts
    under_way: frozenset[int]


def collectable(
    company_id: int, on: str, scheme: str, parties: Collection[str] = ()
) -> Collectable:
    """What is open on a day with those who gave a mandate of the scheme."""
    items = [Receivable(*row) for row in fetch(_OPEN, [company_id, on, company_id, scheme])]
    if parties:
        items = [each for each in items if each.party in parties]
    mandates: dict[int, Consent] = {}
    for party_id, *rest in fetch(_MANDATES, [company_id, scheme]):
        mandates[party_id] = Consent(*rest)
    accounts = accounts_of(company_id, {each.party_id for each in items})
    return Collectable(items, mandates, accounts, lines_under_way(company_id))
