"""Post journal entries: checked as a whole, then written; all or none."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.dimensions import dimension_sets
from kantoor.departments.finance.actions.ledger import write_entries
from kantoor.departments.finance.drafts import (
    EntryDraft,
    LineDraft,
    Posted,
    ReadyEntry,
    ReadyLine,
)
from kantoor.departments.finance.errors import (
    AmountOutOfRange,
    EmptyEntry,
    MissingRate,
    UnbalancedEntry,
    UnknownAccount,
    UnknownJournal,
    UnknownParty,
)
from kantoor.departments.finance.queries.entries import entry_number
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.money import LARGEST
from kantoor.kernel.store.lookup import fetch, rows_by_key

LONGEST_TEXT = 200


@action(
    permission="finance.post_entry",
    title=_("Post entries"),
    bulk_of="finance.post_entry",
)
def post_entries(actor: Actor, /, *, entries: Sequence[EntryDraft]) -> Posted:
    """Post journal entries, all or none.

    Each must have two lines or more that add up to nothing, and a date in an open period.
    Raises UnbalancedEntry, EmptyEntry, UnknownAccount, UnknownJournal, UnknownParty,
    ClosedPeriod, MissingRate or AmountOutOfRange, with the line of the input.
    """
    if not entries:
        raise EmptyEntry(_("There is no entry to post."))
    written = write_entries(actor, _Checker(actor, entries).ready())
    return Posted(
        len(entries),
        sum(len(entry.lines) for entry in entries),
        entry_number(written[0]),
        entry_number(written[-1]),
    )


@action(permission="finance.post_entry", title=_("Post an entry"))
def post_entry(actor: Actor, /, *, entry: EntryDraft) -> Posted:
    """Post one journal entry."""
    return post_entries(actor, entries=[entry])


class _Checker:
    """Checks drafts against the company's books and resolves their codes to keys."""

    def __init__(self, actor: Actor, entries: Sequence[EntryDraft]) -> None:
        self.currency = actor.currency
        self.entries = entries
        company = actor.company_id
        lines = [line for entry in entries for line in entry.lines]
        self.accounts = rows_by_key(
            "SELECT code, id FROM finance_account"
            " WHERE company_id = %s AND active AND code IN ({})",
            [company],
            {line.account for line in lines},
        )
        self.parties = rows_by_key(
            "SELECT code, id FROM kernel_party WHERE company_id = %s AND code IN ({})",
            [company],
            {line.party for line in lines if line.party},
        )
        self.parties[""] = None
        self.dimensions = dimension_sets(actor, lines)
        self.journals: dict[str, int] = {}
        for key, code, kind in fetch(
            "SELECT id, code, kind FROM finance_journal WHERE company_id = %s ORDER BY id DESC",
            [company],
        ):
            self.journals[code] = key
            if kind == "general":
                self.journals[""] = key

    def ready(self) -> list[ReadyEntry]:
        return [self._entry(number, entry) for number, entry in enumerate(self.entries, 1)]

    def _entry(self, number: int, entry: EntryDraft) -> ReadyEntry:
        drafts = entry.lines
        first = drafts[0].line if drafts else None
        place = first or number
        if len(drafts) < 2:
            raise EmptyEntry(_("An entry has two lines or more."), field="lines", line=place)
        lines = self._lines(drafts, place)
        if total := sum([line[1] for line in lines]):
            message = _("Debit and credit differ by {difference} minor units; make them equal.")
            raise UnbalancedEntry(message.format(difference=total), field="amount", line=place)
        journal_id = self.journals.get(entry.journal)
        if journal_id is None:
            message = _("There is no journal “{code}”.").format(code=entry.journal)
            raise UnknownJournal(message, field="journal", line=place)
        text = entry.text
        if len(text) > LONGEST_TEXT or len(entry.reference) > 80:
            raise EmptyEntry(_("The text is longer than 200 characters."), field="text", line=place)
        on = entry.date.isoformat()
        return ReadyEntry(journal_id, on, text, entry.reference, "", None, lines, place)

    def _lines(self, drafts: Iterable[LineDraft], place: int) -> list[ReadyLine]:
        accounts, parties, own = self.accounts, self.parties, self.currency
        lines = []
        for draft in drafts:
            amount = draft.amount
            currency = draft.currency or own
            try:
                account_id = accounts[draft.account]
                party_id = parties[draft.party]
            except KeyError:
                raise self._unknown(draft, place) from None
            if currency == own:
                said = amount
            elif draft.currency_amount is None:
                raise self._no_rate(draft, place)
            else:
                said = draft.currency_amount
            if not -LARGEST <= amount <= LARGEST or not amount or len(draft.text) > LONGEST_TEXT:
                raise self._out_of_range(draft, place)
            dimensions = self.dimensions[draft.line or id(draft)] if draft.dimensions else 0
            # A plain tuple in the order of ReadyLine: this runs for every line of a bulk posting.
            lines.append((account_id, amount, currency, said, party_id, dimensions, draft.text))
        return lines  # type: ignore[return-value]

    def _unknown(self, draft: LineDraft, place: int) -> Exception:
        line = draft.line or place
        if draft.account not in self.accounts:
            message = _("There is no account “{code}” in use.").format(code=draft.account)
            return UnknownAccount(message, field="account", line=line)
        message = _("There is no party “{code}”.").format(code=draft.party)
        return UnknownParty(message, field="party", line=line)

    def _no_rate(self, draft: LineDraft, place: int) -> Exception:
        message = _("{currency} is not the company's currency: give the amount in {own} too.")
        return MissingRate(
            message.format(currency=draft.currency, own=self.currency),
            field="currency",
            line=draft.line or place,
        )

    def _out_of_range(self, draft: LineDraft, place: int) -> Exception:
        line = draft.line or place
        if not draft.amount:
            return EmptyEntry(_("A line needs an amount."), field="amount", line=line)
        if len(draft.text) > LONGEST_TEXT:
            return EmptyEntry(_("The text is longer than 200 characters."), field="text", line=line)
        return AmountOutOfRange(_("The amount is beyond 64 bits."), field="amount", line=line)
