"""Say what is wrong with drafts of entries: each fault with its place, in order of precedence.

An entry's own faults come before those of its lines; that it does not balance is said only when
its amounts are amounts.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.checking import (
    LONGEST_REFERENCE,
    LONGEST_TEXT,
    Checker,
    currencies,
    fits,
)
from kantoor.departments.finance.actions.currency.amounts import unsaid
from kantoor.departments.finance.actions.dimension_sets import canonical, known_pairs
from kantoor.departments.finance.actions.entry_taxes import CodeSums
from kantoor.departments.finance.drafts import MOST_LINES, EntryDraft, LineDraft
from kantoor.departments.finance.errors import (
    AmountOutOfRange,
    EmptyEntry,
    MissingRate,
    UnbalancedEntry,
    UnknownAccount,
    UnknownDimension,
    UnknownJournal,
    UnknownParty,
    UnknownTaxCode,
    WrongTax,
)
from kantoor.departments.finance.queries.currency.conversion import Rates, no_rate
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError, InvalidInput, Refusals
from kantoor.kernel.money import LARGEST

MOST = 20
"""So many faults are said at once."""

Faults = Iterator[DomainError]


def refusal_of(actor: Actor, checker: Checker) -> DomainError:
    """The refusal to raise for drafts that the checker found faulty: one error, or several."""
    found = list(islice(_faults(actor, checker), MOST))
    assert found, "the checker refused what has no fault"
    return found[0] if len(found) == 1 else Refusals(found)


def _faults(actor: Actor, checker: Checker) -> Faults:
    for number, entry in enumerate(checker.entries, 1):
        yield from _Entry(actor, checker, entry, number).faults()


class _Entry:
    """One entry under examination; each method finds one kind of fault."""

    def __init__(self, actor: Actor, checker: Checker, entry: EntryDraft, number: int) -> None:
        self.actor = actor
        self.checker = checker
        self.entry = entry
        self.place = (entry.lines[0].line if entry.lines else None) or number

    def faults(self) -> Faults:
        for find in (self._count, self._journal, self._date, self._texts):
            yield from find()
        wrong_amount = len(self.entry.lines) < 2
        for draft in self.entry.lines:
            for find_in in _LINE_FAULTS:
                for fault in find_in(self, draft, draft.line or self.place):
                    wrong_amount = wrong_amount or _no_amount(fault)
                    yield fault
        if not wrong_amount:
            yield from self._balance()
            yield from self._taxes()

    def _count(self) -> Faults:
        if len(self.entry.lines) < 2:
            yield EmptyEntry(_("An entry has two lines or more."), field="lines", line=self.place)
        if len(self.entry.lines) > MOST_LINES:
            message = _("An entry has no more than {most} lines; make more entries of it.")
            yield EmptyEntry(message.format(most=MOST_LINES), field="lines", line=self.place)

    def _journal(self) -> Faults:
        code = self.entry.journal
        if code not in self.checker.journals:
            words = _("There is no journal “{code}”.")
            if not code:
                words = _("There is no general journal; name the journal.")
            yield UnknownJournal(words.format(code=code), field="journal", line=self.place)

    def _date(self) -> Faults:
        try:
            self.checker.calendar.place(self.entry.date.isoformat(), self.place)
        except DomainError as fault:
            yield fault

    def _texts(self) -> Faults:
        yield from _text(self.entry.text, LONGEST_TEXT, "text", self.place)
        yield from _text(self.entry.reference, LONGEST_REFERENCE, "reference", self.place)

    def _account(self, draft: LineDraft, line: int) -> Faults:
        if draft.account not in self.checker.accounts:
            message = _("There is no account “{code}” in use.").format(code=draft.account)
            yield UnknownAccount(message, field="account", line=line)

    def _party(self, draft: LineDraft, line: int) -> Faults:
        if draft.party not in self.checker.parties:
            message = _("There is no party “{code}”.").format(code=draft.party)
            yield UnknownParty(message, field="party", line=line)

    def _dimensions(self, draft: LineDraft, line: int) -> Faults:
        if canonical(draft.dimensions) in self.checker.dimensions:
            return
        pairs = draft.dimensions.items()
        for pair in sorted(set(pairs) - known_pairs(self.actor.company_id, pairs)):
            message = _("There is no {dimension} “{value}” in use.")
            yield UnknownDimension(
                message.format(dimension=pair[0], value=pair[1]), field=pair[0], line=line
            )

    def _currency(self, draft: LineDraft, line: int) -> Faults:
        own, said = self.checker.currency, draft.currency_amount
        if draft.currency in ("", own):
            if said not in (None, draft.amount):
                message = _("In {own} both amounts are the same.").format(own=own)
                yield InvalidInput(message, field="currency_amount", line=line)
        elif draft.currency not in currencies():
            message = _("“{code}” is no currency of ISO 4217.").format(code=draft.currency)
            yield InvalidInput(message, field="currency", line=line)
        elif unsaid(own, draft):
            yield self._unrated(draft, line)
        elif said is None:
            words = _("{currency} is not the company's currency: give the amount in {own} too.")
            yield MissingRate(
                words.format(currency=draft.currency, own=own), field="currency", line=line
            )
        elif not -LARGEST <= said <= LARGEST:
            yield AmountOutOfRange(
                _("The amount is beyond 64 bits."), field="currency_amount", line=line
            )
        elif not fits(draft.currency, said, draft.amount):
            words = _("Both amounts are debit, or both are credit.")
            yield InvalidInput(words, field="currency_amount", line=line)

    def _unrated(self, draft: LineDraft, line: int) -> DomainError:
        on = self.entry.date.isoformat()
        if Rates(self.actor, [(draft.currency, on)]).find(draft.currency, on) is None:
            return no_rate(draft.currency, self.checker.currency, on, line)
        words = _("At the rate of the day this comes to nothing in {own}.")
        message = words.format(own=self.checker.currency)
        return AmountOutOfRange(message, field="amount", line=line)

    def _amount(self, draft: LineDraft, line: int) -> Faults:
        if unsaid(self.checker.currency, draft):
            return  # Its fault is that there is no rate, or what is said of the currency.
        if not draft.amount:
            yield EmptyEntry(_("A line needs an amount."), field="amount", line=line)
        elif not -LARGEST <= draft.amount <= LARGEST:
            yield AmountOutOfRange(_("The amount is beyond 64 bits."), field="amount", line=line)

    def _said(self, draft: LineDraft, line: int) -> Faults:
        yield from _text(draft.text, LONGEST_TEXT, "text", line)

    def _tax(self, draft: LineDraft, line: int) -> Faults:
        if not draft.tax:
            if draft.tax_base is not None:
                message = _("Say the tax code that this is the base of.")
                yield WrongTax(message, field="tax_base", line=line)
        elif self.checker.taxes and self.checker.taxes.code(draft.tax, self.entry.date) is None:
            message = _("There is no tax code “{code}” on {date}.")
            said = message.format(code=draft.tax[:40], date=self.entry.date)
            yield UnknownTaxCode(said, field="tax", line=line)

    def _taxes(self) -> Faults:
        sums = self.checker.taxes.sums(self.entry) if self.checker.taxes else None
        for each in sums or ():
            if not each.agrees():
                line = each.first.line or self.place
                yield WrongTax(_wrong_tax(each), field="tax", line=line)

    def _balance(self) -> Faults:
        amounts = [line.amount for line in self.entry.lines]
        if total := sum(amounts):
            message = _("Debit and credit differ by {difference} minor units; make them equal.")
            yield UnbalancedEntry(message.format(difference=total), field="amount", line=self.place)
        elif sum(amount for amount in amounts if amount > 0) > LARGEST:
            yield AmountOutOfRange(
                _("The entry's total is beyond 64 bits."), field="amount", line=self.place
            )


_LINE_FAULTS: Sequence[Callable[[_Entry, LineDraft, int], Faults]] = (
    _Entry._account,
    _Entry._party,
    _Entry._dimensions,
    _Entry._currency,
    _Entry._amount,
    _Entry._said,
    _Entry._tax,
)


def _wrong_tax(sums: CodeSums) -> str:
    code = sums.code.code
    if sums.said and sums.lines >= 0:
        words = _("{code}: a base is said only where no line is the base, and within 64 bits.")
        return words.format(code=code)
    if not sums.lines:
        return _("{code}: name the code on the base line too, or say the base.").format(code=code)
    if sums.code.reversed:
        words = _(
            "{code}: {tax} minor units of tax on {base} are owed and, as far as deductible,"
            " asked back: a credit and a debit line with this code."
        )
    else:
        words = _("{code}: the tax on {base} is {tax} minor units, but the lines say {said}.")
    return words.format(code=code, base=sums.base, tax=sums.expected, said=sums.amount)


def _no_amount(fault: DomainError) -> bool:
    """Whether for this fault nothing can be said of the entry's balance."""
    return fault.place.field == "amount" or isinstance(fault, MissingRate)


def _text(text: str, longest: int, field: str, line: int) -> Faults:
    if len(text) > longest:
        message = _("This is longer than {most} characters.").format(most=longest)
        yield InvalidInput(message, field=field, line=line)
    if "\0" in text:
        yield InvalidInput(_("The text has a NUL character."), field=field, line=line)
