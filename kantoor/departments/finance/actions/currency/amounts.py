"""Lines in a foreign currency that say nothing in the company's get it from the rate of the day."""

from collections.abc import Sequence

import msgspec

from kantoor.departments.finance.drafts import EntryDraft, LineDraft
from kantoor.departments.finance.queries.currency.conversion import Rates
from kantoor.kernel.actors.actor import Actor


def with_amounts(actor: Actor, entries: Sequence[EntryDraft]) -> Sequence[EntryDraft]:
    """The drafts with amounts in the company's currency where there is a rate.

    An entry wholly in one currency that balances in it balances here too: what rounding leaves
    goes to its largest line. A line without a rate stays as it is, and is refused by its check.
    """
    wanted = [
        (line.currency, entry.date.isoformat())
        for entry in entries
        for line in entry.lines
        if not line.amount and unsaid(actor.currency, line)
    ]
    if not wanted:
        return entries
    rates = Rates(actor, wanted)
    return [_filled(actor.currency, rates, entry) for entry in entries]


def unsaid(own: str, line: LineDraft) -> bool:
    """Whether a line says its amount in a foreign currency alone."""
    return not line.amount and bool(line.currency_amount) and line.currency not in ("", own)


def _filled(own: str, rates: Rates, entry: EntryDraft) -> EntryDraft:
    lines = list(entry.lines)
    open_ = [place for place, line in enumerate(lines) if unsaid(own, line)]
    if not open_:
        return entry
    on = entry.date.isoformat()
    for place in open_:
        line = lines[place]
        if (rate := rates.find(line.currency, on)) is not None:
            lines[place] = _with(line, rate.to_own(line.currency_amount or 0))
    rest = sum(line.amount for line in lines)
    if rest and len(open_) == len(lines) and _balances(lines):
        largest = max(open_, key=lambda place: abs(lines[place].amount))
        lines[largest] = _with(lines[largest], lines[largest].amount - rest)
    return msgspec.structs.replace(entry, lines=lines)


def _with(line: LineDraft, amount: int) -> LineDraft:
    return msgspec.structs.replace(line, amount=amount)


def _balances(lines: Sequence[LineDraft]) -> bool:
    """Whether lines are all in one currency and add up to nothing in it."""
    one = len({line.currency for line in lines}) == 1
    return one and not sum(line.currency_amount or 0 for line in lines)
