"""Mailboxes as pages: whether they are read, and how."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.queries.mail.boxes import can_send, mailbox, mailboxes
from kantoor.departments.ict.web.mail import words
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.mailboxes import mailbox_list, mailbox_view, plan_mailboxes
from kantoor.kernel.pages.references import page_of
from kantoor.kernel.pages.words import name_field
from kantoor.kernel.ui.cells import Link

MAILBOXES = mailbox_list(
    "ict",
    mailboxes,
    _("Add the mailbox that people write to; their mail becomes cases by itself."),
)


def _none_goes_out() -> Any:
    return "" if can_send() else _("No mail goes out: the installation names no mail server.")


MAILBOX = mailbox_view("ict", mailbox, note=_none_goes_out)


plan_mailboxes("ict", mailbox)
name_field(
    "signature", _("Signature"), _("Below what is sent; empty is the name of the sender alone.")
)


@page_of("kernel.mailbox", title=_("Mailbox"))
def mailbox_pages(actor: Actor, keys: Sequence[str]) -> Mapping[str, Link]:
    """The pages of mailboxes by their keys."""
    wanted = set(keys)
    return {
        str(each.id): Link(each.name, words.mailbox_url(each.name))
        for each in mailboxes(actor)
        if str(each.id) in wanted
    }
