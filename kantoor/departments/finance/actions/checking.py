"""Check drafts of entries against the company's books and resolve their codes to keys.

This runs for every line of a bulk posting, so it only finds that something is wrong; what is
wrong, and on which lines, is then found out by faults.py.
"""

from collections.abc import Iterable, Sequence
from functools import cache

from babel.numbers import list_currencies
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.dimension_sets import canonical, dimension_sets
from kantoor.departments.finance.actions.entry_taxes import EntryTaxes
from kantoor.departments.finance.actions.periods import Calendar
from kantoor.departments.finance.drafts import (
    MOST_LINES,
    EntryDraft,
    LineDraft,
    ReadyEntry,
    ReadyLine,
)
from kantoor.departments.finance.models.receivables import CONTROL_ROLES
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.money import LARGEST
from kantoor.kernel.store.asking import Question, ask_together
from kantoor.kernel.store.lookup import SOME, by_key, rows_by_key

ACCOUNTS = (
    "SELECT code, id, role FROM finance_account WHERE company_id = %s AND active AND code IN ({})"
)
JOURNALS = "SELECT id, code, kind FROM finance_journal WHERE company_id = %s ORDER BY id DESC"
LONGEST_TEXT = 200
LONGEST_REFERENCE = 80


class Faulty(Exception):
    """Something in the entry can't be."""


@cache
def currencies() -> frozenset[str]:
    """The currencies of ISO 4217, former ones too."""
    return frozenset(list_currencies())


def known_currency(code: str, line: int | None = None) -> str:
    """The code of a currency of ISO 4217; raises InvalidInput."""
    if code not in currencies():
        message = _("“{code}” is no currency of ISO 4217.").format(code=code[:10])
        raise InvalidInput(message, field="currency", line=line)
    return code


class Checker:
    """What drafts are checked against: the accounts, parties and so on that they name."""

    def __init__(self, actor: Actor, entries: Sequence[EntryDraft], calendar: Calendar) -> None:
        self.currency = actor.currency
        self.calendar = calendar
        self.entries = entries
        company = actor.company_id
        lines = [line for entry in entries for line in entry.lines]
        self.journals: dict[str, int] = {}
        self.journal_codes: dict[int, str] = {}
        self._look_up(company, _codes(line.account for line in lines))
        self.parties: dict[str, int | None] = rows_by_key(
            "SELECT code, id FROM kernel_party WHERE company_id = %s AND code IN ({})",
            [company],
            _codes(line.party for line in lines if line.party),
        )
        self.parties[""] = None
        self.dimensions = dimension_sets(actor, lines)
        self.dimensions[""] = 0
        self.taxes = EntryTaxes(actor) if any(_says_tax(line) for line in lines) else None

    def _look_up(self, company: int, codes: set[str]) -> None:
        """What nearly every posting needs; it is mostly one entry, and then this is one trip."""
        some = sorted(codes)
        found, journals, _period = ask_together(
            by_key(ACCOUNTS, [company], some[:SOME] or [""]),
            Question(JOURNALS, [company], list),
            self.calendar.period_of(self.entries[0].date.isoformat()),
        )
        found.update(rows_by_key(ACCOUNTS, [company], some[SOME:]))
        self.accounts: dict[str, int] = {code: key for code, (key, _role) in found.items()}
        self.controls = frozenset(key for key, role in found.values() if role in CONTROL_ROLES)
        for key, code, kind in journals:
            self.journals[code] = key
            self.journal_codes[key] = code
            if kind == "general":
                self.journals[""] = key

    def ready(self) -> list[ReadyEntry]:
        """The drafts with their codes resolved; raises Faulty, or what the calendar refuses."""
        return [self._entry(number, entry) for number, entry in enumerate(self.entries, 1)]

    def _entry(self, number: int, entry: EntryDraft) -> ReadyEntry:
        drafts = entry.lines
        if not 2 <= len(drafts) <= MOST_LINES:
            raise Faulty
        place = drafts[0].line or number
        text, reference, on = entry.text, entry.reference, entry.date.isoformat()
        if len(text) > LONGEST_TEXT or len(reference) > LONGEST_REFERENCE:
            raise Faulty
        if "\0" in text or "\0" in reference:
            raise Faulty
        self.calendar.place(on, place)
        try:
            journal_id = self.journals[entry.journal]
            lines = self._lines(drafts)
        except KeyError:
            raise Faulty from None
        if self.taxes is not None and not self.taxes.note(number - 1, entry):
            raise Faulty
        return ReadyEntry(journal_id, on, text, reference, "", None, lines, place)

    def _lines(self, drafts: Iterable[LineDraft]) -> list[ReadyLine]:
        accounts, parties, own = self.accounts, self.parties, self.currency
        lines = []
        total = debit = 0
        for draft in drafts:
            amount, currency, said, text = (
                draft.amount, draft.currency, draft.currency_amount, draft.text
            )  # fmt: skip
            if not currency or currency == own:
                if said is not None and said != amount:
                    raise Faulty
                currency, said = own, amount
            elif said is None or not fits(currency, said, amount):
                raise Faulty
            if not amount or len(text) > LONGEST_TEXT or "\0" in text:
                raise Faulty
            total += amount
            if amount > 0:
                debit += amount
            dimensions = self.dimensions[canonical(draft.dimensions)] if draft.dimensions else 0
            # A plain tuple in the order of ReadyLine: this runs for every line of a bulk posting.
            lines.append(
                (accounts[draft.account], amount, currency, said, parties[draft.party],
                 dimensions, text)
            )  # fmt: skip
        if total or debit > LARGEST:
            raise Faulty
        return lines  # type: ignore[return-value]


def fits(currency: str, said: int, amount: int) -> bool:
    """Whether a foreign amount can stand beside the amount in the company's currency."""
    same_side = said == 0 or (said > 0) == (amount > 0)
    return currency in currencies() and same_side and -LARGEST <= said <= LARGEST


def _says_tax(line: LineDraft) -> bool:
    return bool(line.tax) or line.tax_base is not None


def _codes(codes: Iterable[str]) -> set[str]:
    # PostgreSQL takes no NUL in a text; no code has one, so it is unknown.
    return {code for code in codes if "\0" not in code}
