"""Mailboxes as pages: whether they are read, and how."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.queries.mail.boxes import can_send, mailbox, mailboxes
from kantoor.departments.ict.web.mail import words
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.mail.boxes import MailboxRow
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.list_view import Empty, ListView
from kantoor.kernel.pages.mailboxes import (
    HEALTH,
    mailbox_columns,
    mailbox_facts,
    plan_mailboxes,
    status_of,
)
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.pages.references import page_of
from kantoor.kernel.pages.words import name_field
from kantoor.kernel.ui.cells import Link

MAILBOXES = ListView(
    key="ict.mailboxes",
    title=_("Mailboxes"),
    query=mailboxes,
    columns=mailbox_columns("ict"),
    row_key="name",
    row_url=lambda row: words.mailbox_url(row.name),
    muted=lambda row: not row.active,
    new="ict.add_mailbox",
    empty=Empty(
        _("No mailbox yet"),
        _("Add the mailbox that people write to; their mail becomes cases by itself."),
        icon="mailbox",
    ),
)


def show(actor: Actor, row: MailboxRow) -> Thing:
    """A mailbox with how it is read and what can be changed."""
    change = {"change.name": row.name}
    back = words.mailbox_url(row.name)
    steps = [
        act_for(actor, "ict.change_mailbox", change, label=_("Change"), icon="pencil", back=back),
    ]
    return Thing(
        title=row.name,
        row=row.id,
        state=status_of(HEALTH, row.health),
        note="" if can_send() else _("No mail goes out: the installation names no mail server."),
        facts=mailbox_facts(row),
        steps=steps,
        breadcrumb=[Link(gettext("Mailboxes"), MAILBOXES.url)],
    )


MAILBOX = RecordView(
    key="ict.mailboxes",
    title=_("Mailbox"),
    kind="kernel.mailbox",
    path="<path:name>",
    find=mailbox,
    show=show,
)


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
