"""Join statements to those before: each begins where the last ended, and no line comes twice.

Where a statement does not begin at the last closing balance, it may overlap: then its known lines
are left out, and what remains must lead from the last closing balance to its own. A gap, or an
overlap that doesn't, is named and nothing of the file is taken in.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.formats.bank.model import BankEntry, BankStatement
from kantoor.departments.finance.formats.bank.proof import Fault, plain
from kantoor.departments.finance.models import BankAccount
from kantoor.kernel.store.lookup import fetch, rows_by_key

Fresh = tuple[BankEntry, int, str]
"""A new entry, how many were like it in everything before, and its key."""


class Link(NamedTuple):
    """A statement as it joins the chain: from `opening` by its fresh entries to `closing`."""

    statement: BankStatement
    digest: str
    opened_on: date
    closed_on: date
    opening: int
    closing: int
    fresh: Sequence[Fresh]
    known: int
    wholly_known: bool
    fault: Fault | None


class _End(NamedTuple):
    """Where the chain begins or ends."""

    on: date
    balance: int


def line_key(entry: BankEntry) -> str:
    """What an entry is recognised by: all that the bank says of it, in 32 hexadecimal digits."""
    parts = [
        "|".join((str(p.amount), p.end_to_end, p.iban, p.name, p.text, p.creditor_reference))
        for p in entry.parts
    ]
    said = [
        entry.booked_on.isoformat(),
        entry.valued_on.isoformat(),
        str(entry.amount),
        entry.reference,
        entry.kind,
        *parts,
    ]
    return hashlib.sha256("\x1f".join(said).encode()).hexdigest()[:32]


class Chain:
    """The statements of one bank account, by their ends, and the lines that are known of it."""

    def __init__(self, account: BankAccount, lenient: bool) -> None:
        self.account = account
        self.lenient = lenient
        self.first, self.last = _ends(account.pk)
        self.digests: set[str] = set()
        self.held: Counter[str] = Counter()

    def join(self, statements: Sequence[BankStatement]) -> Iterator[Link]:
        """Each statement as it joins, in order of their days; the chain grows by it."""
        keys = {id(each): [line_key(entry) for entry in each.entries] for each in statements}
        digests = {
            id(each): _digest(each, keys[id(each)], self.account.currency) for each in statements
        }
        self.digests = _known_digests(self.account.pk, digests.values())
        self.held = _known_keys(self.account.pk, {key for some in keys.values() for key in some})
        for each in sorted(statements, key=_when):
            link = self._join(each, keys[id(each)], digests[id(each)])
            if not link.wholly_known:
                self._grow(link)
            yield link

    def _join(self, said: BankStatement, keys: Sequence[str], digest: str) -> Link:
        opened_on, closed_on = _days(said)
        if digest in self.digests:
            return Link(said, digest, opened_on, closed_on, 0, 0, (), len(keys), True, None)
        known, fresh = self._parted(said, keys)
        moved = sum([entry.amount for entry, _repeat, _key in fresh])
        opening, closing = self._balances(said, known, moved)
        every = self._every(said, keys)

        def link(start: int, some: Sequence[Fresh], known: int, fault: Fault | None = None) -> Link:
            end = closing if closing is not None else start + sum(e.amount for e, _r, _k in some)
            return Link(said, digest, opened_on, closed_on, start, end, some, known, False, fault)

        if self.last is None or self.first is None:
            return link(opening, every, 0)
        follows = opened_on >= self.last.on or (not known and closed_on >= self.last.on)
        if opening == self.last.balance and follows:
            return link(opening, every, 0)
        if closing == self.first.balance and closed_on <= self.first.on:
            return link(opening, every, 0)
        if known and not fresh:
            return Link(said, digest, opened_on, closed_on, 0, 0, (), known, True, None)
        if known and closing == self.last.balance + moved and closed_on >= self.last.on:
            return link(self.last.balance, fresh, known)
        return link(opening, fresh, known, self._fault(said, opening, known, opened_on))

    def _balances(self, said: BankStatement, known: int, moved: int) -> tuple[int, int | None]:
        """Where it begins and ends; a form without opening balance begins where the last ended."""
        closing = said.closing.amount if said.closing else None
        if said.opening is not None:
            return said.opening.amount, closing
        if known and self.last is not None:
            return self.last.balance, closing
        if closing is not None:
            return closing - said.moved, closing
        return (self.last.balance if self.last else 0), None

    def _fault(self, said: BankStatement, opening: int, known: int, opened_on: date) -> Fault:
        assert self.last is not None
        currency = self.account.currency
        if known:
            message = _(
                "It overlaps: {known} of its {count} lines are there already, but the others don't"
                " lead from the last closing balance of {last} to its own."
            )
            text = message.format(
                known=known, count=len(said.entries), last=plain(self.last.balance, currency)
            )
            return Fault("bank.overlap", text)
        if opened_on < self.last.on:
            message = _(
                "It begins on {date}, before the last statement ended on {last}, and brings other"
                " lines."
            )
            return Fault("bank.overlap", message.format(date=opened_on, last=self.last.on))
        message = _(
            "Its opening balance {opening} is not the closing balance {closing} of {date}: a"
            " statement in between is missing."
        )
        said_so = message.format(
            opening=plain(opening, currency),
            closing=plain(self.last.balance, currency),
            date=self.last.on,
        )
        return Fault("bank.gap", said_so)

    def _parted(self, said: BankStatement, keys: Sequence[str]) -> tuple[int, list[Fresh]]:
        """How many entries are known, and those that are not."""
        left = self.held.copy()
        fresh: list[Fresh] = []
        known = 0
        new: Counter[str] = Counter()
        for entry, key in zip(said.entries, keys, strict=True):
            if left[key] > 0:
                left[key] -= 1
                known += 1
            else:
                fresh.append((entry, self.held[key] + new[key], key))
                new[key] += 1
        return known, fresh

    def _every(self, said: BankStatement, keys: Sequence[str]) -> list[Fresh]:
        """All entries as new ones, counted on from those that are alike."""
        new: Counter[str] = Counter()
        found = []
        for entry, key in zip(said.entries, keys, strict=True):
            found.append((entry, self.held[key] + new[key], key))
            new[key] += 1
        return found

    def _grow(self, link: Link) -> None:
        self.digests.add(link.digest)
        for _entry, _repeat, key in link.fresh:
            self.held[key] += 1
        start, end = _End(link.opened_on, link.opening), _End(link.closed_on, link.closing)
        if self.first is None or self.last is None:
            self.first, self.last = start, end
        elif link.opening != self.last.balance and link.closing == self.first.balance:
            self.first = start
        elif end.on >= self.last.on:
            self.last = end


def _when(said: BankStatement) -> tuple[date, date]:
    return _days(said)


def _days(said: BankStatement) -> tuple[date, date]:
    closed = said.closed_on or said.opened_on
    assert closed is not None, "a proved statement has a day"
    return min(said.opened_on or closed, closed), closed


def _digest(said: BankStatement, keys: Sequence[str], currency: str) -> str:
    """What a statement is recognised by: its days, balances and lines, whatever it is called."""
    opened, closed = _days(said)
    balances = [
        str(each.amount) if each is not None else "" for each in (said.opening, said.closing)
    ]
    text = "\x1f".join([currency, str(opened), str(closed), *balances, *keys])
    return hashlib.sha256(text.encode()).hexdigest()


def _ends(account_id: int) -> tuple[_End | None, _End | None]:
    """The first opening and the last closing of an account."""
    sql = (
        "SELECT CAST({day} AS text), {balance} FROM finance_statement WHERE bank_account_id = %s"
        " ORDER BY closed_on {way}, id {way} LIMIT 1"
    )
    first = fetch(sql.format(day="opened_on", balance="opening", way="ASC"), [account_id])
    last = fetch(sql.format(day="closed_on", balance="closing", way="DESC"), [account_id])
    ends = [
        _End(date.fromisoformat(rows[0][0]), rows[0][1]) if rows else None for rows in (first, last)
    ]
    return ends[0], ends[1]


def _known_digests(account_id: int, digests: Iterable[str]) -> set[str]:
    found = rows_by_key(
        "SELECT digest, 1 FROM finance_statement WHERE bank_account_id = %s AND digest IN ({})",
        [account_id],
        set(digests),
    )
    return set(found)


def _known_keys(account_id: int, keys: set[str]) -> Counter[str]:
    """How many lines there are of each key."""
    found = rows_by_key(
        "SELECT key, count(*) FROM finance_statement_line"
        " WHERE bank_account_id = %s AND key IN ({}) GROUP BY key",
        [account_id],
        keys,
    )
    return Counter(found)
