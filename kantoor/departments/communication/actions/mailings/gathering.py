"""Who a mailing goes to is written down, lot after lot: from then on nobody comes in or falls out."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from itertools import islice

from django.utils import timezone
from django.utils.encoding import force_str
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.actions.mailings.lots import hold_mailing, locked_mailing
from kantoor.departments.communication.department import SEND_MAILINGS
from kantoor.departments.communication.models import Item, Mailing, MailingTo, Subscriber
from kantoor.departments.communication.models.mailings.channel import CHAT
from kantoor.departments.communication.models.mailings.mailing import DONE, GATHERING, SENDING
from kantoor.departments.communication.queries.audiences.questions import question_of
from kantoor.departments.communication.queries.audiences.resolving import recipients_of
from kantoor.departments.communication.queries.items.agreeing import meant_for_others
from kantoor.departments.communication.queries.mailings.agreed import must_hear, who_is_measured
from kantoor.departments.communication.recipients import Recipient
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.parties.models import Party

AT_ONCE = 500
LOOK_AGAIN = timedelta(seconds=60)


def gather(actor: Actor, mailing: Mailing) -> None:
    """Write down who it goes to; broken off anywhere, it begins anew and passes over who is there.

    It stands still where its audience means others than those whom it was agreed to be for.
    """
    if meant_for_others([mailing.item]):
        why = force_str(others_now(mailing.item))
        hold_mailing(actor, mailing_id=mailing.pk, why=why)
        mailing.refresh_from_db()
        return
    for lot in _lots(_recipients(actor, mailing)):
        add_recipients(actor, mailing_id=mailing.pk, recipients=lot)
    end_gathering(actor, mailing_id=mailing.pk)
    mailing.refresh_from_db()


@action(permission=SEND_MAILINGS, title=_("Write down who a mailing goes to"), hidden=True)
def add_recipients(actor: Actor, /, *, mailing_id: int, recipients: Sequence[Recipient]) -> int:
    """Add recipients, each address once; gives how many were new."""
    mailing, now = locked_mailing(actor, mailing_id), timezone.now()
    if mailing.gathered:
        return 0
    at = {address_for(mailing, each): each for each in recipients}
    known = MailingTo.objects.filter(mailing=mailing, address__in=at)
    for address in list(known.values_list("address", flat=True)):
        del at[address]
    at.pop("", None)
    subjects, measured = _subjects(at.values()), who_is_measured(actor, list(at))
    made = MailingTo.objects.bulk_create(
        MailingTo(
            subject_id=subjects.get((each.party, each.subscriber)),
            mailing=mailing,
            name=each.name[:200],
            address=address,
            language=each.language,
            party_id=each.party,
            subscriber_id=each.subscriber,
            measured=address in measured,
            next_at=now,
        )
        for address, each in at.items()
    )
    return len(made)


@action(permission=SEND_MAILINGS, title=_("Begin a mailing"), hidden=True)
def end_gathering(actor: Actor, /, *, mailing_id: int) -> None:
    """All are written down: from now on it goes out, unless it was stopped or stands still."""
    mailing = locked_mailing(actor, mailing_id)
    if mailing.gathered:
        return
    mailing.next_at = timezone.now()
    mailing.gathered, mailing.size = True, MailingTo.objects.filter(mailing=mailing).count()
    if mailing.state == GATHERING:
        mailing.state = SENDING if mailing.size else DONE
        mailing.ended_at = None if mailing.size else timezone.now()
    mailing.save()


@action(permission=SEND_MAILINGS, title=_("Let a mailing wait for its recipients"), hidden=True)
def await_recipients(actor: Actor, /, *, mailing_id: int) -> None:
    """Look again in a while whether all are written down, or the job that does it is gone."""
    mailing = locked_mailing(actor, mailing_id)
    if not mailing.gathered:
        mailing.next_at = timezone.now() + LOOK_AGAIN
        mailing.save()


def others_now(item: Item) -> str:
    """That the audience of an item means others than when it was agreed to."""
    message = _(
        "Whom “{audience}” means was changed since “{code}” was agreed to; write a new item for them."
    )
    return message.format(audience=item.audience.name if item.audience else "", code=item.code)


def address_for(mailing: Mailing, recipient: Recipient) -> str:
    """Where a recipient is reached by a mailing: an e-mail address, or a telephone number."""
    if mailing.way is None:
        return recipient.address
    return recipient.address if mailing.way.kind == CHAT else recipient.phone


def _recipients(actor: Actor, mailing: Mailing) -> Iterator[Recipient]:
    if mailing.way is not None and mailing.way.kind == CHAT:
        # A room to talk in is one address, whoever listens there.
        return iter([Recipient(name=mailing.way.name, address=mailing.way.code)])
    # The company changes meanwhile: a part must stay one of those whom it was agreed to be for.
    part = mailing.audience_id != mailing.item.audience_id
    whole = question_of(actor.company_id, mailing.item.audience) if part else None
    return recipients_of(
        actor, mailing.audience, purpose=mailing.purpose, within=whole,
        by="phone" if mailing.way else "mail",
        must=must_hear(mailing.item, mailing.audience_id),
    )  # fmt: skip


def _lots(recipients: Iterator[Recipient]) -> Iterator[list[Recipient]]:
    while lot := list(islice(recipients, AT_ONCE)):
        yield lot


def _subjects(recipients: Iterable[Recipient]) -> dict[tuple[int | None, int | None], int | None]:
    """The key under which each can be erased: that of their party, or of them as a subscriber."""
    rows = list(recipients)
    parties = Party.objects.filter(pk__in=[r.party for r in rows if r.party])
    subscribers = Subscriber.objects.filter(pk__in=[r.subscriber for r in rows if r.subscriber])
    of_party = dict(parties.values_list("pk", "subject_id"))
    of_subscriber = dict(subscribers.values_list("pk", "subject_id"))
    return {
        (r.party, r.subscriber): of_party.get(r.party or 0) or of_subscriber.get(r.subscriber or 0)
        for r in rows
    }
