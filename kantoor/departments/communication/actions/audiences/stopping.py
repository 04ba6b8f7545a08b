"""Stop mail to an address, and let it go on: by its owner with their token, or by the desk for them."""

from collections.abc import Sequence
from itertools import zip_longest

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.actions.audiences.enrolling import (
    Proof,
    lift_unwanted,
    note_consent,
    unwanted_among,
)
from kantoor.departments.communication.actions.audiences.wording import (
    checked_address,
    refuse_unknown_purposes,
)
from kantoor.departments.communication.department import MANAGE_AUDIENCES
from kantoor.departments.communication.errors import NotReady, UnknownAudience
from kantoor.departments.communication.models import Consent, NoMail, Purpose, Subscriber
from kantoor.departments.communication.models.audiences.consent import (
    BY_DESK,
    BY_ONE_CLICK,
    BY_PAGE,
    BY_PREFERENCES,
)
from kantoor.departments.communication.queries.audiences.forgotten import stopped_before
from kantoor.departments.communication.queries.audiences.tokens import Stop, read_stop
from kantoor.departments.communication.queries.audiences.words_shown import refuse_other_words
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.mail.people import parties_by_address, subjects_of
from kantoor.kernel.parties.models import Party
from kantoor.kernel.queries import scoped

ON_PAGE = "preferences"


@action(permission=MANAGE_AUDIENCES, title=_("Stop mail"), bulk_of="communication.stop_mail_to")
def stop_mail(actor: Actor, /, *, addresses: Sequence[str], purpose: str = "") -> None:
    """Note that the owners of addresses want no mail for a purpose, or none at all.

    It holds for every audience from now on. Twice is once. Raises InvalidInput, UnknownAudience.
    """
    refuse_unknown_purposes(actor, [purpose])
    plain = [checked_address(each, line=place) for place, each in enumerate(addresses, 1)]
    parties = {address: row.pk for address, row in parties_by_address(actor, plain).items()}
    _stop(actor, {each: parties.get(each) for each in plain}, purpose, BY_DESK)


@action(permission=MANAGE_AUDIENCES, title=_("Stop mail to an address"))
def stop_mail_to(actor: Actor, /, *, address: str, purpose: str = "") -> None:
    """Note that the owner of an address wants no mail for a purpose, or none at all."""
    stop_mail(actor, addresses=[address], purpose=purpose)


@action(permission=MANAGE_AUDIENCES, title=_("Let mail go on"))
def let_mail_go_on(actor: Actor, /, *, address: str, purpose: str = "", asked: str) -> None:
    """The owner of an address asked for mail again; `asked` says how and when, and is kept.

    For a purpose, or for all that was stopped by one act. It is no consent: that only they give.
    Raises NotReady where nothing is stopped, and for an address that was forgotten: nobody can
    know here that who asks has it.
    """
    if not asked.strip() or len(asked) > 200:
        message = _("Say how its owner asked for it, in at most {most} characters.")
        raise InvalidInput(message.format(most=200), field="asked")
    plain = checked_address(address)
    if stopped_before(actor.company_id, [plain], purpose):
        forgotten = _(
            "All that is known of this address is that it stopped mail; only its owner "
            "can change that, by putting themselves on a list and confirming it."
        )
        raise NotReady(forgotten, field="address")
    if not unwanted_among(actor, [plain], purpose):
        raise NotReady(_("Mail to this address is not stopped."), field="address")
    lift_unwanted(actor, plain, purpose)


@action(permission=MANAGE_AUDIENCES, title=_("Stop mail by a link"), hidden=True)
def stop_by_token(actor: Actor, /, *, token: str, one_click: bool = False) -> None:
    """Stop mail to whoever got the token, for what it was made for (RFC 8058). Twice is once.

    Raises UnknownAudience for a token that is not ours, or another company's.
    """
    said = stop_of(actor, token)
    how = BY_ONE_CLICK if one_click else BY_PAGE
    _stop(actor, {said.address: _party(actor, said)}, said.purpose, how)


