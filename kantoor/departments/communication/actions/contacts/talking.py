"""What was said with contacts is noted, with its files."""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.actions.moments import refuse_without_zone
from kantoor.departments.communication.department import MANAGE_CONTACTS
from kantoor.departments.communication.drafts_contacts import FileDraft, SaidDraft
from kantoor.departments.communication.models import Contact, Conversation, ConversationFile
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput, NotFound
from kantoor.kernel.files.files import Content, store_files
from kantoor.kernel.queries import scoped

LONGEST_TEXT = 20_000
LARGEST, MOST_FILES = 10 * 2**20, 10
"""Bytes of a file, and files of one conversation."""


@action(
    permission=MANAGE_CONTACTS,
    title=_("Note what was said"),
    bulk_of="communication.note_conversation",
)
def note_conversations(actor: Actor, /, *, said: Sequence[SaidDraft]) -> list[int]:
    """Note what was said with contacts, with its files; gives the keys. Raises NotFound, InvalidInput."""
    rows = scoped(actor, Contact).filter(party__code__in={each.contact for each in said})
    by_code = {row.party.code: row for row in rows.select_related("party")}
    now = timezone.now()
    for place, each in enumerate(said, 1):
        line = place if len(said) > 1 else None
        if each.contact not in by_code:
            message = _("There is no contact “{code}”.").format(code=each.contact[:40])
            raise NotFound(message, field="contact", line=line)
        if not each.text.strip() or len(each.text) > LONGEST_TEXT:
            wordless = _("Write what was said, in at most {most} characters.")
            raise InvalidInput(wordless.format(most=LONGEST_TEXT), field="text", line=line)
        refuse_without_zone(each.at, field="at", line=line)
        if each.at is not None and each.at > now:
            raise InvalidInput(_("Give a moment that was."), field="at", line=line)
        _refuse_files(each.files, line)
    kept = Conversation.objects.bulk_create(
        Conversation(
            subject_id=by_code[each.contact].subject_id,
            contact=by_code[each.contact],
            way=each.way,
            at=each.at or now,
            text=each.text.strip(),
            noted_at=now,
            user_id=actor.user_id,
        )
        for each in said
    )
    _keep_files(actor, list(zip(kept, said, strict=True)))
    if len(kept) == 1:
        concerns(f"communication.contact/{kept[0].contact_id}")
    return [row.pk for row in kept]


@action(permission=MANAGE_CONTACTS, title=_("Note what was said with a contact"))
def note_conversation(actor: Actor, /, *, said: SaidDraft) -> int:
    """Note one conversation; gives its key."""
    return note_conversations(actor, said=[said])[0]


def _refuse_files(files: Sequence[FileDraft], line: int | None) -> None:
    if len(files) > MOST_FILES:
        message = _("Give at most {most} files.").format(most=MOST_FILES)
        raise InvalidInput(message, field="files", line=line)
    if any(len(each.content) > LARGEST for each in files):
        message = _("A file is at most {most} MB.").format(most=LARGEST // 2**20)
        raise InvalidInput(message, field="files", line=line)


def _keep_files(actor: Actor, kept: Sequence[tuple[Conversation, SaidDraft]]) -> None:
    pairs = [(row, each) for row, said in kept for each in said.files]
    if not pairs:
        return
    # Downloaded as bytes of no kind, whatever it says it is.
    files = store_files(
        actor,
        [
            Content(each.content, each.name, "application/octet-stream", row.subject_id)
            for row, each in pairs
        ],
    )
    ConversationFile.objects.bulk_create(
        ConversationFile(conversation=row, file=file)
        for (row, _each), file in zip(pairs, files, strict=True)
    )
