"""Asking something of a department, and agreeing to what was asked."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.colleagues import oneself
from kantoor.kernel.errors import InvalidInput, NotFound
from kantoor.kernel.expressions import Value
from kantoor.kernel.inboxes import NEVER
from kantoor.kernel.numbering.numbers import take_numbers
from kantoor.kernel.queries import scoped
from kantoor.procedures.actions.advancing import Moving
from kantoor.procedures.actions.starting import (
    Beginning,
    begin,
    diagram_of,
    published,
    refuse_others,
)
from kantoor.procedures.department import TAKE_PART
from kantoor.procedures.diagrams.elements import Timed
from kantoor.procedures.engine.keeping import written
from kantoor.procedures.engine.moments import due_at
from kantoor.procedures.engine.plain_xml import by_hand
from kantoor.procedures.errors import NotOpen, NotYours
from kantoor.procedures.forms import asked_of
from kantoor.procedures.models import AskedRequest, RequestKind
from kantoor.procedures.models.requests import ASKED, REFUSED, TO_APPROVE
from kantoor.procedures.queries.calendars import clockwork_of
from kantoor.procedures.queries.inboxes import inboxes_of
from kantoor.procedures.queries.request_kinds import fields_of
from kantoor.procedures.queries.request_numbers import SERIES
from kantoor.procedures.queries.requests import open_request

Json = Any


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What asking gave: the number of the request, or of the procedure that was started instead."""

    request: int | None = None
    instance: int | None = None


@action(permission=TAKE_PART, title=_("Ask a department for something"))
def ask_service(actor: Actor, /, *, kind: str, values: Mapping[str, Json] = {}) -> Asked:
    """Ask something that a department offers, with what it asks for.

    It goes to who does it, or to who agrees first; a kind that is a procedure starts that.
    Raises NotFound, InvalidInput with the field, NotAllowed.
    """
    offered = scoped(actor, RequestKind).filter(code=kind, retired_at=None).first()
    if offered is None:
        message = _("There is no kind of request “{code}”.").format(code=kind[:40])
        raise NotFound(message, field="kind")
    if offered.procedure:
        return Asked(instance=_started(actor, offered, values))
    person = oneself(actor)
    fields = fields_of(offered)
    given = asked_of(fields, values)
    now = timezone.now()
    made = AskedRequest(
        company_id=actor.company_id,
        number=take_numbers(f"{SERIES}/{actor.company_id}", 1),
        kind=offered,
        title=_first_words(given),
        known=written(given),
        state=TO_APPROVE if offered.approver else ASKED,
        whose=offered.approver or offered.whose,
        pool=offered.whose,
        requester=person,
        asked_at=now,
        due_at=NEVER if offered.approver else _due(actor, offered, now),
    )
    made.save()
    concerns(f"procedures.asked_request/{made.pk}")
    return Asked(request=made.number)


@action(permission=TAKE_PART, title=_("Agree to a request"))
def agree_to_request(actor: Actor, /, *, request: int) -> None:
    """Agree to what a colleague asked; the agreed time counts from now.

    For the role that the kind names, but never for who asked it. Raises NotFound, NotYours, NotOpen.
    """
    found = _to_decide(actor, request)
    now = timezone.now()
    found.state, found.whose = ASKED, found.pool
    found.due_at = _due(actor, found.kind, now)
    found.approved_by_id, found.approved_at = actor.user_id, now
    found.save()
    concerns(f"procedures.asked_request/{found.pk}")


@action(permission=TAKE_PART, title=_("Do not agree to a request"))
def decline_request(actor: Actor, /, *, request: int, why: str) -> None:
    """Refuse what a colleague asked before anybody works on it, with the reason.

    Raises NotFound, NotYours, NotOpen, InvalidInput.
    """
    found = _to_decide(actor, request)
    if not why.strip():
        raise InvalidInput(_("Say why it is refused."), field="why")
    end(actor, found, REFUSED, why)


def _to_decide(actor: Actor, number: int) -> AskedRequest:
    found = open_request(actor, number)
    if found.state != TO_APPROVE:
        raise NotOpen(_("This was decided on already."), field="request")
    if found.requester_id == actor.user_id:
        message = _("You asked for this yourself: someone else has to agree to it.")
        raise NotYours(message, field="request")
    if found.whose not in inboxes_of(actor).keys:
        raise NotYours(_("Somebody else decides on this."), field="request")
    return found


def end(actor: Actor, request: AskedRequest, state: str, answer: str) -> None:
    """End a request, with what came of it."""
    request.state, request.is_open = state, False
    request.answer = answer.strip()[:5_000]
    request.ended_at, request.ended_by_id = timezone.now(), actor.user_id
    request.save()
    concerns(f"procedures.asked_request/{request.pk}")


def _due(actor: Actor, kind: RequestKind, since: datetime) -> datetime:
    if not kind.within:
        return NEVER
    clockwork = clockwork_of(actor)
    timed = Timed(duration=kind.within, clock="working" if kind.clock == "working" else "always")
    return due_at(timed, since, terms=clockwork.terms, zone=clockwork.zone, reckon=str)


def _first_words(given: Mapping[str, Value]) -> str:
    """What was filled in first, which tells requests of a kind apart."""
    texts = [each for each in given.values() if isinstance(each, str) and each]
    return " ".join(texts[0].split())[:200] if texts else ""


def _started(actor: Actor, kind: RequestKind, values: Mapping[str, Json]) -> int:
    """Start the procedure that a kind of request is; the number of its instance."""
    found = published(actor, kind.procedure)
    diagram = diagram_of(found)
    refuse_others(actor, diagram)
    start = by_hand(diagram)
    given = asked_of(diagram.elements[start].fields, values)
    moving = Moving(actor)
    beginning = Beginning(
        procedure=found, start=start, values=given, requester=actor.user_id,
        cause=f"procedures.request_kind/{kind.pk}",
    )  # fmt: skip
    made = begin(moving, [beginning])
    moving.finish()
    concerns(f"procedures.procedure/{found.pk}")
    return made[0].number
