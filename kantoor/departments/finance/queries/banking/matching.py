"""Match lines of bank statements with open items: pure, in time that grows with their number.

Items are found by dictionaries (references, numbers, parties, amounts), never by going through
all of them, so that 100,000 lines against 100,000 items take ten times what a tenth takes. What
is certain is exact; the rest is proposed with a score and its reasons in words.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Generic, TypeVar

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.queries.banking.matches import Item, Match, Movement, Reason, Share
from kantoor.departments.finance.queries.banking.references import (
    bare,
    candidates,
    ogm_of,
    structured,
)

TOLERANCE = 100
"""Minor units that a payment may differ from what it pays and still be proposed as a whole."""
TRANSFERS = "*transfers"
"""In place of an account's code: the one with the role of transfers between own accounts."""
SHORT = 4
"""A number of fewer letters and digits is certain only with the amount beside it."""
_EXACTLY = _("The amount is exactly what is open.")
_REFERENCE = _("The payment reference of {number}.")
_NUMBER = _("{number} stands in the description.")
_BATCH = _("All payments of {number}, which the bank booked at once.")
_THEIR_IBAN = _("The IBAN is that of {party}.")
MOST_PROPOSALS = 5
MOST_COMBINED = 60
"""Items of a party that are tried together."""


@lru_cache(maxsize=65536)
def _words(name: str) -> frozenset[str]:
    """The words of a name that tell it apart."""
    plain = re.sub(r"[^A-Z0-9 ]", " ", name.upper())
    return frozenset(word for word in plain.split() if len(word) > 2 and word not in _COMMON)


_COMMON = frozenset(
    ["B.V.", "BVBA", "NV", "VOF", "GMBH", "LTD", "INC", "THE", "VAN", "DER", "DEN", "DE", "HET",
     "AND", "EN", "CUSTOMER", "KLANT", "HOLDING", "STICHTING", "BEHEER"]
)  # fmt: skip


K = TypeVar("K", str, int)


class _Index(Generic[K]):
    """Items by a key. Most keys have one item, which then needs no list of its own."""

    def __init__(self) -> None:
        self._one: dict[K, Item] = {}
        self._more: dict[K, list[Item]] = {}

    def put(self, key: K, item: Item) -> None:
        """Add an item; the same one twice is there once."""
        first = self._one.setdefault(key, item)
        if first is not item:
            more = self._more.setdefault(key, [first])
            if more[-1] is not item:
                more.append(item)

    def get(self, key: K) -> Sequence[Item]:
        """The items with this key, in the order they were added."""
        one = self._one.get(key)
        if one is None:
            return ()
        return self._more.get(key) or (one,)


