"""Letters of HR to employees: each in their own language, to their address at work, and once.

They go out from the mailbox of HR where there is one, else from the company's first.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TypeVar

from django.conf import settings
from django.db.models import Model, QuerySet
from django.utils.translation import gettext, override

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.mail.models import Mailbox, MailOut, Unreachable
from kantoor.kernel.mail.outgoing import (
    Addressee,
    Letter,
    sending_mailbox,
    steady_message_id,
    write_letters,
)
from kantoor.kernel.parties.models import Party, PartyUser
from kantoor.kernel.queries import scoped

LETTER = "h"
"""The letter of HR in tokens: replies come in as any other mail."""
ASKED_BY_KEY = 1000
"""For more than this all of the company are read, and the rest left out here."""
Row = TypeVar("Row", bound=Model)
Words = Callable[[int], tuple[str, str]]
"""Subject and text for a party, in the language that holds."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom to write to, where, and in which language."""

    party: int
    name: str
    address: str
    language: str


def readers_of(actor: Actor, parties: Collection[int]) -> dict[int, Reader]:
    """Who of these can be written to, by party: their address at work, else that of their account.

    Who has none, or whose mail came back, is left out. In a fixed number of statements.
    """
    links = among(scoped(actor, PartyUser), "party", parties).select_related("user")
    accounts = {row.party_id: row.user for row in links if row.user.active}
    found = {}
    for party in among(scoped(actor, Party), "pk", parties).filter(erased_at=None).order_by("pk"):
        if party.pk not in parties:
            continue
        user = accounts.get(party.pk)
        address = (party.email or (user.email if user else "")).strip().lower()
        if address:
            language = user.language if user else actor.language
            found[party.pk] = Reader(party.pk, party.name, address, language)
    addresses = {each.address for each in found.values()}
    lost = among(scoped(actor, Unreachable), "address", addresses).filter(lifted_at=None)
    gone = set(lost.values_list("address", flat=True))
    return {key: each for key, each in found.items() if each.address not in gone}


@dataclass(frozen=True, slots=True)
class Due:
    """Letters that are to be written from a mailbox: who can be told, and the Message-ID of each.

    `fresh` are those to whom no letter of the same went before.
    """

    box: Mailbox
    readers: dict[int, Reader]
    ids: dict[int, str]
    fresh: frozenset[int]


def letters_due(actor: Actor, about: str, said: Mapping[int, str]) -> Due | None:
    """What is to be told to each party (`said` tells what from what).

    None without a mailbox, or a mail server to hand letters in at: they would never arrive.
    """
    box = sending_mailbox(actor, "hr") if settings.SMTP else None
    if box is None:
        return None
    readers = readers_of(actor, said)
    ids = {key: steady_message_id(box, f"hr {about} {key} {said[key]}") for key in readers}
    rows = among(scoped(actor, MailOut), "message_id", ids.values())
    sent = set(rows.values_list("message_id", flat=True))
    fresh = frozenset(key for key in readers if ids[key] not in sent)
    return Due(box, readers, ids, fresh)


def write_once(
    actor: Actor, about: str, said: Mapping[int, str], words: Words
) -> frozenset[int] | None:
    """Write to each party, unless a letter of the same (`said`) went to them before.

    `about` is what the letters belong to. Gives to whom they went, now or before; None where
    nothing can be sent (`letters_due`).
    """
    due = letters_due(actor, about, said)
    if due is None:
        return None
    letters = []
    for key in sorted(due.fresh):
        reader = due.readers[key]
        with override(reader.language):
            subject, body = words(key)
        letters.append(
            Letter(
                due.box, f"{about}/{key}", (LETTER, key), subject, body,
                [Addressee(reader.name, reader.address)], automatic=True, message_id=due.ids[key],
            )
        )  # fmt: skip
    write_letters(actor, letters)
    return frozenset(due.readers)


def codes_of(actor: Actor, parties: Collection[int]) -> list[str]:
    """The numbers of these employees."""
    rows = among(scoped(actor, Party), "pk", parties).filter(erased_at=None)
    return [code for key, code in rows.values_list("pk", "code") if key in parties]


def among(rows: QuerySet[Row], column: str, values: Collection[object]) -> QuerySet[Row]:
    """The rows with one of these values; of so many that no statement takes them, all rows."""
    return rows.filter(**{f"{column}__in": values}) if len(values) <= ASKED_BY_KEY else rows


def page_at(path: str) -> str:
    """A line with the address of a page, where it is known at which address Kantoor is opened."""
    return gettext("See {url}").format(url=f"{settings.ADDRESS}{path}") if settings.ADDRESS else ""
