"""Claimed balances of Beancount's journals: accounts are filled where `pad` says so, then checked."""

import datetime
from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.formats.journals.bean_values import Claim, Options, Pad
from kantoor.departments.finance.formats.journals.numbers import EXACT
from kantoor.departments.finance.formats.journals.values import (
    ZERO,
    Amount,
    Entry,
    Posting,
    Unreadable,
    exact_sum,
)


class Claims:
    """What accounts hold at the beginning of days, by the entries of a journal."""

    def __init__(self, entries: Sequence[Entry], options: Options) -> None:
        self.options = options
        self.moves: list[tuple[datetime.date, str, Amount]] = sorted(
            (
                (entry.date, posting.account, posting.amount)
                for entry in entries
                for posting in entry.postings
                if posting.amount is not None
            ),
            key=lambda move: move[0],
        )

    def settle(
        self, pads: Sequence[Pad], claims: Sequence[Claim]
    ) -> tuple[list[Entry], list[Unreadable]]:
        """The entries that fill accounts, and the claims that are not so."""
        held: dict[str, dict[str, Decimal]] = {}
        active: dict[str, tuple[Pad, set[str]]] = {}
        made: list[Entry] = []
        faults: list[Unreadable] = []
        waiting = sorted(pads, key=lambda pad: pad.date)
        moves = iter(self.moves)
        move = next(moves, None)
        for claim in sorted(claims, key=lambda each: (each.date, each.line)):
            while move is not None and move[0] < claim.date:
                _add(held, move[1], move[2])
                move = next(moves, None)
            while waiting and waiting[0].date < claim.date:
                pad = waiting.pop(0)
                active[pad.account] = (pad, set())
            rest = EXACT.subtract(claim.number, _held(held, claim.account, claim.currency))
            if abs(rest) <= self._tolerance(claim):
                self._note(active, claim)
                continue
            filling = active.get(claim.account)
            if filling is not None and claim.currency not in filling[1]:
                entry = _filling(filling[0], Amount(rest, claim.currency))
                made.append(entry)
                for posting in entry.postings:
                    assert posting.amount is not None
                    _add(held, posting.account, posting.amount)
                self._note(active, claim)
                continue
            faults.append(_wrong(claim, rest))
        return made, faults

    def _tolerance(self, claim: Claim) -> Decimal:
        if claim.tolerance is not None:
            return claim.tolerance
        power = claim.number.as_tuple().exponent
        if not isinstance(power, int) or power >= 0:
            return ZERO
        return (self.options.multiplier * 2).scaleb(power)

    def _note(self, active: dict[str, tuple[Pad, set[str]]], claim: Claim) -> None:
        if claim.account in active:
            active[claim.account][1].add(claim.currency)


def _add(held: dict[str, dict[str, Decimal]], account: str, amount: Amount) -> None:
    mine = held.setdefault(account, {})
    mine[amount.commodity] = exact_sum(mine.get(amount.commodity, ZERO), amount.quantity)


def _held(held: dict[str, dict[str, Decimal]], account: str, currency: str) -> Decimal:
    total = held.get(account, {}).get(currency, ZERO)
    for name, mine in held.items():
        if name.startswith(f"{account}:"):
            total = exact_sum(total, mine.get(currency, ZERO))
    return total


def _filling(pad: Pad, amount: Amount) -> Entry:
    text = str(_("Filled up to the claimed balance"))
    postings = [
        Posting(pad.account, amount, line=pad.line, inferred=True),
        Posting(pad.source, -amount, line=pad.line, inferred=True),
    ]
    return Entry(pad.date, text, pad.line, postings=postings)


def _wrong(claim: Claim, rest: Decimal) -> Unreadable:
    message = _("The journal claims a balance of {claimed} on {account}; it is {held}.")
    said = message.format(
        claimed=f"{claim.number:f} {claim.currency}",
        account=claim.account,
        held=f"{EXACT.subtract(claim.number, rest):f}",
    )
    return Unreadable("assertion", said, claim.line)
