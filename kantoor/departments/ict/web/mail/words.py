"""What kinds and states of mail are called, and where their pages are."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kantoor.kernel.pages import mailboxes as shared
from kantoor.kernel.pages.columns import States
from kantoor.kernel.pages.received import message_url

STATES: States = {
    "new": (pgettext_lazy("mail", "New"), "wait"),
    "done": (_("With its case"), "good"),
    "held": (_("Held"), "wait"),
    "ignored": (_("Left"), "quiet"),
}
HELD_FOR = {
    "stranger": _("It names a case in which the sender takes no part."),
    "storm": _("So much came from this address or about this case that it was stopped here."),
    "automatic": _("No person wrote it, and it belongs to no case."),
    "bulk": _("It was sent to many, and belongs to no case."),
    "nobody": _("It names no sender."),
    "failed": _("Kantoor could not make a case of it."),
}
OUTCOMES = {
    "failed": _("Does not exist"),
    "complaint": _("Wants no more"),
    "delayed": _("Delayed"),
    "delivered": _("Delivered"),
}


def received_url(key: int) -> str:
    """The page of a message that came in."""
    return message_url("ict", key)


def sent_url(key: int) -> str:
    """The page of a message of ours."""
    return f"/ict/mail-sent/{key}"


def mailbox_url(name: str) -> str:
    """The page of a mailbox."""
    return shared.mailbox_url("ict", name)
