"""Book what is certain: exact matches, money between own accounts, returns, automatic rules."""

from collections.abc import Sequence

from django.utils.encoding import force_str
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.banking.accounts import bank_account as named_account
from kantoor.departments.finance.actions.banking.bookings import PERMISSION, write_bookings
from kantoor.departments.finance.actions.banking.ready import Books, ReadyBooking
from kantoor.departments.finance.actions.banking.returns import Returned, book_returns, returned_of
from kantoor.departments.finance.drafts_banking import LeftOver, LineBooking, LinesBooked
from kantoor.departments.finance.models import BankAccount, StatementLine
from kantoor.departments.finance.queries.banking.candidates import (
    matcher_of_all,
    movement_of,
    own_accounts,
)
from kantoor.departments.finance.queries.banking.matches import Match, Movement
from kantoor.departments.finance.queries.banking.matching import TRANSFERS, match_all
from kantoor.departments.finance.queries.banking.rules import first_fitting, rules_of
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError
from kantoor.kernel.jobs.declared import job
from kantoor.kernel.jobs.work import Work

AT_ONCE = 100_000
MOST_LEFT = 1_000
"""Lines that an answer names as left; the register has them all."""


@action(permission=PERMISSION, title=_("Book what is certain"))
def book_certain(actor: Actor, /, *, bank_account: str = "") -> LinesBooked:
    """Book every line that is certain, of one bank account or all, the oldest first.

    Certain is a payment that gives a reference or number and pays exactly what is open of it; one
    from a known IBAN for the only item of its amount; money between own accounts; a returned
    payment of which the original is known; and what an automatic rule fits. The others are in
    `left` with the reason. Raises NotFound for the bank account.
    """
    lines = _to_book(actor, bank_account)
    work = _Certain(actor, lines)
    work.go()
    return work.answer()


@job(title=_("Book what is certain"))
def book_certain_in_background(work: Work, /, *, bank_account: str = "") -> LinesBooked:
    """Book what is certain while one goes on; broken off, it begins anew."""
    work.progress(0, None, _("Matching the lines"))
    found = book_certain(work.actor, bank_account=bank_account)
    work.progress(found.lines, found.lines, "")
    return found


def _to_book(actor: Actor, code: str) -> list[StatementLine]:
    """The lines without an entry, the oldest first."""
    accounts = BankAccount.objects.filter(company_id=actor.company_id)
    if code:
        accounts = accounts.filter(pk=named_account(actor, code, "bank_account").pk)
    found = StatementLine.objects.filter(
        bank_account__in=list(accounts.values_list("pk", flat=True)), entry=None
    ).exclude(amount=0)
    return list(found.order_by("booked_on", "id")[:AT_ONCE])


class _Certain:
    """The lines to book, what is certain of them, and what was left."""

    def __init__(self, actor: Actor, lines: Sequence[StatementLine]) -> None:
        self.actor = actor
        self.lines = {line.pk: line for line in lines}
        self.left: list[LeftOver] = []
        self.done: list[LinesBooked] = []

    def go(self) -> None:
        """Returns first, since they open items again; then what pays items, transfers, rules."""
        if not self.lines:
            return
        returns = returned_of(self.actor, list(self.lines.values()))
        self._returns(returns)
        rest = [line for key, line in self.lines.items() if key not in returns]
        matched = self._matched([line for line in rest if not line.returned])
        by_rule = self._by_rule([line for line in rest if line.pk not in matched])
        wanted = [LineBooking(line=key) for key in matched] + list(by_rule.values())
        if wanted:
            items = [share.item.key for match in matched.values() for share in match.shares]
            books = Books(self.actor, wanted, items)
            self._write(books, self._exact(books, matched), "exact")
            self._write(books, self._ruled(books, by_rule), "rule")
        certain = {*matched, *by_rule, *returns}
        for line in rest:
            if line.pk not in certain:
                self._leave(line.pk, _("Nothing is certain of this line."))

    def _matched(self, lines: Sequence[StatementLine]) -> dict[int, Match]:
        """The exact match of each line that has one, currency by currency."""
        currencies = dict(
            BankAccount.objects.filter(company_id=self.actor.company_id).values_list(
                "pk", "currency"
            )
        )
        by_currency: dict[str, list[Movement]] = {}
        for line in lines:
            currency = currencies[line.bank_account_id]
            by_currency.setdefault(currency, []).append(movement_of(line))
        found: dict[int, Match] = {}
        for currency, movements in by_currency.items():
            matcher = matcher_of_all(self.actor.company_id, currency)
            found |= match_all(matcher, movements)[0]
        return found

    def answer(self) -> LinesBooked:
        """All that was booked, as one."""
        if not self.done:
            return LinesBooked(lines=0, first="", last="", settled=0, left=self.left[:MOST_LEFT])
        return LinesBooked(
            lines=sum(each.lines for each in self.done),
            first=self.done[0].first,
            last=self.done[-1].last,
            settled=sum(each.settled for each in self.done),
            left=self.left[:MOST_LEFT],
        )

    def _leave(self, key: int, why: object) -> None:
        self.left.append(LeftOver(key, force_str(why)))

    def _exact(self, books: Books, matched: dict[int, Match]) -> list[ReadyBooking]:
        ready = []
        for place, (key, match) in enumerate(matched.items(), 1):
            shares = [(share.item.key, share.amount) for share in match.shares]
            try:
                line = books.line(key, place)
                ready.append(books.made(place, LineBooking(line=key), line, shares))
            except DomainError as error:
                self._leave(key, error.message)
        return ready

    def _ruled(self, books: Books, wanted: dict[int, LineBooking]) -> list[ReadyBooking]:
        ready = []
        for place, (key, booking) in enumerate(wanted.items(), 1):
            try:
                ready.append(books.made(place, booking, books.line(key, place), ()))
            except DomainError as error:
                self._leave(key, error.message)
        return ready

    def _write(self, books: Books, ready: Sequence[ReadyBooking], how: str) -> None:
        if ready:
            self.done.append(write_bookings(self.actor, books, ready, how))
            books.written()

    def _returns(self, returns: dict[int, Returned]) -> None:
        if not returns:
            return
        booked, refused = book_returns(self.actor, returns)
        if booked is not None:
            self.done.append(booked)
        self.left += refused

    def _by_rule(self, lines: Sequence[StatementLine]) -> dict[int, LineBooking]:
        """Lines between own accounts, and those that an automatic rule fits."""
        own = own_accounts(self.actor.company_id)
        rules = [rule for rule in rules_of(self.actor) if rule.automatic]
        found: dict[int, LineBooking] = {}
        for line in lines:
            other = own.get(line.iban) if line.iban else None
            if other is not None and other.pk != line.bank_account_id:
                found[line.pk] = LineBooking(line=line.pk, account=TRANSFERS)
                continue
            if line.returned:
                continue
            rule = first_fitting(rules, movement_of(line), line.bank_account_id)
            if rule is not None:
                found[line.pk] = LineBooking(
                    line=line.pk,
                    account=rule.account.code if rule.account else "",
                    party=rule.party.code if rule.party else "",
                    tax=rule.tax,
                    text=rule.text,
                )
        return found
