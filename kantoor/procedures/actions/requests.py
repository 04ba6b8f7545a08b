"""Doing what was asked: take it, hand it on, do or refuse it; taking back what one asked oneself."""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.colleagues import oneself
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.queries import scoped
from kantoor.procedures.actions.addresses import worker
from kantoor.procedures.actions.asking import end
from kantoor.procedures.actions.people import user_key
from kantoor.procedures.department import HELP, TAKE_PART
from kantoor.procedures.errors import ChecklistOpen, NotOpen, NotYours
from kantoor.procedures.models import AskedRequest, ChecklistRun, RequestRemark
from kantoor.procedures.models.requests import ASKED, DONE, REFUSED, TAKEN, TO_APPROVE, WITHDRAWN
from kantoor.procedures.queries.inboxes import Inboxes, inboxes_of
from kantoor.procedures.queries.requests import open_request, open_requests, request_seen

LONGEST = 5_000


@action(permission=TAKE_PART, title=_("Take a request"))
def take_request(actor: Actor, /, *, request: int) -> None:
    """Take a request that one's role or team was asked. Raises NotFound, NotYours, NotOpen."""
    take_requests(actor, requests=[request])


@action(permission=TAKE_PART, title=_("Take requests"), bulk_of="procedures.take_request")
def take_requests(actor: Actor, /, *, requests: Sequence[int]) -> None:
    """Take requests, all or none; nobody else then does them. Raises NotFound, NotYours, NotOpen."""
    mine, found = inboxes_of(actor), open_requests(actor, requests)
    for each in found:
        _refuse_others(mine, each)
        each.whose, each.state = user_key(oneself(actor).pk), TAKEN
    _written(found)


@action(permission=TAKE_PART, title=_("Put a request back"))
def put_request_back(actor: Actor, /, *, request: int) -> None:
    """Give a request back to the role or team that was asked."""
    found = open_request(actor, request)
    _refuse_without_help(actor, found)
    if found.whose == found.pool:
        raise NotOpen(_("Nobody took this request."), field="request")
    found.whose, found.state = found.pool, ASKED
    _written([found])


@action(permission=TAKE_PART, title=_("Hand a request on"))
def hand_request_on(actor: Actor, /, *, request: int, user: str) -> None:
    """Hand a request to a colleague. Raises NotFound, NotYours, InvalidInput."""
    found = open_request(actor, request)
    _refuse_without_help(actor, found)
    found.whose, found.state = user_key(worker(actor, user)), TAKEN
    _written([found])


@action(permission=TAKE_PART, title=_("A request is done"))
def do_request(actor: Actor, /, *, request: int, answer: str = "") -> None:
    """Say that a request is done, with what came of it; who asked is told.

    Raises NotFound, NotYours, NotOpen.
    """
    do_requests(actor, requests=[request], answer=answer)


@action(permission=TAKE_PART, title=_("Requests are done"), bulk_of="procedures.do_request")
def do_requests(actor: Actor, /, *, requests: Sequence[int], answer: str = "") -> None:
    """Say that requests are done, all or none, with the same answer."""
    mine, found = inboxes_of(actor), open_requests(actor, requests)
    _refuse_open_checklists(actor, found)
    now = timezone.now()
    for each in found:
        _refuse_others(mine, each)
        each.state, each.is_open, each.answer = DONE, False, answer.strip()[:LONGEST]
        each.ended_at, each.ended_by_id = now, actor.user_id
    _written(found)


@action(permission=TAKE_PART, title=_("Refuse what was asked"))
def refuse_service(actor: Actor, /, *, request: int, why: str) -> None:
    """Refuse a request, with the reason; who asked is told. Raises NotFound, NotYours, NotOpen."""
    found = open_request(actor, request)
    _refuse_others(inboxes_of(actor), found)
    if not why.strip():
        raise InvalidInput(_("Say why it is refused."), field="why")
    end(actor, found, REFUSED, why)


@action(permission=TAKE_PART, title=_("Take back what one asked"))
def withdraw_request(actor: Actor, /, *, request: int, why: str = "") -> None:
    """Take back a request of one's own that is not done yet. Raises NotFound, NotYours, NotOpen."""
    found = open_request(actor, request)
    if found.requester_id != actor.user_id:
        raise NotYours(_("Only who asked takes it back."), field="request")
    end(actor, found, WITHDRAWN, why)


@action(permission=TAKE_PART, title=_("Say something at a request"))
def remark_on_request(actor: Actor, /, *, request: int, text: str) -> None:
    """Say something at a request that one may see, also after its end. Raises NotFound, InvalidInput."""
    found = request_seen(actor, request)
    if not text.strip():
        raise InvalidInput(_("Write something."), field="text")
    if len(text) > LONGEST:
        message = _("At most {most} characters.").format(most=LONGEST)
        raise InvalidInput(message, field="text")
    RequestRemark.objects.create(
        company_id=actor.company_id, request=found, user=oneself(actor),
        made_at=timezone.now(), text=text.strip(),
    )  # fmt: skip
    concerns(f"procedures.asked_request/{found.pk}")


def _refuse_open_checklists(actor: Actor, found: Sequence[AskedRequest]) -> None:
    """What a checklist belongs to is done when that is closed."""
    about = {f"procedures.asked_request/{each.pk}": each.number for each in found}
    runs = scoped(actor, ChecklistRun).filter(about__in=about, is_open=True)
    if (first := runs.values_list("about", flat=True).first()) is not None:
        message = _("The checklist of request {number} is not closed yet.")
        raise ChecklistOpen(message.format(number=about[first]), field="requests")


def _refuse_others(mine: Inboxes, request: AskedRequest) -> None:
    if request.state == TO_APPROVE:
        raise NotOpen(_("Somebody has to agree to this first."), field="request")
    if request.whose not in mine.keys:
        raise NotYours(_("Somebody else does this."), field="request")


def _refuse_without_help(actor: Actor, request: AskedRequest) -> None:
    """Who helps procedures along hands on others' work as well."""
    mine = inboxes_of(actor)
    if request.state == TO_APPROVE or not actor.may(HELP):
        _refuse_others(mine, request)


def _written(found: Sequence[AskedRequest]) -> None:
    names = ["whose", "state", "is_open", "answer", "ended_at", "ended_by"]
    AskedRequest.objects.bulk_update(found, names)
    for each in found:
        concerns(f"procedures.asked_request/{each.pk}")
