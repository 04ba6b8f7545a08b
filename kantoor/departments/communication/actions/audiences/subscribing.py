"""Put addresses on mailing lists by hand, or a list of a million of them from a file."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from msgspec.structs import replace

from kantoor.departments.communication.actions.audiences.enrolling import Enrolled, Proof, enrol
from kantoor.departments.communication.actions.audiences.lists import list_named
from kantoor.departments.communication.actions.audiences.wording import LANGUAGES, checked_address
from kantoor.departments.communication.department import MANAGE_AUDIENCES
from kantoor.departments.communication.drafts_audiences import SubscriberDraft
from kantoor.departments.communication.models import MailingList, Purpose
from kantoor.departments.communication.models.audiences.consent import BY_HAND, BY_IMPORT
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.queries import scoped

MOST_AT_ONCE = 5_000
LONGEST_SOURCE, LONGEST_NAME = 200, 200


@action(
    permission=MANAGE_AUDIENCES,
    title=_("Put addresses on a mailing list"),
    bulk_of="communication.add_subscriber",
)
def add_subscribers(
    actor: Actor,
    /,
    *,
    mailing_list: str,
    subscribers: Sequence[SubscriberDraft],
    source: str = "",
    agreed_on: date | None = None,
    from_file: bool = False,
) -> Enrolled:
    """Put addresses on a list, all or none, but for those whose owners want no mail.

    Of a list with a purpose `source` says where its owners agreed to it: a form, a fair, a paper;
    `agreed_on` the day, today unless given. Raises UnknownAudience, InvalidInput with the line.
    """
    row = list_named(actor, mailing_list)
    if len(subscribers) > MOST_AT_ONCE:
        message = _("Add at most {most} at once, or import a file.").format(most=MOST_AT_ONCE)
        raise InvalidInput(message, field="subscribers")
    checked = [checked_subscriber(each, line) for line, each in enumerate(subscribers, 1)]
    proof = _proof(actor, row, source, agreed_on, BY_IMPORT if from_file else BY_HAND)
    concerns(f"communication.list/{row.pk}")
    return enrol(actor, row, checked, proof)


@action(permission=MANAGE_AUDIENCES, title=_("Put an address on a mailing list"))
def add_subscriber(
    actor: Actor,
    /,
    *,
    mailing_list: str,
    subscriber: SubscriberDraft,
    source: str = "",
    agreed_on: date | None = None,
) -> Enrolled:
    """Put one address on a list. Raises InvalidInput where its owner wants no mail."""
    found = add_subscribers(
        actor, mailing_list=mailing_list, subscribers=[subscriber], source=source,
        agreed_on=agreed_on,
    )  # fmt: skip
    if found.unwanted:
        message = _("The owner of this address wants no mail; only they can change that.")
        raise InvalidInput(message, field="address")
    return found


def checked_subscriber(draft: SubscriberDraft, line: int | None = None) -> SubscriberDraft:
    """The subscriber as it is kept. Raises InvalidInput."""
    name = " ".join(draft.name.split())
    if len(name) > LONGEST_NAME or (name and not name.isprintable()):
        message = _("Say it in at most {most} characters, on one line.").format(most=LONGEST_NAME)
        raise InvalidInput(message, field="name", line=line)
    language = draft.language.strip().lower()
    if language not in LANGUAGES:
        odd = _("“{language}” is no language of ours: use nl or en, or leave it empty.")
        said = odd.format(language=draft.language[:20])
        raise InvalidInput(said, field="language", line=line)
    return replace(
        draft, address=checked_address(draft.address, line=line), name=name, language=language
    )


def _proof(actor: Actor, row: MailingList, source: str, agreed_on: date | None, how: str) -> Proof:
    plain, now = " ".join(source.split()), timezone.now()
    if len(plain) > LONGEST_SOURCE:
        message = _("Say it in at most {most} characters, on one line.").format(most=LONGEST_SOURCE)
        raise InvalidInput(message, field="source")
    if row.purpose and not plain:
        raise InvalidInput(
            _("Say where they agreed to it: a form, a fair, a paper."), field="source"
        )
    if agreed_on is not None and agreed_on > now.date():
        raise InvalidInput(_("That day is still to come."), field="agreed_on")
    at = datetime.combine(agreed_on, time.min, UTC) if agreed_on else now
    words = scoped(actor, Purpose).filter(code=row.purpose).values_list("text", flat=True).first()
    return Proof(how=how, text=words or "", source=plain, at=at)
