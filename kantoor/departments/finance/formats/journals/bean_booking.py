"""Book Beancount's postings: find the lots that are reduced, infer what was left out, prove sums.

The rules are those of Beancount 3: lots are matched by what the braces say, an ambiguous match is
refused unless the account books first-in-first-out or its like; what is inferred is rounded to the
precision of the entry's own amounts, and an entry may be off by half of it.
"""

import datetime
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.formats.journals.bean_values import (
    BeanEntry,
    BeanPosting,
    Lot,
    Options,
)
from kantoor.departments.finance.formats.journals.numbers import EXACT
from kantoor.departments.finance.formats.journals.values import (
    ZERO,
    Amount,
    Posting,
    Unreadable,
    exact_sum,
)

_DIVIDE = Context(prec=28)
_MOST_DIGITS = 5


class Held(NamedTuple):
    """A kind of lot: what it cost for each unit, since when, with which label."""

    number: Decimal
    currency: str
    date: datetime.date
    label: str | None


Inventory = dict[tuple[str, Held], Decimal]


class Booking:
    """The lots of all accounts as entries go by in order of date."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.methods: dict[str, str] = {}
        self.lots: dict[str, Inventory] = {}

    def book(self, written: BeanEntry) -> list[Posting]:
        """The postings of an entry, whole; raises Unreadable."""
        tolerances = self._tolerances(written)
        parts: list[_Part] = []
        for posting in written.postings:
            parts.extend(self._parts(posting, written))
        _infer_currencies(parts)
        _interpolate(parts, tolerances)
        _prove(parts, tolerances, written.entry.line)
        for part in parts:
            self._keep(part)
        return [made for part in parts if (made := part.made()) is not None]

    def _tolerances(self, written: BeanEntry) -> dict[str, Decimal]:
        found: dict[str, Decimal] = {}
        for posting in written.postings:
            if posting.number is None or not posting.currency:
                continue
            power = posting.number.as_tuple().exponent
            if not isinstance(power, int) or power >= 0:
                continue
            tolerance = self.options.multiplier.scaleb(power)
            found[posting.currency] = max(tolerance, found.get(posting.currency, ZERO))
            if self.options.from_cost:
                _add_cost_tolerance(found, posting, tolerance)
        set_by_option = dict(self.options.tolerances)
        for currency, tolerance in set_by_option.items():
            if currency != "*":
                found.setdefault(currency, tolerance)
        if "*" in set_by_option:
            for posting in written.postings:
                for currency in (posting.currency, posting.price_currency):
                    if currency:
                        found.setdefault(currency, set_by_option["*"])
        return found

    def _parts(self, posting: BeanPosting, written: BeanEntry) -> "list[_Part]":
        lot = posting.lot
        if lot is None:
            return [_Part(posting, written)]
        inventory = self.lots.get(posting.account, {})
        method = self.methods.get(posting.account, self.options.booking)
        units = posting.number
        if units is None or method == "NONE":
            return [_Part(posting, written)]
        held = {
            key: count for key, count in inventory.items()
            if key[0] == posting.currency and count and (count > 0) != (units > 0)
        }  # fmt: skip
        if not held:
            return [_Part(posting, written)]
        return self._reduce(posting, written, held, units, method)

    def _reduce(
        self, posting: BeanPosting, written: BeanEntry, held: Inventory, units: Decimal, method: str
    ) -> "list[_Part]":
        assert posting.lot is not None
        fitting = {key: count for key, count in held.items() if _fits(key[1], posting.lot, units)}
        if not fitting:
            raise Unreadable("lot", _("No lot that is held fits this posting."), posting.line)
        total = sum(fitting.values(), ZERO)
        if len(fitting) > 1 and method == "STRICT" and total != -units:
            message = _("Several lots fit this posting; say which one.")
            raise Unreadable("lot", message, posting.line)
        if abs(total) < abs(units):
            message = _("There is less of this lot than is taken.")
            raise Unreadable("lot", message, posting.line)
        keys = sorted(fitting, key=lambda key: key[1].date)
        if method == "LIFO":
            keys.reverse()
        elif method == "HIFO":
            keys.sort(key=lambda key: -key[1].number)
        parts, left = [], units
        for key in keys:
            if not left:
                break
            taken = -fitting[key] if abs(fitting[key]) < abs(left) else left
            parts.append(_Part(posting, written, taken, key[1]))
            left = EXACT.subtract(left, taken)
        return parts

    def _keep(self, part: "_Part") -> None:
        if part.lot is None or part.number is None:
            return
        inventory = self.lots.setdefault(part.posting.account, {})
        key = part.currency, part.held()
        count = exact_sum(inventory.get(key, ZERO), part.number)
        if count:
            inventory[key] = count
        else:
            inventory.pop(key, None)


def _add_cost_tolerance(
    found: dict[str, Decimal], posting: BeanPosting, tolerance: Decimal
) -> None:
    lot = posting.lot
    if lot is not None and lot.number is not None and lot.currency:
        add = EXACT.multiply(tolerance, lot.number)
        found[lot.currency] = exact_sum(found.get(lot.currency, ZERO), add)
    elif posting.price is not None and posting.price_currency and not posting.whole:
        add = EXACT.multiply(tolerance, posting.price)
        found[posting.price_currency] = exact_sum(found.get(posting.price_currency, ZERO), add)


def _fits(held: Held, lot: Lot, units: Decimal) -> bool:
    number = lot.number
    if lot.total is not None and units:
        number = _DIVIDE.divide(lot.total, abs(units))
    return (
        (number is None or number == held.number)
        and (not lot.currency or lot.currency == held.currency)
        and (lot.date is None or lot.date == held.date)
        and (lot.label is None or lot.label == held.label)
    )


class _Part:
    """A posting, or that part of one that reduces one lot."""

    def __init__(
        self,
        posting: BeanPosting,
        written: BeanEntry,
        units: Decimal | None = None,
        held: Held | None = None,
        currency: str = "",
    ) -> None:
        self.posting = posting
        self.entry = written.entry
        self.number = posting.number if units is None else units
        self.currency = currency or posting.currency
        self.price = posting.price
        self.price_currency = posting.price_currency
        lot = posting.lot
        self.lot: Lot | None = lot
        if held is not None:
            self.lot = Lot(held.number, None, held.currency, held.date, held.label)
        elif lot is not None:
            self.lot = Lot(lot.number, lot.total, lot.currency, lot.date, lot.label)
        self.inferred = False

    def held(self) -> Held:
        """The kind of lot that this makes or takes."""
        lot = self.lot
        assert lot is not None and self.number is not None
        number = lot.number or ZERO
        if lot.total is not None and self.number:
            number = exact_sum(number, _DIVIDE.divide(lot.total, abs(self.number)))
        return Held(number, lot.currency, lot.date or self.entry.date, lot.label)

    def group(self) -> str:
        """The currency that it counts in."""
        if self.lot is not None:
            return self.lot.currency
        return self.price_currency if self.posting.priced else self.currency

    def weight(self) -> Decimal | None:
        """What it counts for, or None while something is missing."""
        if self.number is None:
            return None
        if self.lot is not None:
            return self._cost(self.lot)
        if not self.posting.priced:
            return self.number
        if self.price is None:
            return None
        if self.posting.whole:
            return self.price.copy_sign(self.number) if self.number else ZERO
        return EXACT.multiply(self.price, self.number)

    def _cost(self, lot: Lot) -> Decimal | None:
        assert self.number is not None
        if not lot.priced:
            return None
        total = EXACT.multiply(lot.number or ZERO, self.number)
        if lot.total is not None:
            total = exact_sum(total, lot.total.copy_sign(self.number))
        return total

    def made(self) -> Posting | None:
        """The posting with all its amounts."""
        if self.number is None:
            return None
        weight = self.weight()
        group = self.group()
        cost = None
        if weight is not None and group != self.currency:
            cost = Amount(weight, group)
        return Posting(
            self.posting.account,
            Amount(self.number, self.currency),
            cost,
            line=self.posting.line,
            inferred=self.inferred,
        )


def _infer_currencies(parts: list[_Part]) -> None:
    """Currencies that were left out where all others are of one kind."""
    groups = {part.group() for part in parts if part.group()}
    only = groups.pop() if len(groups) == 1 else ""
    for part in parts:
        if part.lot is not None and not part.lot.currency:
            part.lot.currency = part.price_currency or only
        if part.posting.priced and not part.price_currency:
            part.price_currency = only
        if part.number is not None and not part.currency:
            part.currency = only
        if part.number is not None and not part.group():
            raise Unreadable("amount", _("The currency is missing."), part.posting.line)


def _interpolate(parts: list[_Part], tolerances: dict[str, Decimal]) -> None:
    bare = [part for part in parts if part.number is None and not part.currency]
    if len(bare) > 1:
        message = _("Only one posting of an entry can leave out its amount.")
        raise Unreadable("balance", message, bare[1].posting.line)
    groups = list(dict.fromkeys(part.group() for part in parts if part.group()))
    done: list[_Part] = []
    for group in groups:
        mine = [part for part in parts if part.group() == group and part not in bare]
        missing = [part for part in mine if part.weight() is None]
        if len(missing) > 1:
            message = _("More is left out of this entry than can be inferred.")
            raise Unreadable("balance", message, missing[1].posting.line)
        rest = _rest(mine)
        if missing:
            _fill(missing[0], -rest, tolerances)
        elif bare and (rest or len(groups) == 1):
            done.append(_filled(bare[0], group, _rounded(-rest, tolerances.get(group))))
    if bare:
        place = parts.index(bare[0])
        parts[place : place + 1] = done


def _rest(parts: list[_Part]) -> Decimal:
    total = ZERO
    for part in parts:
        total = exact_sum(total, part.weight() or ZERO)
    return total


def _filled(part: _Part, currency: str, number: Decimal) -> _Part:
    made = _Part(part.posting, BeanEntry(part.entry, []), number, currency=currency)
    made.inferred = True
    return made


def _rounded(number: Decimal, tolerance: Decimal | None) -> Decimal:
    if not tolerance:
        return number
    quantum = (tolerance * 2).normalize()
    if len(quantum.as_tuple().digits) >= _MOST_DIGITS:
        return number
    return number.quantize(quantum, rounding=ROUND_HALF_EVEN, context=EXACT)


def _fill(part: _Part, weight: Decimal, tolerances: dict[str, Decimal]) -> None:
    """The one number that is missing of a posting whose weight follows from the others."""
    part.inferred = True
    if part.number is None:
        each = None
        if part.lot is not None:
            each = part.lot.number
        elif part.posting.priced:
            each = part.price
        if part.lot is None and not part.posting.priced:
            number = weight
        elif each:
            number = _DIVIDE.divide(weight, each)
        else:
            message = _("More is left out of this entry than can be inferred.")
            raise Unreadable("balance", message, part.posting.line)
        part.number = _rounded(number, tolerances.get(part.currency))
    elif part.lot is not None:
        part.lot.total = abs(weight)
    elif part.number:
        part.price = abs(weight) if part.posting.whole else abs(_DIVIDE.divide(weight, part.number))


def _prove(parts: list[_Part], tolerances: dict[str, Decimal], line: int) -> None:
    for group in dict.fromkeys(part.group() for part in parts):
        rest = _rest([part for part in parts if part.group() == group])
        if abs(rest) > tolerances.get(group, ZERO):
            message = _("The entry does not add up: {rest} is left.")
            said = message.format(rest=f"{rest.normalize():f} {group}")
            raise Unreadable("unbalanced", said, line)
