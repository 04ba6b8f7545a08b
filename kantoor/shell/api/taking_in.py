"""`/api/v1/intake`: the front office hands over CloudEvents, one or many in a request."""

import re
from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.errors import DomainError, NotAllowed, Refusals
from kantoor.kernel.intake.eventhttp import BATCH, PREFIX, STRUCTURED, events_from_http
from kantoor.kernel.intake.http import EventOutcome, take_events
from kantoor.kernel.intake.raw import TAKE_IN
from kantoor.shell.api.answers import JsonResponse, encoded
from kantoor.shell.api.bearer import caller
from kantoor.shell.api.doors import door, other_method
from kantoor.shell.api.reading import WrongContent, body_of

MOST_TOLD = 20
"""Refused events that a problem names."""


class NothingTaken(Refusals):
    """Every event of the request was refused; they are kept with the reason."""

    code = "intake.rejected"


@door
def intake(request: HttpRequest) -> HttpResponse:
    """Take in the events of a request (CloudEvents 1.0: structured, binary or a batch).

    Answers what became of each when any was taken, or was here already; when every one is
    refused, a problem with the reasons.
    """
    if request.method != "POST":
        return other_method(request, ["POST"])
    actor = caller(request)
    if not actor.may(TAKE_IN):
        raise NotAllowed(_("You may not take in data of the front office."))
    _announced_as_events(request)
    outcomes = take_events(actor, events_from_http(dict(request.headers), body_of(request)))
    if outcomes and all(each.state == "rejected" for each in outcomes):
        raise _nothing_taken(outcomes)
    return JsonResponse(encoded(outcomes))


def _announced_as_events(request: HttpRequest) -> None:
    kind = (request.content_type or "").lower().partition("+")[0]
    binary = any(name.lower().startswith(PREFIX) for name in request.headers)
    if kind not in (STRUCTURED, BATCH) and not binary:
        message = _("Send CloudEvents: application/cloudevents+json, a batch, or ce- headers.")
        raise WrongContent(message)
    charset = (request.content_params or {}).get("charset", "utf-8").strip('"').lower()
    if kind in (STRUCTURED, BATCH) and charset not in ("utf-8", "utf8", "us-ascii"):
        raise WrongContent(_("Send JSON in UTF-8."))


def _nothing_taken(outcomes: Sequence[EventOutcome]) -> NothingTaken:
    return NothingTaken([_refusal(each) for each in outcomes[:MOST_TOLD]])


def _refusal(outcome: EventOutcome) -> DomainError:
    message = re.sub(r"\s+", " ", outcome.message)
    refusal = DomainError(message, field=outcome.field, line=outcome.place)
    refusal.code = outcome.code
    return refusal
