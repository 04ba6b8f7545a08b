"""What the forms of reading need beyond the signatures of their actions."""

from typing import Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.queries.reading.affected import who_is_affected
from kantoor.departments.communication.web.reading import words
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError
from kantoor.kernel.pages.plans import Given, Plan, plan
from kantoor.kernel.pages.words import name_field
from kantoor.kernel.ui.form_page import Consequence

plan("communication.confirm_reading", Plan(in_palette=False, kinds={"item": "hidden"}))
plan("communication.note_reading", Plan(in_palette=False, kinds={"item": "hidden"}))
plan("communication.note_readings", Plan(in_palette=False))
plan("communication.ask_readers", Plan(in_palette=False))
plan("communication.remind_readers", Plan(in_palette=False))
plan(
    "communication.ask_again",
    Plan(
        in_palette=False,
        kinds={"item": "hidden", "why": "lines_of_text"},
        submit=_("Ask everybody again"),
    ),
)
plan("communication.remind_now", Plan(in_palette=False, kinds={"item": "hidden"}))


name_field("communication.note_reading:person", _("Number"))
name_field("communication.note_reading:note", _("How one knows"), _("Such as a list they signed."))
name_field("communication.note_readings:people", _("Numbers"))
name_field("communication.ask_again:why", _("What changed"), _("Who read it before is told this."))


def _offered(actor: Actor, given: Given) -> Given:
    """The words to begin with: what does not work, as far as that is known."""
    try:
        found = who_is_affected(actor, about=str(given.get("notice.about") or ""))
    except DomainError:
        return {}
    title = gettext("{name} does not work").format(name=found.name)
    return {"notice.title": title, "notice.body": found.what}


def _reached(actor: Actor, given: Given) -> Consequence | None:
    """How many people get it, and who they are."""
    try:
        found = who_is_affected(actor, about=str(given.get("notice.about") or ""))
    except DomainError:
        return None
    words_ = ngettext(
        "%(n)s person is told, and asked to say that they know it.",
        "%(n)s people are told, and asked to say that they know it.",
        found.people,
    )
    return Consequence(words_ % {"n": found.people}, found.names)


def _to_notice(_actor: Actor, item: Any) -> str:
    return words.stands_url(item) if isinstance(item, str) else ""


plan(
    "communication.notify_affected",
    Plan(
        in_palette=False,
        kinds={"notice.about": "hidden", "notice.body": "lines_of_text"},
        prefill=_offered,
        consequence=_reached,
        submit=_("Tell them"),
        goes_to=_to_notice,
    ),
)
name_field("communication.notify_affected:title", _("Title"))
name_field("communication.notify_affected:body", _("What they have to know"))
name_field("communication.notify_affected:about", _("What does not work"))
name_field("communication.notify_affected:language", _("Language"))
name_field(
    "communication.notify_affected:confirmed",
    _("How many"),
    _("Only where that is everybody, or nobody who can be reached: then say the number."),
)
