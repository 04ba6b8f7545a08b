"""Whom an item is for, as far as they can be asked to read it: who has an address or an account."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from kantoor.departments.communication.models import Item
from kantoor.departments.communication.queries.audiences.resolving import parties_of
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.mail.models import Unreachable
from kantoor.kernel.parties.models import Party, PartyUser
from kantoor.kernel.queries import scoped


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who is asked to read: where they are written to (empty: nowhere), in which language."""

    party: int
    name: str
    address: str
    language: str
    user: int | None


def members_of(actor: Actor, item: Item) -> "QuerySet[Party]":
    """The persons and organisations an item is for at this moment."""
    return parties_of(actor, item.audience)


def readers_of(actor: Actor, parties: Collection[int]) -> Mapping[int, Reader]:
    """How to reach these, by party, in a fixed number of statements; a lot of some hundreds.

    By their address at work, else that of their account; not where mail came back from.
    """
    links = PartyUser.objects.filter(party_id__in=parties, user__active=True)
    accounts = {row.party_id: row.user for row in links.select_related("user")}
    found = []
    for party in scoped(actor, Party).filter(pk__in=parties, erased_at=None).order_by("pk"):
        user = accounts.get(party.pk)
        address = (party.email or (user.email if user else "")).strip().lower()
        language = (user.language if user else "") or party.language or actor.language
        found.append(Reader(party.pk, party.name, address, language, user.pk if user else None))
    addresses = {each.address for each in found}
    lost = scoped(actor, Unreachable).filter(address__in=addresses, lifted_at=None)
    gone = set(lost.values_list("address", flat=True))
    return {
        each.party: Reader(each.party, each.name, "", each.language, each.user)
        if each.address in gone
        else each
        for each in found
    }
