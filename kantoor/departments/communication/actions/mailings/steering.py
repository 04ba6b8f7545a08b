"""A mailing is paused, goes on, or is stopped; and a person decides what is in doubt."""

from collections.abc import Callable, Sequence
from typing import Literal

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.actions.mailings.begun_here import note_begun
from kantoor.departments.communication.department import SEND_MAILINGS
from kantoor.departments.communication.errors import NotReady
from kantoor.departments.communication.models import Mailing, MailingTo
from kantoor.departments.communication.models.items.item import PUBLISHED
from kantoor.departments.communication.models.mailings.mailing import (
    DONE,
    GATHERING,
    PAUSED,
    SENDING,
    STOPPED,
)
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import NotFound
from kantoor.kernel.mail.models import BOUNCED, FAILED, SENT, UNSURE, WAITING
from kantoor.kernel.queries import scoped

Outcome = Literal["again", "arrived"]


@action(permission=SEND_MAILINGS, title=_("Pause mailings"), bulk_of="communication.pause_mailing")
def pause_mailings(actor: Actor, /, *, mailings: Sequence[str]) -> int:
    """Let mailings stand still until they go on; what is in hand is finished. Raises NotReady."""
    return _steer(
        actor, mailings, (GATHERING, SENDING), _pause, _("This mailing does not go out now.")
    )


@action(permission=SEND_MAILINGS, title=_("Pause a mailing"))
def pause_mailing(actor: Actor, /, *, mailing: str) -> int:
    """Let one stand still."""
    return pause_mailings(actor, mailings=[mailing])


@action(
    permission=SEND_MAILINGS, title=_("Let mailings go on"), bulk_of="communication.resume_mailing"
)
def resume_mailings(actor: Actor, /, *, mailings: Sequence[str]) -> int:
    """Let mailings that were paused go on where they were. Raises NotReady."""
    return _steer(actor, mailings, (PAUSED,), _resume, _("Only a mailing that is paused goes on."))


@action(permission=SEND_MAILINGS, title=_("Let a mailing go on"))
def resume_mailing(actor: Actor, /, *, mailing: str) -> int:
    """Let one go on."""
    return resume_mailings(actor, mailings=[mailing])


@action(permission=SEND_MAILINGS, title=_("Stop mailings"), bulk_of="communication.stop_mailing")
def stop_mailings(actor: Actor, /, *, mailings: Sequence[str]) -> int:
    """Stop mailings for good: who still waits gets nothing. Raises NotReady."""
    open_ = (GATHERING, SENDING, PAUSED)
    return _steer(actor, mailings, open_, _stop, _("This mailing has ended already."))


@action(permission=SEND_MAILINGS, title=_("Stop a mailing"))
def stop_mailing(actor: Actor, /, *, mailing: str) -> int:
    """Stop one for good."""
    return stop_mailings(actor, mailings=[mailing])


@action(
    permission=SEND_MAILINGS,
    title=_("Decide what became of mail in doubt"),
    bulk_of="communication.decide_doubt",
)
def decide_doubts(actor: Actor, /, *, recipients: Sequence[int], outcome: Outcome) -> int:
    """Send again what failed, came back or is in doubt, or say that what is in doubt arrived.

    Gives how many. Raises NotFound, NotReady.
    """
    found = MailingTo.objects.filter(pk__in=recipients, mailing__company=actor.company_id)
    rows = list(found.select_for_update(of=("self",)).order_by("pk"))
    if len(rows) < len(set(recipients)):
        raise NotFound(_("There is no such recipient."), field="recipients")
    fitting = (UNSURE,) if outcome == "arrived" else (UNSURE, FAILED, BOUNCED)
    now = timezone.now()
    for place, row in enumerate(rows, 1):
        if row.state not in fitting:
            message = _("This was sent, or still waits to be.")
            raise NotReady(message, field="recipients", line=place)
        if outcome == "arrived":
            row.state, row.sent_at = SENT, now
        else:
            row.state, row.attempts, row.next_at = WAITING, 0, now
    if rows:
        MailingTo.objects.bulk_update(rows, ["state", "attempts", "next_at", "sent_at"])
    if outcome == "again":
        _open_again(actor, {row.mailing_id for row in rows})
    return len(rows)


@action(permission=SEND_MAILINGS, title=_("Decide what became of one in doubt"))
def decide_doubt(actor: Actor, /, *, recipient: int, outcome: Outcome) -> int:
    """Send one again, or say that it arrived."""
    return decide_doubts(actor, recipients=[recipient], outcome=outcome)


def _open_again(actor: Actor, keys: set[int]) -> None:
    """Mailings that had ended go on for who waits again."""
    found = scoped(actor, Mailing).filter(pk__in=keys, state__in=(DONE, STOPPED, SENDING))
    rows = list(found.select_related("item"))
    if any(row.state == STOPPED for row in rows):
        raise NotReady(_("The mailing was stopped for good."), field="recipients")
    for row in rows:
        if row.item.state != PUBLISHED:
            message = _("“{code}” is not published.").format(code=row.item.code)
            raise NotReady(message, field="recipients")
    for row in rows:
        row.state, row.ended_at, row.next_at = SENDING, None, timezone.now()
    if rows:
        Mailing.objects.bulk_update(rows, ["state", "ended_at", "next_at"])
        note_begun(rows)


def _steer(
    actor: Actor,
    names: Sequence[str],
    fitting: Sequence[str],
    change: Callable[[Mailing], None],
    refusal: object,
) -> int:
    rows = {
        row.uid: row
        for row in scoped(actor, Mailing).select_for_update(of=("self",)).filter(uid__in=names)
    }
    for place, name in enumerate(names, 1):
        if name not in rows:
            raise NotFound(_("There is no such mailing."), field="mailings", line=place)
        if rows[name].state not in fitting:
            raise NotReady(refusal, field="mailings", line=place)
        change(rows[name])
        concerns(f"communication.mailing/{rows[name].pk}")
    listed = list(rows.values())
    if listed:
        Mailing.objects.bulk_update(listed, ["state", "next_at", "ended_at", "trouble"])
    return len(listed)


def _pause(row: Mailing) -> None:
    row.state = PAUSED


def _resume(row: Mailing) -> None:
    row.state, row.next_at = (SENDING if row.gathered else GATHERING), timezone.now()
    row.trouble = ""
    note_begun([row])


def _stop(row: Mailing) -> None:
    row.state, row.ended_at = STOPPED, timezone.now()
