"""Messages that come in for procedures: `kantoor.procedures.message`, from whatever tells of one.

    {"name": "parcel-delivered", "values": {"order": "SO-12", "at": "2026-11-27"}}

A diagram waits for it, or begins by it, as the message `front.parcel-delivered`.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.expressions import marked, plain
from kantoor.kernel.intake.decoding import each_decoded
from kantoor.kernel.intake.incoming import Incoming, Outcome, takes
from kantoor.kernel.intake.raw import TAKE_IN
from kantoor.procedures.diagrams.known import FRONT
from kantoor.procedures.errors import NotOpen
from kantoor.procedures.hearing import deliver_soon
from kantoor.procedures.models import HeardEvent, StartTrigger, Wait

NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}")
MOST_VALUES = 100


class Message(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`kantoor.procedures.message`: something happened that a procedure waits for."""

    name: str
    values: Mapping[str, Any] = {}


@takes("kantoor.procedures.message")
def messages(actor: Actor, documents: Sequence[Incoming]) -> list[Outcome]:
    """Keep the messages for the procedures that wait for them."""
    return each_decoded(actor, documents, Message, _receive)


def _receive(actor: Actor, documents: Sequence[Incoming], told: Sequence[Message]) -> list[str]:
    keys = receive_messages(actor, messages=list(told))
    return [f"procedures.heard_event/{key}" for key in keys]


@action(permission=TAKE_IN, title=_("Receive messages"), hidden=True)
def receive_messages(actor: Actor, /, *, messages: Sequence[Message]) -> list[int]:
    """Keep messages until they are delivered; gives the numbers of their rows.

    Raises InvalidInput for one that can't be, NotOpen for one that nothing waits for.
    """
    waited = _waited(actor, {f"{FRONT}{each.name}" for each in messages})
    for each in messages:
        if not NAME.fullmatch(each.name) or len(each.values) > MOST_VALUES:
            raise InvalidInput(
                _("Name the message in lower case (parcel-delivered), with at most 100 values."),
                field="name",
            )
        if f"{FRONT}{each.name}" not in waited:
            message = _("No procedure waits for “{name}”, or begins by it.")
            raise NotOpen(message.format(name=each.name), field="name")
    heard = HeardEvent.objects.bulk_create(
        HeardEvent(
            company_id=actor.company_id,
            name=f"{FRONT}{each.name}",
            body=msgspec.json.encode(marked(plain(each.values))).decode(),
            told_at=timezone.now(),
            told_by=actor.user_id,
        )
        for each in messages
    )
    deliver_soon(actor)
    return [each.pk for each in heard]


def _waited(actor: Actor, names: set[str]) -> set[str]:
    mine = Q(company=actor.company_id)
    begun = StartTrigger.objects.filter(mine, event__in=names).values_list("event", flat=True)
    waits = Wait.objects.filter(mine, name__in=names).values_list("name", flat=True)
    return set(begun) | set(waits.distinct())
