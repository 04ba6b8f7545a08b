"""Lots of a mailing: taken in hand, and settled with what was said of each.

The states are committed before anything is handed in and after; between the two the lot's
journal knows (kernel/mail/mass/journal.py).
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from django.db.models import Min, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.actions.mailings.saying import say_what_stands
from kantoor.departments.communication.department import SEND_MAILINGS
from kantoor.departments.communication.models import Mailing, MailingTo, NoMail
from kantoor.departments.communication.models.mailings.mailing import (
    DONE,
    GATHERING,
    PAUSED,
    SENDING,
    is_erased,
)
from kantoor.departments.communication.queries.mailings.agreed import must_hear
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import NotFound
from kantoor.kernel.mail.bounces.found import FAILED as NOT_DELIVERED
from kantoor.kernel.mail.bounces.found import Failure, status_in
from kantoor.kernel.mail.bouncing import note_unreachable
from kantoor.kernel.mail.delivering import AGAIN_AFTER_S
from kantoor.kernel.mail.models import (
    FAILED,
    SENT,
    SUPPRESSED,
    WAITING,
    Unreachable,
)
from kantoor.kernel.mail.models import SENDING as IN_HAND
from kantoor.kernel.mail.sending import Said
from kantoor.kernel.queries import scoped

AWAY_FOR = timedelta(minutes=1)
IN_HAND_ELSEWHERE = timedelta(seconds=10)


@action(permission=SEND_MAILINGS, title=_("Take a lot of a mailing in hand"), hidden=True)
def take_lot(actor: Actor, /, *, mailing_id: int, lot: str, at_most: int) -> list[MailingTo]:
    """Take up to so many that are due; none where the mailing does not go on now.

    Who can't be reached any more, or was erased, is passed over. A mailing with a limit is due again
    when so many may go out. From now on it says what stands: what was corrected since goes out
    corrected.
    """
    mailing, now = locked_mailing(actor, mailing_id), timezone.now()
    if mailing.state != SENDING or mailing.next_at > now:
        return []
    due = MailingTo.objects.filter(mailing=mailing, state=WAITING, next_at__lte=now)
    rows = list(due.order_by("next_at", "id")[:at_most])
    if rows:
        say_what_stands(actor, [mailing])
    gone = _unreachable(actor, mailing, rows)
    gone |= {row.address for row in rows if is_erased(row)}
    for row in rows:
        row.state, row.lot = (SUPPRESSED, "") if row.address in gone else (IN_HAND, lot)
    taken = [row for row in rows if row.state == IN_HAND]
    if rows:
        MailingTo.objects.bulk_update(rows, ["state", "lot"])
    if taken and mailing.per_minute:
        mailing.next_at = now + timedelta(seconds=60 * len(taken) / mailing.per_minute)
        mailing.save()
    return taken


@action(permission=SEND_MAILINGS, title=_("Note what came of a lot"), hidden=True)
def settle_lot(
    actor: Actor, /, *, mailing_id: int, lot: str, said: Mapping[int, Said], away: str = ""
) -> None:
    """Keep what was said of a lot; those of whom nothing was said never began, and wait again.

    `away` is why the other side could not be reached at all: that is no attempt of anybody's.
    """
    mailing, now = locked_mailing(actor, mailing_id), timezone.now()
    rows = list(MailingTo.objects.filter(mailing=mailing, lot=lot, state=IN_HAND))
    for row in rows:
        row.lot = ""
        if row.pk in said:
            settle(row, said[row.pk], now)
        else:
            row.state = WAITING
    if rows:
        changed = ["state", "lot", "attempts", "answer", "next_at", "sent_at"]
        MailingTo.objects.bulk_update(rows, changed)
    _note_failed(actor, mailing, [row for row in rows if row.state == FAILED])
    if away:
        mailing.trouble, mailing.next_at = away[:300], now + AWAY_FOR
        mailing.save()
    elif mailing.trouble and any(row.state == SENT for row in rows):
        mailing.trouble = ""
        mailing.save()


@action(permission=SEND_MAILINGS, title=_("Let a mailing rest, or end it"), hidden=True)
def rest_mailing(actor: Actor, /, *, mailing_id: int) -> bool:
    """A mailing of which nothing is due rests until something is; one of which nothing waits ends.

    Gives whether it ended.
    """
    mailing, now = locked_mailing(actor, mailing_id), timezone.now()
    if mailing.state != SENDING:
        return False
    to = MailingTo.objects.filter(mailing=mailing)
    waits: datetime | None = to.filter(state=WAITING).aggregate(at=Min("next_at"))["at"]
    if waits is not None:
        if waits <= max(now, mailing.next_at):
            return False
        mailing.next_at = waits
    elif to.filter(state=IN_HAND).exists():
        mailing.next_at = now + IN_HAND_ELSEWHERE
    else:
        mailing.state, mailing.ended_at = DONE, now
    mailing.save()
    return mailing.state == DONE


@action(permission=SEND_MAILINGS, title=_("Hold a mailing"), hidden=True)
def hold_mailing(actor: Actor, /, *, mailing_id: int, why: str = "") -> None:
    """Let a mailing stand still until a person looks, and say why.

    Unless said: a backup brought it back, and what went out since is not known here.
    """
    mailing = locked_mailing(actor, mailing_id)
    if mailing.state in (GATHERING, SENDING):
        mailing.state = PAUSED
        message = _("It came back from a backup. What went out since is not known; look first.")
        mailing.trouble = (why or str(message))[:300]
        mailing.save()


def settle(row: MailingTo, said: Said, now: datetime) -> None:
    """What a server's answer makes of a recipient; what was refused for now waits ever longer."""
    row.attempts += 1
    row.state, row.answer = said.state, said.answer[:300]
    if said.state == WAITING:
        if row.attempts > len(AGAIN_AFTER_S):
            row.state = FAILED
        else:
            row.next_at = now + timedelta(seconds=AGAIN_AFTER_S[row.attempts - 1])
    if row.state == SENT:
        row.sent_at = now


def locked_mailing(actor: Actor, mailing_id: int) -> Mailing:
    """A mailing that nobody else changes meanwhile. Raises NotFound."""
    found = scoped(actor, Mailing).select_for_update(of=("self",)).filter(pk=mailing_id).first()
    if found is None:
        raise NotFound(_("There is no such mailing."), field="mailing_id")
    return found


def _unreachable(actor: Actor, mailing: Mailing, rows: Sequence[MailingTo]) -> set[str]:
    """The addresses among these that mail came back from, or whose owner wants no more by now."""
    if mailing.way_id is not None or not rows:
        return set()
    addresses = {row.address for row in rows}
    lost = scoped(actor, Unreachable).filter(address__in=addresses, lifted_at=None)
    gone = set(lost.values_list("address", flat=True))
    if must_hear(mailing.item, mailing.audience_id):
        return gone
    parties = {row.party_id: row.address for row in rows if row.party_id}
    no_mail = scoped(actor, NoMail).filter(lifted_at=None, purpose__in={"", mailing.purpose})
    unwanted = no_mail.filter(Q(address__in=addresses) | Q(party__in=parties))
    for address, party in unwanted.values_list("address", "party"):
        gone |= {address, parties.get(party, "")}
    return gone


def _note_failed(actor: Actor, mailing: Mailing, rows: Iterable[MailingTo]) -> None:
    """Addresses that the server refused for good are written to no more."""
    if mailing.way_id is None:
        note_unreachable(
            actor,
            [Failure(r.address, NOT_DELIVERED, status_in(r.answer), r.answer) for r in rows],
        )
