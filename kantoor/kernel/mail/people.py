"""Whose an address is: parties by their e-mail address, and the key under which it is erased."""

from collections.abc import Iterable

from django.db.models.functions import Lower

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.mail.models import MailIn
from kantoor.kernel.parties.models import Party
from kantoor.kernel.queries import scoped
from kantoor.kernel.record.erasure import new_subjects


def parties_by_address(actor: Actor, addresses: Iterable[str]) -> dict[str, Party]:
    """The parties that have these e-mail addresses (lower case); the first where several have."""
    wanted = {address for address in addresses if address}
    if not wanted:
        return {}
    found = scoped(actor, Party).annotate(address=Lower("email")).filter(address__in=wanted)
    return {each.email.lower(): each for each in found.order_by("-id")}


def subjects_of(actor: Actor, addresses: Iterable[str]) -> dict[str, int]:
    """The key under which each address can be erased: its party's, an earlier one, or a new one.

    Who is no party yet is a person all the same: their mail can be erased too.
    """
    wanted = sorted({address for address in addresses if address})
    parties = parties_by_address(actor, wanted)
    keys = {a: p.subject_id for a, p in parties.items() if p.subject_id is not None}
    rest = [address for address in wanted if address not in keys]
    earlier = scoped(actor, MailIn).filter(sender__in=rest).order_by("id")
    known = earlier.values_list("sender", "subject_id")
    keys |= {sender: key for sender, key in known if key is not None}
    fresh = [address for address in rest if address not in keys]
    return keys | dict(zip(fresh, new_subjects(len(fresh)) if fresh else (), strict=True))