@action(permission=MANAGE_AUDIENCES, title=_("Set what mail one gets, by a link"), hidden=True)
def set_preferences(
    actor: Actor, /, *, token: str, purposes: Sequence[str], words: Sequence[str] = ()
) -> None:
    """Whoever got the token agrees to these purposes, and wants no mail for any other there is.

    `words` are the digests (`words_digest`) of what they were shown to agree to, one for each of
    the purposes. Raises UnknownAudience, WordsChanged where one of them says something else by now.
    """
    said = stop_of(actor, token)
    chosen = refuse_unknown_purposes(actor, purposes)
    for code, shown in zip_longest(purposes, words, fillvalue=""):
        refuse_other_words(shown, chosen[code].text if code in chosen else "")
    party = _party(actor, said)
    offered = scoped(actor, Purpose).filter(active=True).order_by("code")
    for code in offered.values_list("code", flat=True):
        if code not in chosen:
            _stop(actor, {said.address: party}, code, BY_PAGE)
    if not chosen:
        return
    subscriber = _subscriber(actor, said)
    for code, row in chosen.items():
        lift_unwanted(actor, said.address, code, party=party)
        proof = Proof(how=BY_PREFERENCES, text=row.text, source=ON_PAGE, at=timezone.now())
        note_consent(actor, [subscriber.pk], code, proof)


def stop_of(actor: Actor, token: str) -> Stop:
    """What a token says. Raises UnknownAudience for one that is not this company's."""
    said = read_stop(token)
    if said is None or said.company != actor.company_id:
        raise UnknownAudience(_("This link is not one of ours, or not all of it."))
    return said


def _stop(actor: Actor, parties: dict[str, int | None], purpose: str, how: str) -> None:
    """Stop mail to addresses, each with its party, and take back what was agreed to."""
    addresses, now = list(parties), timezone.now()
    rows = scoped(actor, NoMail).filter(address__in=addresses, purpose=purpose, lifted_at=None)
    known = set(rows.values_list("address", flat=True))
    # Who was known by the address alone is known as who they are from now on.
    named = [each for each in addresses if parties[each] is not None]
    nameless = list(rows.select_for_update().filter(party=None, address__in=named).order_by("pk"))
    for row in nameless:
        row.party_id = parties[row.address]
    NoMail.objects.bulk_update(nameless, ["party"])
    fresh = [each for each in addresses if each not in known]
    persons = subjects_of(actor, fresh)
    NoMail.objects.bulk_create(
        NoMail(
            subject_id=persons[address], company_id=actor.company_id, address=address,
            party_id=parties[address], purpose=purpose, how=how, since=now, user_id=actor.user_id,
        )
        for address in fresh
    )  # fmt: skip
    agreed = Consent.objects.filter(
        company_id=actor.company_id, subscriber__address__in=addresses, withdrawn_at=None
    )
    if purpose:
        agreed = agreed.filter(purpose=purpose)
    agreed.update(withdrawn_at=now)


def _party(actor: Actor, said: Stop) -> int | None:
    """The party that the token was made for, where there still is one."""
    if said.party is not None and scoped(actor, Party).filter(pk=said.party).exists():
        return said.party
    found = parties_by_address(actor, [said.address]).get(said.address)
    return found.pk if found else None


def _subscriber(actor: Actor, said: Stop) -> Subscriber:
    """The address as a subscriber, since consent is given by an address."""
    row = scoped(actor, Subscriber).filter(address=said.address).first()
    if row is not None:
        return row
    party = scoped(actor, Party).filter(pk=said.party).first() if said.party else None
    return Subscriber.objects.create(
        subject_id=subjects_of(actor, [said.address])[said.address],
        company_id=actor.company_id,
        address=said.address,
        name=party.name if party else "",
        language=party.language if party else "",
        created_at=timezone.now(),
    )
