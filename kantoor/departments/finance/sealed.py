"""Payments whose content another department keeps to itself: finance sees one sum, the bank all of it.

A department says by `keeps_sealed` who may open what it hands over, and how it is read. An order
names its source, holds the sum and a digest of the content; names, accounts and amounts of the
transfers stay where they are. See docs/decisions/0164.
"""

import hashlib
from collections.abc import Callable, Sequence
from typing import NamedTuple

import msgspec

from kantoor.kernel.actors.actor import Actor


class Transfer(msgspec.Struct, frozen=True, kw_only=True):
    """What one gets, in cents, on which account, and what for."""

    name: str
    iban: str
    amount: int
    remittance: str


class Content(NamedTuple):
    """The transfers of an order in their order; `nonce` keeps its digest from being guessed."""

    nonce: str
    transfers: Sequence[Transfer]

    @property
    def digest(self) -> str:
        """SHA-256 of all of it."""
        rows = [[each.name, each.iban, each.amount, each.remittance] for each in self.transfers]
        return hashlib.sha256(msgspec.json.encode([self.nonce, rows])).hexdigest()


class Source(NamedTuple):
    """Who keeps the content: what one needs to open it, how it is read, and its page.

    `read` and `page` take the number of the payment run, `read` with the company's key; it gives
    None for what it does not have any more.
    """

    permission: str
    read: Callable[[int, str], Content | None]
    page: Callable[[str], str]


_sources: dict[str, Source] = {}


def keeps_sealed(name: str, source: Source) -> None:
    """Say who keeps the content of orders of this name, such as `hr.wages`."""
    _sources[name] = source


def source_of(name: str) -> Source | None:
    """Who keeps it; None for what is sealed by nobody, or by a department that is not here."""
    return _sources.get(name)


def may_open(actor: Actor, name: str) -> bool:
    """Whether somebody may see the content of orders of this source."""
    source = source_of(name)
    return source is not None and actor.may(source.permission)
