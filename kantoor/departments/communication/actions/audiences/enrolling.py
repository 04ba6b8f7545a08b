"""Put addresses on a list, with the proof of what their owners agreed to: the one way there is.

Called inside an action. In a fixed number of statements for a lot, however many there are in it.
"""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from django.db.models import Q
from django.utils import timezone

from kantoor.departments.communication.actions.audiences.remembering import lift_stopped_before
from kantoor.departments.communication.drafts_audiences import SubscriberDraft
from kantoor.departments.communication.models import (
    Consent,
    ListMember,
    MailingList,
    Purpose,
    Subscriber,
)
from kantoor.departments.communication.models.audiences.consent import (
    BY_CONFIRMING,
    BY_PREFERENCES,
    NoMail,
)
from kantoor.departments.communication.queries.audiences.forgotten import stopped_before
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.mail.people import subjects_of
from kantoor.kernel.queries import scoped
from kantoor.kernel.store.lookup import fetch_of_keys

_SUBSCRIBERS = """SELECT address, id FROM communication_subscriber
WHERE company_id = %s AND address IN ({})"""
_MEMBERS = """SELECT subscriber_id FROM communication_list_member
WHERE mailing_list_id = %s AND subscriber_id IN ({})"""
_AGREED = """SELECT subscriber_id, id, text FROM communication_consent
WHERE withdrawn_at IS NULL AND purpose = %s AND subscriber_id IN ({})"""
_UNWANTED = """SELECT address FROM communication_no_mail
WHERE company_id = %s AND lifted_at IS NULL AND purpose IN ('', %s) AND address IN ({})"""


BY_THEMSELVES = (BY_CONFIRMING, BY_PREFERENCES)


class Proof(msgspec.Struct, frozen=True, kw_only=True):
    """How somebody agreed: see Consent. `text` is what they agreed to."""

    how: str
    text: str
    source: str
    at: datetime


class Enrolled(msgspec.Struct, frozen=True, kw_only=True):
    """What came of addresses: how many are new on the list, how many were on it.

    `unwanted` are those whose owners want no mail: nothing was done with them.
    """

    added: int
    known: int
    unwanted: list[str] = msgspec.field(default_factory=list)


def enrol(
    actor: Actor, mailing_list: MailingList, drafts: Sequence[SubscriberDraft], proof: Proof
) -> Enrolled:
    """Put addresses (checked, in lower case) on a list; one that comes twice counts once.

    Whoever wants no mail for the purpose of the list, or none at all, is passed over: only they
    themselves take that back (`lift_unwanted`).
    """
    wanted = {each.address: each for each in drafts}
    unwanted = unwanted_among(actor, list(wanted), mailing_list.purpose)
    for address in unwanted:
        del wanted[address]
    keys = _subscribers(actor, list(wanted.values()))
    listed = list(keys.values())
    on = {key for (key,) in fetch_of_keys(_MEMBERS, [mailing_list.pk], listed)}
    now = timezone.now()
    fresh = [key for key in listed if key not in on]
    ListMember.objects.bulk_create(
        ListMember(mailing_list=mailing_list, subscriber_id=key, joined_at=now) for key in fresh
    )
    if mailing_list.purpose:
        note_consent(actor, listed, mailing_list.purpose, proof)
    return Enrolled(added=len(fresh), known=len(on), unwanted=sorted(unwanted))


def note_consent(actor: Actor, keys: Sequence[int], purpose: str, proof: Proof) -> None:
    """Note that these subscribers agreed, those who had agreed already left as they are.

    But who agrees themselves to other words than before agrees anew: the proof is of what they saw.
    """
    found = fetch_of_keys(_AGREED, [purpose], keys)
    anew = {key: row for key, row, text in found if text != proof.text}
    if proof.how not in BY_THEMSELVES:
        anew = {}
    if anew:
        Consent.objects.filter(pk__in=anew.values()).update(withdrawn_at=proof.at)
    agreed = {key for key, _row, _text in found} - anew.keys()
    Consent.objects.bulk_create(
        Consent(
            company_id=actor.company_id,
            subscriber_id=key,
            purpose=purpose,
            how=proof.how,
            text=proof.text,
            source=proof.source,
            given_at=proof.at,
            user_id=actor.user_id,
        )
        for key in keys
        if key not in agreed
    )


def unwanted_among(actor: Actor, addresses: Sequence[str], purpose: str) -> set[str]:
    """Which of these addresses want no mail for a purpose, or none at all.

    Also those of which no more is kept than that.
    """
    found = fetch_of_keys(_UNWANTED, [actor.company_id, purpose], addresses)
    return {address for (address,) in found} | stopped_before(actor.company_id, addresses, purpose)


def lift_unwanted(actor: Actor, address: str, purpose: str, *, party: int | None = None) -> None:
    """The owner of an address wants mail for a purpose again: what they stopped is lifted.

    Who wanted none at all gets mail for this purpose alone: for all others it stays stopped.
    """
    lift_stopped_before(actor, address, purpose)
    theirs = Q(address=address) if party is None else Q(address=address) | Q(party=party)
    rows = scoped(actor, NoMail).select_for_update().filter(theirs, lifted_at=None)
    found = list(rows.filter(purpose__in=["", purpose]).order_by("pk"))
    now = timezone.now()
    for row in found:
        row.lifted_at = now
    NoMail.objects.bulk_update(found, ["lifted_at"])
    all_ = next((row for row in found if not row.purpose), None)
    if all_ is None or not purpose:
        return
    stopped = scoped(actor, NoMail).filter(address=address, lifted_at=None)
    known = set(stopped.values_list("purpose", flat=True))
    others = scoped(actor, Purpose).exclude(code=purpose).order_by("code")
    NoMail.objects.bulk_create(
        NoMail(
            subject_id=all_.subject_id, company_id=actor.company_id, address=address,
            party_id=all_.party_id, purpose=code, how=all_.how, since=all_.since,
            user_id=all_.user_id,
        )
        for code in others.values_list("code", flat=True)
        if code not in known
    )  # fmt: skip


def _subscribers(actor: Actor, drafts: Sequence[SubscriberDraft]) -> dict[str, int]:
    """The subscribers of these addresses by address, those that are new written."""
    addresses = [each.address for each in drafts]
    found = dict(fetch_of_keys(_SUBSCRIBERS, [actor.company_id], addresses))
    fresh = [each for each in drafts if each.address not in found]
    persons = subjects_of(actor, [each.address for each in fresh])
    now = timezone.now()
    made = Subscriber.objects.bulk_create(
        Subscriber(
            subject_id=persons[each.address], company_id=actor.company_id, address=each.address,
            name=each.name, language=each.language, created_at=now,
        )
        for each in fresh
    )  # fmt: skip
    return found | {row.address: row.pk for row in made}
