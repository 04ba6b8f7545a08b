"""Double opt-in: somebody asks for a list, and is on it once they confirmed from their own mail.

Until then nothing is kept of them but the question, which is forgotten when it is not confirmed.
The page says the same whether the address is known or not: it tells nobody who is on a list.
"""

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.actions.audiences.enrolling import (
    Proof,
    enrol,
    lift_unwanted,
)
from kantoor.departments.communication.actions.audiences.lists import list_named
from kantoor.departments.communication.actions.audiences.subscribing import checked_subscriber
from kantoor.departments.communication.department import MANAGE_AUDIENCES
from kantoor.departments.communication.drafts_audiences import SubscriberDraft
from kantoor.departments.communication.errors import NotReady, UnknownAudience
from kantoor.departments.communication.models import (
    MailingList,
    Purpose,
    SignUp,
    Subscriber,
)
from kantoor.departments.communication.models.audiences.consent import BY_CONFIRMING
from kantoor.departments.communication.queries.audiences.signed_up import VALID, on_the_list
from kantoor.departments.communication.queries.audiences.tokens import (
    Confirm,
    confirm_token,
    read_confirm,
)
from kantoor.departments.communication.queries.audiences.words_shown import refuse_other_words
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import Company
from kantoor.kernel.mail.models import Mailbox
from kantoor.kernel.mail.outgoing import Addressee, Letter, sending_mailbox, write_letters
from kantoor.kernel.mail.people import subjects_of
from kantoor.kernel.queries import scoped

LETTER = "s"
"""The letter of sign-ups in tokens of mail: replies come in as any other mail."""
MOST_LETTERS = 3
"""Letters to one address within the time that its links are good: nobody floods another's mail."""


@action(permission=MANAGE_AUDIENCES, title=_("Ask for a mailing list"), hidden=True)
def take_sign_up(
    actor: Actor, /, *, mailing_list: str, subscriber: SubscriberDraft, page: str, words: str
) -> None:
    """Somebody asked for a list on a page: write to the address, so that its owner confirms it.

    `words` is the digest of what they were shown to agree to (`words_digest`). Who was written to
    as often as is allowed is written to no more, and nobody is told. Raises UnknownAudience for a
    list that is not open, NotReady where no mail goes out, InvalidInput, WordsChanged where the
    list says something else by now.
    """
    row = list_named(actor, mailing_list)
    if not row.open:
        raise UnknownAudience(_("This list is not open."), field="mailing_list")
    text = _words_of(actor, row)
    refuse_other_words(words, text)
    box = sending_mailbox(actor, "communication") if settings.SMTP else None
    if box is None:
        raise NotReady(_("No mail can be sent now, so nobody can be put on the list."))
    draft, now = checked_subscriber(subscriber), timezone.now()
    asked = scoped(actor, SignUp).filter(address=draft.address, asked_at__gt=now - VALID)
    if asked.count() >= MOST_LETTERS:
        return
    sign_up = SignUp.objects.create(
        subject_id=subjects_of(actor, [draft.address])[draft.address],
        company_id=actor.company_id, mailing_list=row, address=draft.address, name=draft.name,
        language=draft.language, text=text, source=page[:200], asked_at=now,
    )  # fmt: skip
    _ask_to_confirm(actor, row, sign_up, box)


@action(permission=MANAGE_AUDIENCES, title=_("Confirm an address"), hidden=True)
def confirm_sign_up(actor: Actor, /, *, token: str) -> str:
    """The owner of an address confirmed it: they are on the list, and agreed; gives its name.

    Twice is once, and what else they asked of the list is confirmed with it: no link of before
    puts anybody on it again. Raises UnknownAudience for a token that is not ours, or too old, for
    one that was used by who is off the list again, and where the list says something else by now
    than when they asked.
    """
    sign_up = sign_up_of(actor, token)
    if sign_up.confirmed_at is not None and not on_the_list(sign_up):
        raise UnknownAudience(_("This link was used before; ask for the list once more."))
    if sign_up.confirmed_at is None:
        row, now = sign_up.mailing_list, timezone.now()
        if sign_up.text != _words_of(actor, row):
            # What they agreed to is not what the list is for now.
            raise UnknownAudience(_("This link is too old; ask for the list once more."))
        lift_unwanted(actor, sign_up.address, row.purpose)
        draft = SubscriberDraft(
            address=sign_up.address, name=sign_up.name, language=sign_up.language
        )
        proof = Proof(how=BY_CONFIRMING, text=sign_up.text, source=sign_up.source, at=now)
        enrol(actor, row, [draft], proof)
        who = scoped(actor, Subscriber).get(address=sign_up.address)
        # What it says is the subscriber's now: it is kept once.
        asked = scoped(actor, SignUp).filter(mailing_list=row, confirmed_at=None)
        asked.filter(address=sign_up.address).update(
            subscriber=who, address="", name="", language="", confirmed_at=now
        )
    return sign_up.mailing_list.name


def sign_up_of(actor: Actor, token: str) -> SignUp:
    """The sign-up that a token confirms. Raises UnknownAudience."""
    said = read_confirm(token)
    found = scoped(actor, SignUp).select_related("mailing_list", "subscriber")
    found = found.select_for_update(of=("self",))
    found = found.exclude(address="", confirmed_at=None)
    row = found.filter(pk=said.sign_up).first() if said else None
    if said is None or row is None or said.company != actor.company_id:
        raise UnknownAudience(_("This link is not one of ours, or not all of it."))
    late = row.confirmed_at is None and row.asked_at < timezone.now() - VALID
    if late or not row.mailing_list.active:
        raise UnknownAudience(_("This link is too old; ask for the list once more."))
    return row


def _words_of(actor: Actor, row: MailingList) -> str:
    """What people agree to who put themselves on a list."""
    words = scoped(actor, Purpose).filter(code=row.purpose).values_list("text", flat=True)
    return words.first() or ""


def _ask_to_confirm(actor: Actor, row: MailingList, sign_up: SignUp, box: Mailbox) -> None:
    company = Company.objects.get(pk=actor.company_id)
    token = confirm_token(Confirm(actor.company_id, sign_up.pk))
    with override(sign_up.language or actor.language):
        subject = gettext("Confirm: {list} of {company}").format(
            list=row.name, company=company.name
        )
        body = gettext(
            "Somebody, you we hope, asked to be put on the list “{list}” of {company}.\n\n"
            "If it was you, confirm it here:\n{url}\n\n"
            "If it was not, do nothing: nothing is kept, and you hear no more of it.\n"
        ).format(
            list=row.name,
            company=company.name,
            url=f"{settings.ADDRESS}/communication/subscribed/{token}",
        )
    to = Addressee(sign_up.name, sign_up.address)
    about = f"communication.sign_up/{sign_up.pk}"
    letter = Letter(box, about, (LETTER, sign_up.pk), subject, body, [to], automatic=True)
    write_letters(actor, [letter])
