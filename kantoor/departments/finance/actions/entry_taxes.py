"""What manual entries say of tax: checked against their tax codes, then kept as facts.

A line that names a tax code is either a base line or, on an account of the code itself, a tax
line. For each code of an entry the two must agree within a minor unit for each base line, or the
base is as said (`tax_base`) where the entry has only the tax.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from kantoor.departments.finance.actions.tax import TaxCodes
from kantoor.departments.finance.drafts import EntryDraft, LineDraft
from kantoor.departments.finance.models import EntryTax, TaxCode
from kantoor.departments.finance.models.tax import SALE
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.money import LARGEST, MICRO, half_up_ratio
from kantoor.kernel.store.ids import take_ids
from kantoor.kernel.store.models import insert_rows

_WHOLE = 100 * MICRO


class CodeSums(NamedTuple):
    """What the lines of an entry under one tax code add up to, as the code counts them."""

    code: TaxCode
    base: int
    amount: int
    deductible: int
    said: bool
    lines: int
    """How many base lines there are: so many minor units may rounding differ."""
    first: LineDraft

    @property
    def expected(self) -> int:
        """The tax on the base, rounded half up."""
        return half_up_ratio(self.base * int(self.code.rate * MICRO), _WHOLE)

    @property
    def expected_deductible(self) -> int:
        """The part of the tax that is input tax, rounded half up."""
        return half_up_ratio(self.amount * int(self.code.deductible * MICRO), _WHOLE)

    def agrees(self) -> bool:
        """Whether the tax is what rate and base make, or the base is as said."""
        if self.said:
            return self.lines == 0 and -LARGEST <= self.base <= LARGEST
        may_differ = max(self.lines, 1)
        return (
            self.lines > 0
            and abs(self.amount - self.expected) <= may_differ
            and abs(self.deductible - self.expected_deductible) <= may_differ
        )


class EntryTaxes:
    """The taxes of entries under check, to be written when the entries have their keys."""

    def __init__(self, actor: Actor) -> None:
        self.codes = TaxCodes(actor.company_id, actor.country)
        self._noted: list[tuple[int, date, str, CodeSums]] = []

    def code(self, name: str, on: date) -> TaxCode | None:
        """The tax code of a line, of a sale or a purchase; None for one that is not in force."""
        if "\0" in name:
            return None
        return self.codes.sale_code(name, on) or self.codes.purchase_code(name, on)

    def note(self, place: int, entry: EntryDraft) -> bool:
        """Keep what an entry says of tax; False when something in it can't be."""
        sums = self.sums(entry)
        if sums is None or not all(each.agrees() for each in sums):
            return False
        if sums:
            parties = {line.party for line in entry.lines if line.party}
            party = parties.pop() if len(parties) == 1 else ""
            self._noted += [(place, entry.date, party, each) for each in sums]
        return True

    def sums(self, entry: EntryDraft) -> list[CodeSums] | None:
        """What each code's lines add up to; None when a code is not there."""
        by_code: dict[str, list[LineDraft]] = {}
        for line in entry.lines:
            if line.tax:
                by_code.setdefault(line.tax, []).append(line)
            elif line.tax_base is not None:
                return None
        found = []
        for name, lines in by_code.items():
            code = self.code(name, entry.date)
            if code is None:
                return None
            found.append(_sums(code, lines))
        return found

    def write(self, actor: Actor, keys: Sequence[int], parties: Mapping[str, int | None]) -> None:
        """Write the facts of the entries with these keys, in the order they were noted."""
        if not self._noted:
            return
        first = take_ids(EntryTax, len(self._noted))
        insert_rows(
            EntryTax,
            [
                (key, actor.company_id, keys[place], on.isoformat(), parties[party], each.code.pk,
                 each.code.category, int(each.code.rate * MICRO), each.base, each.amount,
                 each.deductible, int(each.said))
                for key, (place, on, party, each) in enumerate(self._noted, first)
            ],
        )  # fmt: skip


def _sums(code: TaxCode, lines: Sequence[LineDraft]) -> CodeSums:
    accounts = {
        each.code: what
        for what, each in (
            ("cost", code.cost_account),
            ("input", code.input_account),
            ("tax", code.tax_account),
        )
        if each is not None
    }
    sums = {"tax": 0, "input": 0, "cost": 0, "base": 0}
    count = 0
    for line in lines:
        what = accounts.get(line.account, "base")
        sums[what] += line.amount
        count += what == "base"
    said = [line.tax_base for line in lines if line.tax_base is not None]
    sale = code.use == SALE
    base = -sums["base"] if sale else sums["base"]
    amount = -sums["tax"] if sale or code.reversed else sums["input"] + sums["cost"]
    if code.reversed and sums["input"] + sums["cost"] != amount:
        # Both sides of a reverse charge stand in the entry, or it is no tax line of this code.
        return CodeSums(code, base, amount, sums["input"], bool(said), -1, lines[0])
    return CodeSums(
        code, sum(said) if said else base, amount, sums["input"], bool(said), count, lines[0]
    )


def reversed_taxes(actor: Actor, pairs: Mapping[int, tuple[int, str]]) -> None:
    """Write the opposite facts for reversals: by the entry undone, its reversal's key and date."""
    found = list(_opposite(actor, pairs))
    if found:
        first = take_ids(EntryTax, len(found))
        insert_rows(EntryTax, [(key, *row) for key, row in enumerate(found, first)])


def _opposite(actor: Actor, pairs: Mapping[int, tuple[int, str]]) -> Iterator[tuple[object, ...]]:
    keys = list(pairs)
    for start in range(0, len(keys), 500):
        facts = EntryTax.objects.filter(
            company_id=actor.company_id, entry_id__in=keys[start : start + 500]
        ).order_by("id")
        for each in facts:
            key, on = pairs[each.entry_id]
            yield (
                actor.company_id, key, on, each.party_id, each.tax_code_id, each.category,
                int(each.rate * MICRO), -each.base, -each.amount, -each.deductible, int(each.said),
            )  # fmt: skip
