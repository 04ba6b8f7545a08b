"""Make entries whole: infer what was left out, set and check claimed balances, prove the sums."""

from collections.abc import Iterable
from decimal import Context, Decimal

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.formats.journals.numbers import EXACT
from kantoor.departments.finance.formats.journals.postings import decimals_of
from kantoor.departments.finance.formats.journals.values import (
    ZERO,
    Amount,
    Entry,
    Posting,
    Unreadable,
    exact_sum,
)


class Running:
    """What accounts hold so far, for balances that a journal claims."""

    def __init__(self) -> None:
        self.held: dict[str, dict[str, Decimal]] = {}
        self.places: dict[str, int] = {}

    def note_places(self, entry: Entry) -> None:
        """Keep with how many decimals each commodity is written; what costs say doesn't count."""
        for posting in entry.postings:
            if posting.amount is not None:
                name = posting.amount.commodity
                places = decimals_of(posting.amount.quantity)
                self.places[name] = max(self.places.get(name, 0), places)

    def add(self, posting: Posting) -> None:
        assert posting.amount is not None
        held = self.held.setdefault(posting.account, {})
        before = held.get(posting.amount.commodity, ZERO)
        held[posting.amount.commodity] = exact_sum(before, posting.amount.quantity)

    def of(self, account: str, commodity: str, deep: bool) -> Decimal:
        """How much an account holds of a commodity, with `deep` its sub-accounts too."""
        total = self.held.get(account, {}).get(commodity, ZERO)
        if deep:
            for name, held in self.held.items():
                if name.startswith(f"{account}:"):
                    total = exact_sum(total, held.get(commodity, ZERO))
        return total

    def others(self, account: str, commodity: str) -> bool:
        """Whether it holds anything of another commodity."""
        return any(total for name, total in self.held.get(account, {}).items() if name != commodity)


def make_whole(entry: Entry, running: Running, bucket: str = "") -> list[tuple[Posting, Decimal]]:
    """Infer the amounts that the entry leaves out and check that it adds up.

    Gives the claimed balances that are not so, each with what there is. Raises Unreadable.
    """
    if bucket and len(entry.postings) == 1 and not entry.postings[0].virtual:
        entry.postings.append(Posting(bucket, None, line=entry.line))
    _assign(entry, running)
    running.note_places(entry)
    for virtual in ("", "balanced"):
        group = [each for each in entry.postings if each.virtual == virtual]
        _balance(entry, group, running.places)
    for posting in entry.postings:
        if posting.amount is None:
            raise Unreadable("balance", _("A virtual posting needs its amount."), posting.line)
    return _claims(entry, running)


def _assign(entry: Entry, running: Running) -> None:
    """Amounts that follow from a claimed balance (`= $500` without an amount)."""
    seen: list[Posting] = []
    for posting in entry.postings:
        claim = posting.assertion
        if posting.amount is None and claim is not None:
            before = running.of(posting.account, claim.amount.commodity, claim.deep)
            for each in seen:
                amount = each.amount
                same = amount is not None and amount.commodity == claim.amount.commodity
                if amount is not None and same and each.account == posting.account:
                    before = exact_sum(before, amount.quantity)
            quantity = EXACT.subtract(claim.amount.quantity, before)
            posting.amount = Amount(quantity, claim.amount.commodity)
            posting.inferred = True
        seen.append(posting)


def _balance(entry: Entry, group: list[Posting], places: dict[str, int]) -> None:
    if not group:
        return
    left_out = [each for each in group if each.amount is None]
    if len(left_out) > 1:
        message = _("Only one posting of an entry can leave out its amount.")
        raise Unreadable("balance", message, left_out[1].line)
    given = [each for each in group if each.amount is not None]
    sums = _sums(given)
    if left_out:
        _infer(entry, left_out[0], {name: total for name, total in sums.items() if total}, given)
        return
    wrong = {
        name: total for name, total in sums.items() if not _is_nought(given, name, total, places)
    }
    if len(wrong) == 2 and all(each.cost is None for each in given):
        _infer_cost(given, wrong)
        return
    if wrong:
        parts = ", ".join(f"{total.normalize():f} {name}".strip() for name, total in wrong.items())
        words = _("The entry does not add up: {rest} is left.")
        raise Unreadable("unbalanced", words.format(rest=parts[:200]), entry.line)


def _sums(postings: Iterable[Posting]) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for posting in postings:
        weight = posting.weight
        sums[weight.commodity] = exact_sum(sums.get(weight.commodity, ZERO), weight.quantity)
    return sums


def _infer(entry: Entry, posting: Posting, sums: dict[str, Decimal], given: list[Posting]) -> None:
    """Give the posting what is left; of several commodities it becomes as many postings."""
    posting.inferred = True
    if not sums:
        first = given[0].weight.commodity if given else ""
        posting.amount = Amount(ZERO, first)
        return
    place = entry.postings.index(posting)
    more = []
    for name, total in sums.items():
        more.append(
            Posting(
                posting.account,
                Amount(-total, name),
                virtual=posting.virtual,
                line=posting.line,
                text=posting.text,
                assertion=posting.assertion,
                inferred=True,
            )
        )
    entry.postings[place : place + 1] = more


def _is_nought(
    given: list[Posting], commodity: str, total: Decimal, places: dict[str, int]
) -> bool:
    """Whether a rest is below what amounts of the commodity show, in the entry or the journal."""
    if not total:
        return True
    written = [
        decimals_of(each.amount.quantity)
        for each in given
        if each.amount is not None and each.amount.commodity == commodity
    ]
    costs = [
        decimals_of(each.cost.quantity)
        for each in given
        if each.cost is not None and each.cost.commodity == commodity
    ]
    shown = max(written) if written else places.get(commodity, max(costs, default=0))
    return abs(total) * 2 < Decimal(1).scaleb(-shown)


def _infer_cost(given: list[Posting], wrong: dict[str, Decimal]) -> None:
    """Two commodities that face each other were changed for one another."""
    order = list(dict.fromkeys(each.weight.commodity for each in given))
    first, second = [name for name in order if name in wrong]
    if (wrong[first] > 0) == (wrong[second] > 0):
        message = _("The entry does not add up: two commodities are both left on one side.")
        raise Unreadable("unbalanced", message)
    # The first is what was bought or sold; the second what it cost.
    changed = [each for each in given if each.weight.commodity == first]
    rest = -wrong[second]
    for place, posting in enumerate(changed):
        assert posting.amount is not None
        if place == len(changed) - 1:
            share = rest
        else:
            part = EXACT.multiply(-wrong[second], posting.amount.quantity)
            share = Context(prec=28).divide(part, wrong[first])
            rest = EXACT.subtract(rest, share)
        posting.cost = Amount(share, second)


def _claims(entry: Entry, running: Running) -> list[tuple[Posting, Decimal]]:
    wrong = []
    for posting in entry.postings:
        running.add(posting)
        claim = posting.assertion
        if claim is None:
            continue
        held = running.of(posting.account, claim.amount.commodity, claim.deep)
        others = claim.total and running.others(posting.account, claim.amount.commodity)
        if held != claim.amount.quantity or others:
            wrong.append((posting, held))
    return wrong
