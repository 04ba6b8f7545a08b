"""Decide on leave: the manager or HR approves or refuses it, who asked takes it back."""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.actions.leave.asking import about
from kantoor.departments.hr.actions.leave.finding import requests_by_number
from kantoor.departments.hr.actions.leave.keeping import keep_ledgers
from kantoor.departments.hr.actions.leave.kinds import MANAGE
from kantoor.departments.hr.errors_leave import LeaveDecided, NotTheirs
from kantoor.departments.hr.models import LeaveDay, LeaveRequest
from kantoor.departments.hr.models.leave.requests import (
    APPROVED,
    ASKED,
    CANCELLED,
    REFUSED,
    WITHDRAWN,
)
from kantoor.departments.hr.queries.people.own import find_own_party, people_of
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput

OWN = "hr.use_own"


@action(permission=OWN, title=_("Approve requests for leave"), bulk_of="hr.approve_leave")
def approve_leaves(actor: Actor, /, *, requests: Sequence[str]) -> None:
    """Approve requests of one's people, all or none; from then on the leave is taken.

    Raises UnknownLeave, NotTheirs for others and for one's own, LeaveDecided.
    """
    rows = _to_decide(actor, requests)
    _decide(actor, rows, APPROVED, "")
    keep_ledgers(actor.company_id, {row.party_id for row in rows})


@action(permission=OWN, title=_("Approve leave"))
def approve_leave(actor: Actor, /, *, number: str) -> None:
    """Approve one request."""
    approve_leaves(actor, requests=[number])


@action(permission=OWN, title=_("Refuse requests for leave"), bulk_of="hr.refuse_leave")
def refuse_leaves(actor: Actor, /, *, requests: Sequence[str], why: str) -> None:
    """Refuse requests of one's people with the reason, all or none. Raises as approving does."""
    rows = _to_decide(actor, requests)
    if not why.strip() or len(why) > 300:
        raise InvalidInput(_("Say why, in at most 300 characters."), field="why")
    _decide(actor, rows, REFUSED, why.strip())
    LeaveDay.objects.filter(request__in=rows).delete()


@action(permission=OWN, title=_("Refuse leave"))
def refuse_leave(actor: Actor, /, *, number: str, why: str) -> None:
    """Refuse one request with the reason."""
    refuse_leaves(actor, requests=[number], why=why)


@action(permission=OWN, title=_("Take back a request for leave"))
def withdraw_leave(actor: Actor, /, *, number: str) -> None:
    """Take back one's own leave: before it is decided, or before its first day.

    Raises UnknownLeave for others', LeaveDecided when it is too late.
    """
    row = requests_by_number(actor, [number])[0]
    own = find_own_party(actor)
    if own is None or row.party_id != own.pk:
        raise NotTheirs(_("This is leave of somebody else."), field="number")
    yet_to_come = row.state == APPROVED and row.first > timezone.localdate()
    if row.state != ASKED and not yet_to_come:
        message = _("This can't be taken back any more; ask your manager or HR.")
        raise LeaveDecided(message, field="number")
    _end(actor, [row], WITHDRAWN if row.state == ASKED else CANCELLED, "")


@action(permission=OWN, title=_("Cancel leave"))
def cancel_leave(actor: Actor, /, *, number: str, why: str) -> None:
    """Cancel leave that was approved, also when it is past; the hours come back.

    For the manager or HR. Raises UnknownLeave, NotTheirs, LeaveDecided or InvalidInput.
    """
    rows = requests_by_number(actor, [number])
    refuse_others(actor, rows)
    if rows[0].state != APPROVED:
        raise LeaveDecided(_("Only leave that was approved is cancelled."), field="number")
    if not why.strip() or len(why) > 300:
        raise InvalidInput(_("Say why, in at most 300 characters."), field="why")
    _end(actor, rows, CANCELLED, why.strip())


def _end(actor: Actor, rows: Sequence[LeaveRequest], state: str, why: str) -> None:
    _decide(actor, rows, state, why)
    LeaveDay.objects.filter(request__in=rows).delete()
    keep_ledgers(actor.company_id, {row.party_id for row in rows})


def _to_decide(actor: Actor, numbers: Sequence[str]) -> list[LeaveRequest]:
    """Requests that the actor may decide on and that wait for it, locked."""
    rows = requests_by_number(actor, numbers)
    refuse_others(actor, rows)
    for place, row in enumerate(rows, 1):
        if row.state != ASKED:
            message = _("This was decided or taken back already.")
            raise LeaveDecided(message, field="number", line=place)
    return rows


def refuse_others(actor: Actor, rows: Sequence[LeaveRequest]) -> None:
    """Raise NotTheirs where somebody decides on their own leave, or on that of others' people."""
    own = find_own_party(actor)
    mine = None if actor.may(MANAGE) else people_of(actor, timezone.localdate())
    for place, row in enumerate(rows, 1):
        asked_it = actor.user_id is not None and row.asked_by == actor.user_id
        if (own is not None and row.party_id == own.pk) or (asked_it and row.state == ASKED):
            message = _("Who asks for leave does not decide on it; your manager or HR does.")
            raise NotTheirs(message, field="number", line=place)
        if mine is not None and row.party_id not in mine:
            message = _("This is for their manager or HR.")
            raise NotTheirs(message, field="number", line=place)


def _decide(actor: Actor, rows: Sequence[LeaveRequest], state: str, answer: str) -> None:
    now = timezone.now()
    for row in rows:
        row.state, row.answer = state, answer
        row.decided_at, row.decided_by = now, actor.user_id
    LeaveRequest.objects.bulk_update(rows, ["state", "answer", "decided_at", "decided_by"])
    if len(rows) == 1:
        concerns(about(rows[0]))
