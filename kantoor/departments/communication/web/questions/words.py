"""What states, kinds and ways of questions are called, and where their pages are."""

from urllib.parse import quote

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kantoor.kernel.pages.columns import States
from kantoor.kernel.pages.mailboxes import status_of
from kantoor.kernel.ui.cells import Status

KINDS = {
    "question": _("Question"),
    "mention": pgettext_lazy("of the company", "Mention"),
}
STATES: States = {
    "new": (pgettext_lazy("a question", "New"), "wait"),
    "active": (_("In hand"), "info"),
    "waiting": (_("Waiting"), "quiet"),
    "answered": (_("Answered"), "good"),
    "closed": (_("Closed"), "quiet"),
}
CHANNELS = {
    "phone": _("Telephone"),
    "mail": _("E-mail"),
    "social": _("Social media"),
    "page": _("In the media"),
    "other": pgettext_lazy("a channel", "Otherwise"),
}
TONES = {
    "": "",
    "good": pgettext_lazy("a tone", "Good"),
    "neutral": pgettext_lazy("a tone", "Neutral"),
    "bad": pgettext_lazy("a tone", "Bad"),
}
MAIL_STATES: States = {
    "new": (pgettext_lazy("mail", "New"), "wait"),
    "done": (_("Dealt with"), "good"),
    "held": (_("Held"), "wait"),
    "ignored": (_("Left"), "quiet"),
}
HELD_FOR = {
    "storm": _("So much came from this address or about this question that it was stopped here."),
    "automatic": _("No person wrote it, and it belongs to no question."),
    "bulk": _("It was sent to many, and belongs to no question."),
    "nobody": _("It names no sender."),
    "failed": _("Kantoor could not make a question of it."),
}


def status(state: str) -> Status:
    """The state of a question as word and shape."""
    return status_of(STATES, state)


def question_url(number: str) -> str:
    """The page of a question."""
    return f"/communication/questions/{quote(number)}" if number else ""
