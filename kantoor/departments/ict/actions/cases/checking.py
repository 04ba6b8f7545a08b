"""Whether drafts of cases and notes can be: lengths, ranges, and files of the company's own."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.drafts import CaseDraft, NoteDraft
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput, NotFound
from kantoor.kernel.files.models import File
from kantoor.kernel.queries import scoped

LONGEST_TEXT = 200_000
LENGTHS = {
    "title": 200,
    "contact": 200,
    "about": 200,
    "source": 200,
    "reference": 120,
    "event": 200,
    "text": LONGEST_TEXT,
}


def checked_draft(draft: CaseDraft, place: int) -> None:
    """Refuse a draft that has no title, or values out of their range."""
    if not draft.title.strip():
        message = _("Say in a few words what is the matter.")
        raise InvalidInput(message, field="title", line=place)
    for name, longest in LENGTHS.items():
        if len(getattr(draft, name)) > longest:
            said = _("This is longer than {most} characters.").format(most=longest)
            raise InvalidInput(said, field=name, line=place)
    check_levels(draft.impact, draft.urgency, place)


def check_levels(impact: int, urgency: int, place: int | None = None) -> None:
    """Refuse an impact or urgency that is not 1 to 3."""
    for name, value in (("impact", impact), ("urgency", urgency)):
        if not 1 <= value <= 3:
            message = _("Choose from 1 (high) to 3 (low).")
            raise InvalidInput(message, field=name, line=place)


def checked_note(draft: NoteDraft, place: int) -> None:
    """Refuse a note without text or file, or one that is too long."""
    if not draft.text.strip() and not draft.files:
        raise InvalidInput(_("Write something first."), field="text", line=place)
    if len(draft.text) > LONGEST_TEXT:
        message = _("This is longer than {most} characters.").format(most=LONGEST_TEXT)
        raise InvalidInput(message, field="text", line=place)


def own_files(actor: Actor, keys: Iterable[int]) -> None:
    """Refuse a file that is not the company's own."""
    wanted = set(keys)
    if wanted and scoped(actor, File).filter(pk__in=wanted).count() < len(wanted):
        raise NotFound(_("There is no such file."), field="files")
