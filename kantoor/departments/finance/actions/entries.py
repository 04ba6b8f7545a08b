"""Post journal entries: checked as a whole, then written; all or none."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.checking import LONGEST_TEXT, Checker, Faulty
from kantoor.departments.finance.actions.currency.amounts import with_amounts
from kantoor.departments.finance.actions.faults import refusal_of
from kantoor.departments.finance.actions.ledger import write_entries
from kantoor.departments.finance.actions.periods import Calendar
from kantoor.departments.finance.dates import EARLIEST, LATEST
from kantoor.departments.finance.drafts import EntryDraft, Posted, ReadyEntry
from kantoor.departments.finance.errors import AboveLimit, EmptyEntry
from kantoor.departments.finance.queries.entry_numbers import as_number
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError

PERMISSION = "finance.post_entry"
ENTRIES_AT_ONCE, LINES_AT_ONCE = 5_000, 20_000
"""What a stream holds in memory: so many entries, or so many lines if they come first."""


def above_limit(actor: Actor, parameters: Mapping[str, Any]) -> str | None:
    """Why a second person must approve: an entry above what the actor may post alone."""
    if (most := actor.limit(PERMISSION)) is None:
        return None
    entries = parameters["entries"] if "entries" in parameters else [parameters["entry"]]
    highest = max((debit_of(entry) for entry in with_amounts(actor, entries)), default=0)
    if highest <= most:
        return None
    message = _("An entry of {amount} minor units is above your limit of {limit}.")
    return message.format(amount=highest, limit=most)


def debit_of(entry: EntryDraft) -> int:
    """The debit total of a draft, in minor units."""
    return sum([line.amount for line in entry.lines if line.amount > 0])


@action(
    permission=PERMISSION,
    title=_("Post entries"),
    second_pair=above_limit,
    bulk_of="finance.post_entry",
)
def post_entries(
    actor: Actor, /, *, entries: Sequence[EntryDraft], next_open: bool = False
) -> Posted:
    """Post journal entries, all or none.

    With `next_open` one whose date lies in a closed period is posted on the first open day after
    it, and says so in its text.

    Each must have two lines or more that add up to nothing, and a date in an open period.
    Raises UnbalancedEntry, EmptyEntry, UnknownAccount, UnknownJournal, UnknownParty,
    UnknownDimension, UnknownTaxCode, WrongTax, ClosedPeriod, MissingRate, AmountOutOfRange or
    InvalidInput with the line of the input, or Refusals with up to twenty of them.
    """
    return _post(actor, entries, next_open)


@action(permission=PERMISSION, title=_("Post an entry"), second_pair=above_limit)
def post_entry(actor: Actor, /, *, entry: EntryDraft, next_open: bool = False) -> Posted:
    """Post one journal entry; see `post_entries`."""
    return _post(actor, [entry], next_open)


@action(permission=PERMISSION, title=_("Post a file of entries"), hidden=True)
def post_entry_stream(
    actor: Actor, /, *, entries: Iterable[EntryDraft], content_sha256: str
) -> Posted:
    """Post any number of entries in bounded memory, all or none.

    `entries` is read again from its beginning when the database lost a race, so it is no
    iterator; `content_sha256` says in the record what it held. Raises what `post_entries`
    raises, and AboveLimit: a stream can't wait for a second person.
    """
    assert not isinstance(entries, Iterator), "a stream that can't be read again"
    del content_sha256  # It is for the record.
    most = actor.limit(PERMISSION)
    done = [_post_part(actor, some, most) for some in _parts(entries)]
    if not done:
        raise EmptyEntry(_("There is no entry to post."))
    return Posted(
        sum(part.entries for part in done),
        sum(part.lines for part in done),
        done[0].first,
        done[-1].last,
    )


def _post(actor: Actor, entries: Sequence[EntryDraft], next_open: bool = False) -> Posted:
    if not entries:
        raise EmptyEntry(_("There is no entry to post."))
    calendar = Calendar(actor)
    if next_open:
        entries = [in_next_open(calendar, entry) for entry in entries]
    entries = with_amounts(actor, entries)
    checker = Checker(actor, entries, calendar)
    ready = _ready(actor, checker)
    keys, numbers, places = write_entries(
        actor, ready, calendar=calendar, controls=checker.controls
    )
    if checker.taxes is not None:
        checker.taxes.write(actor, keys, checker.parties)
    first, last = (
        as_number(checker.journal_codes[ready[at].journal_id], places[at].year, numbers[at])
        for at in (0, -1)
    )
    return Posted(len(entries), sum([len(entry.lines) for entry in entries]), first, last)


def in_next_open(calendar: Calendar, entry: EntryDraft) -> EntryDraft:
    """The draft, dated in the next open period where its own is closed."""
    said = entry.date.isoformat()
    if not EARLIEST <= entry.date.year <= LATEST or (on := calendar.open_from(said)) == said:
        return entry
    text = f"{entry.text} ({said})".strip()[:LONGEST_TEXT]
    return msgspec.structs.replace(entry, date=date.fromisoformat(on), text=text)


def _ready(actor: Actor, checker: Checker) -> Sequence[ReadyEntry]:
    try:
        return checker.ready()
    except (Faulty, DomainError):
        raise refusal_of(actor, checker) from None


def _post_part(actor: Actor, entries: Sequence[EntryDraft], most: int | None) -> Posted:
    if most is not None:
        for entry in with_amounts(actor, entries):
            if debit_of(entry) > most:
                message = _("This entry is above your limit; post it by itself for approval.")
                raise AboveLimit(message, field="amount", line=entry.lines[0].line)
    return _post(actor, entries)


def _parts(entries: Iterable[EntryDraft]) -> Iterator[Sequence[EntryDraft]]:
    part: list[EntryDraft] = []
    lines = 0
    for entry in entries:
        part.append(entry)
        lines += len(entry.lines)
        if len(part) == ENTRIES_AT_ONCE or lines >= LINES_AT_ONCE:
            yield part
            part, lines = [], 0
    if part:
        yield part
