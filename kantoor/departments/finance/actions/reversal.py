"""Reverse posted entries: the only way to undo one."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db import connection
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.banking.released import release_lines
from kantoor.departments.finance.actions.checking import LONGEST_TEXT
from kantoor.departments.finance.actions.documents import undone_elsewhere
from kantoor.departments.finance.actions.entry_taxes import reversed_taxes
from kantoor.departments.finance.actions.groups.mirroring import mirror_reversals
from kantoor.departments.finance.actions.ledger import write_entries
from kantoor.departments.finance.actions.opposite import opposite_lines
from kantoor.departments.finance.actions.periods import Calendar
from kantoor.departments.finance.drafts import Posted, ReadyEntry
from kantoor.departments.finance.errors import AlreadyReversed, NotReversible
from kantoor.departments.finance.queries.entry_numbers import entry_keys, entry_numbers
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError, InvalidInput, NotFound, Refusals
from kantoor.kernel.store.lookup import rows_by_key

PERMISSION = "finance.reverse_entry"


class Original(NamedTuple):
    """A posted entry as its reversal needs it."""

    journal_id: int
    date: str
    reference: str
    origin: str
    reverses_id: int | None
    reversed_by: int | None


def above_limit(actor: Actor, parameters: Mapping[str, Any]) -> str | None:
    """Why a second person must approve: an entry above what the actor may reverse alone."""
    if (most := actor.limit(PERMISSION)) is None:
        return None
    numbers = parameters["entries"] if "entries" in parameters else [parameters["entry"]]
    keys = entry_keys(actor.company_id, numbers)
    debits = rows_by_key(
        "SELECT entry_id, CAST(SUM(amount) AS bigint) FROM finance_line"
        " WHERE amount > 0 AND entry_id IN ({}) GROUP BY entry_id",
        [],
        keys.values(),
    )
    highest = max(debits.values(), default=0)
    if highest <= most:
        return None
    message = _("An entry of {amount} minor units is above your limit of {limit}.")
    return message.format(amount=highest, limit=most)


@action(
    permission=PERMISSION,
    title=_("Reverse entries"),
    second_pair=above_limit,
    bulk_of="finance.reverse_entry",
)
def reverse_entries(
    actor: Actor, /, *, entries: Sequence[str], why: str, on: date | None = None
) -> Posted:
    """Undo posted entries (`MEM/2011/12`), all or none, each by an entry with the opposite lines.

    `on` is the date of the reversals; without it each is dated as its entry, or where that
    period is closed, on the first day of the next open one. Raises NotFound, AlreadyReversed,
    NotReversible for a reversal and for an entry that an invoice made, ClosedPeriod, InvalidInput;
    several at once as Refusals. `line` is the place among those given.
    """
    if not why.strip():
        raise InvalidInput(_("Say why."), field="why")
    if not entries:
        raise InvalidInput(_("Name the entries to reverse."), field="entries")
    keys = entry_keys(actor.company_id, entries)
    originals = _originals(list(keys.values()))
    calendar = Calendar(actor)
    errors: list[DomainError] = []
    ready = []
    for place, number in enumerate(entries, 1):
        try:
            _check(number, keys, originals, entries, place)
            ready.append(_reversal(number, keys[number], originals, calendar, on, why, place))
        except DomainError as error:
            errors.append(error)
    if errors:
        raise errors[0] if len(errors) == 1 else Refusals(errors[:20])
    return _write(actor, ready, calendar)


@action(permission=PERMISSION, title=_("Reverse an entry"), second_pair=above_limit)
def reverse_entry(actor: Actor, /, *, entry: str, why: str, on: date | None = None) -> Posted:
    """Undo one posted entry. Raises what `reverse_entries` raises."""
    return reverse_entries(actor, entries=[entry], why=why, on=on)


def _write(actor: Actor, ready: list[ReadyEntry], calendar: Calendar) -> Posted:
    lines = opposite_lines([entry.reverses_id for entry in ready if entry.reverses_id])
    whole = [entry._replace(lines=lines[entry.reverses_id or 0]) for entry in ready]
    written = write_entries(actor, whole, calendar=calendar).keys
    reversed_taxes(
        actor,
        {
            entry.reverses_id: (key, entry.date)
            for key, entry in zip(written, whole, strict=True)
            if entry.reverses_id
        },
    )
    mirror_reversals(actor, {entry.reverses_id or 0: entry.date for entry in whole})
    release_lines([entry.reverses_id for entry in whole if entry.reverses_id])
    numbers = entry_numbers([written[0], written[-1]])
    return Posted(
        len(whole),
        sum(len(entry.lines) for entry in whole),
        numbers[written[0]],
        numbers[written[-1]],
    )


def _check(
    number: str,
    keys: Mapping[str, int],
    originals: Mapping[int, Original],
    entries: Sequence[str],
    place: int,
) -> None:
    if number not in keys:
        message = _("There is no entry {number}.").format(number=number)
        raise NotFound(message, field="entries", line=place)
    if entries.index(number) != place - 1:
        message = _("{number} is named twice.").format(number=number)
        raise InvalidInput(message, field="entries", line=place)
    found = originals[keys[number]]
    if found.reverses_id is not None:
        words = _("{number} is a reversal itself; post the entry it undid anew instead.")
        raise NotReversible(words.format(number=number), field="entries", line=place)
    if found.reversed_by is not None:
        done = _("{number} was reversed already.").format(number=number)
        raise AlreadyReversed(done, field="entries", line=place)
    if instead := undone_elsewhere(found.origin, number):
        raise NotReversible(instead, field="entries", line=place)


def undo_entries(
    actor: Actor, keys: Sequence[int], why: str, on: date | None = None
) -> dict[int, int]:
    """Reverse the entries of a document, which undoes itself; gives the reversals by entry.

    Each is dated `on`, else as its entry or on the first open day after it. Raises
    AlreadyReversed, ClosedPeriod.
    """
    if not keys:
        return {}
    originals = _originals(keys)
    numbers = entry_numbers(keys)
    calendar = Calendar(actor)
    ready = []
    for place, key in enumerate(keys, 1):
        if originals[key].reversed_by is not None:
            message = _("{number} was reversed already.").format(number=numbers[key])
            raise AlreadyReversed(message, line=place)
        ready.append(_reversal(numbers[key], key, originals, calendar, on, why, place))
    lines = opposite_lines(keys)
    whole = [entry._replace(lines=lines[key]) for entry, key in zip(ready, keys, strict=True)]
    written = write_entries(actor, whole, calendar=calendar).keys
    dated = zip(keys, written, whole, strict=True)
    reversed_taxes(actor, {key: (reversal, entry.date) for key, reversal, entry in dated})
    return dict(zip(keys, written, strict=True))


def _reversal(
    number: str,
    key: int,
    originals: Mapping[int, Original],
    calendar: Calendar,
    on: date | None,
    why: str,
    place: int,
) -> ReadyEntry:
    """The reversal of an entry, still without its lines."""
    found = originals[key]
    dated = on.isoformat() if on else calendar.open_from(found.date)
    if dated < found.date:
        message = _("{number} is of {date}; it can't be reversed before that.")
        raise InvalidInput(message.format(number=number, date=found.date), field="on", line=place)
    calendar.place(dated, place)
    text = _("Reversal of {number}: {why}").format(number=number, why=why.strip())
    journal_id, reference, origin = found.journal_id, found.reference, found.origin
    return ReadyEntry(journal_id, dated, text[:LONGEST_TEXT], reference, origin, key, [], place)


def _originals(keys: Sequence[int]) -> dict[int, Original]:
    if connection.vendor == "postgresql":
        # Two who reverse the same entry at once: one waits, and then finds it reversed.
        rows_by_key(
            "SELECT id, 1 FROM finance_entry WHERE id IN ({}) ORDER BY id FOR NO KEY UPDATE",
            [],
            sorted(keys),
        )
    found = rows_by_key(
        "SELECT entry.id, entry.journal_id, CAST(entry.date AS text), entry.reference,"
        " entry.origin, entry.reverses_id, reversal.id FROM finance_entry entry"
        " LEFT JOIN finance_entry reversal ON reversal.reverses_id = entry.id"
        " WHERE entry.id IN ({})",
        [],
        keys,
    )
    return {key: Original(*rest) for key, rest in found.items()}