class Matcher:
    """Open items, found by what a payment may say of them; each is given away once."""

    def __init__(
        self, items: Iterable[Item], parties_by_iban: Mapping[str, Iterable[int]] | None = None
    ) -> None:
        self.left: dict[int, int] = {}
        self.by_number: _Index[str] = _Index()
        self.lengths: set[int] = set()
        """How long the numbers are: most of what stands in a text is of no such length."""
        self.by_party: dict[int, list[Item]] = defaultdict(list)
        self.by_amount: _Index[int] = _Index()
        self.by_batch: dict[str, list[Item]] = defaultdict(list)
        self.by_word: dict[str, set[int]] = defaultdict(set)
        self.parties_by_iban = {
            iban: tuple(dict.fromkeys(found)) for iban, found in (parties_by_iban or {}).items()
        }
        self._by_digits: _Index[str] | None = None
        for item in items:
            self._add(item)

    def _add(self, item: Item) -> None:
        self.left[item.key] = item.open
        for number in filter(None, (item.number, *item.others)):
            plain = bare(number)
            self.by_number.put(plain, item)
            self.lengths.add(len(plain))
        if item.party_id is not None:
            if item.party_id not in self.by_party:
                for word in _words(item.party):
                    self.by_word[word].add(item.party_id)
            self.by_party[item.party_id].append(item)
        self.by_amount.put(item.open, item)
        if item.batch:
            self.by_batch[bare(item.batch)].append(item)

    def _of_structured(self, reference: str) -> Iterable[Item]:
        """The items of a structured reference: their own, or the one that their number makes."""
        yield from self._numbered(reference)
        if reference.startswith("RF"):
            yield from self._numbered(reference[4:])
        elif len(reference) == 12 and reference.isdigit():
            if self._by_digits is None:
                self._by_digits = _Index()
                for items in self.by_party.values():
                    for item in items:
                        self._by_digits.put(ogm_of(item.number), item)
            yield from self._by_digits.get(reference)

    def _numbered(self, word: str) -> Sequence[Item]:
        """The items of this number; one that is no number's length is not even looked for."""
        return self.by_number.get(word) if len(word) in self.lengths else ()

    def exact(self, movement: Movement) -> Match | None:
        """The one thing that this movement certainly is, or None."""
        if (batch := self._batch(movement)) is not None:
            return batch
        named = self._named(movement)
        if named:
            found = self._whole(named, movement)
            if found is not None:
                return found
        return self._of_iban(movement) if not named else None

    def take(self, match: Match) -> None:
        """Give away what a match takes, so that no other movement pays it again."""
        for share in match.shares:
            self.left[share.item.key] -= share.amount

    def proposals(self, movement: Movement) -> list[Match]:
        """What the movement may be, the likeliest first."""
        found: dict[tuple[int, ...], Match] = {}

        def add(match: Match | None) -> None:
            if match is None:
                return
            key = tuple(sorted(share.item.key for share in match.shares))
            if key not in found or found[key].score < match.score:
                found[key] = match

        if (certain := self.exact(movement)) is not None:
            add(certain)
        if named := self._named(movement):
            add(self._partly(named, movement))
        for party in self._likely_parties(movement):
            for match in self._of_party(party, movement):
                add(match)
        same = [i for i in self.by_amount.get(movement.amount) if self._fits(i, movement)]
        for item in same[:MOST_PROPOSALS]:
            alone = len(same) == 1
            score = 40 if alone else 15
            words = _("The only open item of this amount.") if alone else _("The amount fits.")
            add(self._scored((Share(item, movement.amount),), score, [Reason(words)], movement))
        ranked = sorted(found.values(), key=lambda each: (not each.exact, -each.score))
        return ranked[:MOST_PROPOSALS]

    def _batch(self, movement: Movement) -> Match | None:
        """All that one file paid or collected, when the bank booked it at once."""
        if not self.by_batch:
            return None
        for said in (movement.end_to_end, movement.text):
            for word in candidates(said):
                items = [i for i in self.by_batch.get(word, ()) if self._fits(i, movement)]
                if items and sum(self.left[item.key] for item in items) == movement.amount:
                    reasons = (Reason(_BATCH, items[0].batch), Reason(_EXACTLY))
                    shares = tuple(Share(item, self.left[item.key]) for item in items)
                    return Match(shares, 100, True, reasons)
        return None

    # --- by what the payer wrote

    def _named(self, movement: Movement) -> dict[int, tuple[Item, Any]]:
        """The open items whose reference or number the movement gives, with the reason."""
        found: dict[int, tuple[Item, Any]] = {}
        for reference in structured(movement.reference, movement.text):
            for item in self._of_structured(reference):
                if self._fits(item, movement):
                    found[item.key] = (item, _REFERENCE)
        if found:
            return found
        for said in (movement.end_to_end, movement.text):
            for word in candidates(said):
                for item in self._numbered(word):
                    if not self._fits(item, movement) or item.key in found:
                        continue
                    if len(word) >= SHORT or self.left[item.key] == movement.amount:
                        found[item.key] = (item, _NUMBER)
        return found

    def _fits(self, item: Item, movement: Movement) -> bool:
        """Whether it is open, on the side that the movement pays."""
        still = self.left[item.key]
        return still != 0 and (still > 0) == (movement.amount > 0)

    def _whole(self, named: Mapping[int, tuple[Item, Any]], movement: Movement) -> Match | None:
        """The named items when the movement pays exactly all of them, of one party."""
        items = [item for item, _reason in named.values()]
        whole = sum(self.left[item.key] for item in items)
        if whole != movement.amount or len({item.party_id for item in items}) > 1:
            if len(items) > 1:  # A number that by chance is another's reference.
                same = [item for item in items if self.left[item.key] == movement.amount]
                same.sort(key=lambda item: (item.due_on, item.key))
                # Of one invoice in equal parts it pays the one that is due first.
                if len(same) == 1 or (same and len({item.number for item in items}) == 1):
                    return self._whole({same[0].key: named[same[0].key]}, movement)
            return None
        reasons = [Reason(words, item.number) for item, words in named.values()]
        reasons.append(Reason(_EXACTLY))
        shares = tuple(Share(item, self.left[item.key]) for item in items)
        return Match(shares, 100, True, tuple(reasons))

    def _partly(self, named: Mapping[int, tuple[Item, Any]], movement: Movement) -> Match | None:
        """The named items when the movement pays more or less than they are."""
        items = sorted((item for item, _r in named.values()), key=lambda i: (i.due_on, i.key))
        party = items[0].party_id
        items = [item for item in items if item.party_id == party]
        reasons = [Reason(named[item.key][1], item.number) for item in items]
        whole = sum(self.left[item.key] for item in items)
        left = movement.amount - whole
        if items[0].discount and movement.on <= items[0].discount_until:
            discount = sum(item.discount for item in items)
            if movement.amount == whole - discount:
                reasons.append(Reason(_("Paid in time for the discount.")))
                off = tuple(
                    Share(item, self.left[item.key] - item.discount, bool(item.discount))
                    for item in items
                )
                return Match(off, 95, False, tuple(reasons))
        if abs(left) <= TOLERANCE:
            reasons.append(Reason(_("It differs by very little.")))
            return Match(self._filled(items, whole), 92, False, tuple(reasons), left)
        if abs(movement.amount) < abs(whole):
            reasons.append(Reason(_("It is a part of what is open.")))
            return Match(self._filled(items, movement.amount), 85, False, tuple(reasons))
        reasons.append(Reason(_("It is more than what is open.")))
        return Match(self._filled(items, whole), 80, False, tuple(reasons), left)

    def _filled(self, items: Sequence[Item], amount: int) -> tuple[Share, ...]:
        """The items paid one after another as far as the amount goes."""
        shares = []
        for item in items:
            still = self.left[item.key]
            part = min(abs(still), abs(amount)) * (1 if still > 0 else -1)
            if part:
                shares.append(Share(item, part))
                amount -= part
        return tuple(shares)

    # --- by whom it is with

    def _of_iban(self, movement: Movement) -> Match | None:
        """The one open item of exactly this amount of whoever has this IBAN."""
        parties = self.parties_by_iban.get(movement.iban, ()) if movement.iban else ()
        if len(parties) != 1 or movement.returned:
            return None
        items = [
            item
            for item in self.by_amount.get(movement.amount)
            if item.party_id == parties[0] and self.left[item.key] == movement.amount
        ]
        if len(items) != 1:
            return None
        reasons = (
            Reason(_THEIR_IBAN, party=items[0].party),
            Reason(_("Their only open item of this amount.")),
        )
        return Match((Share(items[0], movement.amount),), 97, True, reasons)

    def _likely_parties(self, movement: Movement) -> list[tuple[int, int, Any]]:
        """Who it may be with: key, score and reason, the likeliest first."""
        found: dict[int, tuple[int, Any]] = {}
        words = _words(movement.name)
        counts: dict[int, int] = defaultdict(int)
        for word in words:
            some = self.by_word.get(word, ())
            if len(some) <= 200:  # A word that many share tells nobody apart.
                for party in some:
                    counts[party] += 1
        for party, count in counts.items():
            share = count / max(len(words), 1)
            if share >= 0.5:
                found[party] = (round(35 * share), _("The name resembles {party}."))
        for party in self.parties_by_iban.get(movement.iban, ()) if movement.iban else ():
            found[party] = (45, _THEIR_IBAN)
        ranked = sorted(found.items(), key=lambda each: -each[1][0])[:MOST_PROPOSALS]
        return [(party, score, reason) for party, (score, reason) in ranked]

    def _of_party(self, likely: tuple[int, int, Any], movement: Movement) -> list[Match]:
        """A party's items that make up the amount: one, some in order, two, or the oldest."""
        party, score, words = likely
        items = [item for item in self.by_party[party] if self._fits(item, movement)]
        items = sorted(items, key=lambda item: (item.due_on, item.key))[:MOST_COMBINED]
        if not items:
            return []
        reasons = [Reason(words, party=items[0].party)]
        found = []
        for item in items:
            if self.left[item.key] == movement.amount:
                why = [*reasons, Reason(_EXACTLY)]
                found.append(
                    self._scored((Share(item, movement.amount),), score + 45, why, movement)
                )
        together = self._making(items, movement.amount)
        if together:
            shares = tuple(Share(item, self.left[item.key]) for item in together)
            why = [*reasons, Reason(_("Together they are exactly this amount."))]
            found.append(self._scored(shares, score + 35, why, movement))
        if not found:
            whole = sum(self.left[item.key] for item in items)
            amount = movement.amount if abs(movement.amount) <= abs(whole) else whole
            why = [*reasons, Reason(_("What is due first, as far as it goes."))]
            shares = self._filled(items, amount)
            found.append(Match(shares, score, False, tuple(why), movement.amount - amount))
        return found

    def _making(self, items: Sequence[Item], amount: int) -> Sequence[Item]:
        """Two items or more that make the amount: the first so many in a row, or any two."""
        total = 0
        for count, item in enumerate(items, 1):
            total += self.left[item.key]
            if total == amount and count > 1:
                return items[:count]
        seen: dict[int, Item] = {}
        for item in items:
            still = self.left[item.key]
            if (other := seen.get(amount - still)) is not None:
                return [other, item]
            seen[still] = item
        return ()

    def _scored(
        self, shares: tuple[Share, ...], score: int, reasons: Iterable[Reason], movement: Movement
    ) -> Match:
        """A proposal, a little likelier when it came about when it was due."""
        near = shares[0].item.due_on[:7] == movement.on[:7]
        return Match(shares, min(score + (3 if near else 0), 96), False, tuple(reasons))


def match_all(
    matcher: Matcher, movements: Iterable[Movement]
) -> tuple[dict[int, Match], list[Movement]]:
    """The exact match of each movement, in order of days, and those that have none."""
    found: dict[int, Match] = {}
    rest = []
    for movement in sorted(movements, key=lambda each: (each.on, each.key)):
        match = matcher.exact(movement)
        if match is None:
            rest.append(movement)
            continue
        matcher.take(match)
        found[movement.key] = match
    return found, rest
