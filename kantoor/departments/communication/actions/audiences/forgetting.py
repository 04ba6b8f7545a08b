"""Forget addresses: sign-ups that nobody confirmed, and whoever asks that nothing is kept of them."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.actions.audiences.wording import checked_address
from kantoor.departments.communication.department import MANAGE_AUDIENCES
from kantoor.departments.communication.errors import NotReady, UnknownAudience
from kantoor.departments.communication.models import ListMember, NoMail, SignUp, Subscriber
from kantoor.departments.communication.queries.audiences.signed_up import VALID
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor, console_actor
from kantoor.kernel.actors.models import Company
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.jobs.declared import job
from kantoor.kernel.jobs.schedule import every
from kantoor.kernel.jobs.work import Work
from kantoor.kernel.mail.models import MailIn, MailTo
from kantoor.kernel.parties.models import Party
from kantoor.kernel.queries import scoped
from kantoor.kernel.record.erasing import also_known_as, erase_subject

MOST_AT_ONCE = 200
WHY = "A sign-up that was not confirmed is forgotten."


@action(permission=MANAGE_AUDIENCES, title=_("Forget an address"))
def forget_address(actor: Actor, /, *, address: str, why: str) -> None:
    """Erase an address of a mailing list, whoever's it is that we don't know otherwise.

    With it goes what it agreed to. That it stopped mail stays, as a digest which nobody can read
    back, so that no list and no mailing reaches it (decision 0212) until its owner agrees anew.
    `why` is kept: say what was asked, without the address. Raises UnknownAudience, NotReady for
    somebody who is a relation: they are erased as a person.
    """
    plain = checked_address(address)
    if not why.strip():
        raise InvalidInput(_("Say what was asked, and when."), field="why")
    if _parties(actor.company_id, plain):
        message = _("This is the address of a relation; erase that person.")
        raise NotReady(message, field="address")
    keys = _keys_of(actor.company_id, [plain])
    row = scoped(actor, Subscriber).filter(address=plain).first()
    if not keys:
        raise UnknownAudience(_("Nothing is kept of this address."), field="address")
    if row is not None:
        ListMember.objects.filter(subscriber=row).delete()
    for key in keys:
        erase_subject(actor, f"communication.subscriber/{row.pk if row else 0}", key, why.strip())


@action(permission=MANAGE_AUDIENCES, title=_("Forget sign-ups"), hidden=True)
def forget_sign_ups(actor: Actor, /, *, before: datetime) -> int:
    """Forget who asked before a moment and did not confirm, with our letter; gives how many.

    Who is known otherwise stays known: of them only the question goes.
    """
    rows = scoped(actor, SignUp).filter(asked_at__lt=before, confirmed_at=None)
    found = list(rows.exclude(address="").order_by("pk")[:MOST_AT_ONCE])
    letters = scoped(actor, MailTo).filter(
        mail__about__in=[f"communication.sign_up/{row.pk}" for row in found]
    )
    keys = {row.subject_id for row in found} | set(letters.values_list("subject_id", flat=True))
    strangers = sorted(_strangers(keys - {None}))  # type: ignore[arg-type]
    for row in found:
        row.address = row.name = row.language = ""
    SignUp.objects.bulk_update(found, ["address", "name", "language"])
    for key in strangers:
        erase_subject(actor, "communication.sign_up", key, WHY)
    return len(found)


def anybody_late() -> bool:
    """Whether a sign-up was not confirmed in time, in any company."""
    rows = SignUp.objects.filter(confirmed_at=None, asked_at__lt=timezone.now() - VALID)
    return rows.exclude(address="").exists()


@every(minutes=60, when=anybody_late)
@job(title=_("Forget sign-ups"), quick=True)
def forget_late_sign_ups(work: Work, /) -> None:
    """Forget company by company, as the installation; broken off, it goes on where it was."""
    before = timezone.now() - VALID
    late = SignUp.objects.filter(confirmed_at=None, asked_at__lt=before).exclude(address="")
    for company in Company.objects.filter(pk__in=late.values("company_id")).order_by("pk"):
        while forget_sign_ups(console_actor(company), before=before) == MOST_AT_ONCE:
            pass


@also_known_as
def keys_of_party(company_id: int, party: int) -> Iterable[int]:
    """Under which keys the address of a party was known before they were one."""
    found = Party.objects.filter(company_id=company_id, pk=party).exclude(email="")
    address = found.values_list(Lower("email"), flat=True).first()
    if address is None or _parties(company_id, address) - {party}:
        return ()
    return _keys_of(company_id, [address])


def _parties(company_id: int, address: str) -> set[int]:
    rows = Party.objects.filter(company_id=company_id).annotate(written_to=Lower("email"))
    return set(rows.filter(written_to=address).values_list("pk", flat=True))


def _keys_of(company_id: int, addresses: Collection[str]) -> list[int]:
    """Keys of rows with these addresses that are no party's."""
    found: set[int | None] = set()
    for model in (Subscriber, SignUp, NoMail, MailTo):
        rows = model.objects.filter(company_id=company_id, address__in=addresses)
        found.update(rows.values_list("subject_id", flat=True))
    return sorted(_of_no_party(found - {None}))  # type: ignore[arg-type]


def _of_no_party(keys: set[int]) -> set[int]:
    parties = Party.objects.filter(subject_id__in=keys)
    return keys - set(parties.values_list("subject_id", flat=True))


def _strangers(keys: set[int]) -> set[int]:
    """Those keys under which nothing is kept but a question and our letter to it."""
    left = _of_no_party(keys)
    for model in (Subscriber, NoMail, MailIn):
        left -= set(model.objects.filter(subject_id__in=keys).values_list("subject_id", flat=True))
    return left
