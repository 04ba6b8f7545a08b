"""Mailboxes as pages: whether they are read, and how."""

from collections.abc import Mapping, Sequence

from django.utils.encoding import force_str
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.queries.mail.boxes import MailboxRow, can_send, mailbox, mailboxes
from kantoor.departments.ict.web.mail import words
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView
from kantoor.kernel.pages.plans import Given, Plan, plan
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.pages.references import page_of
from kantoor.kernel.pages.words import name_field
from kantoor.kernel.ui.cells import Cell, Link
from kantoor.kernel.ui.record_page import Fact

SECURITY = {
    "tls": _("TLS (port 993)"),
    "starttls": _("STARTTLS (port 143)"),
    "none": _("None, on this machine only"),
}

MAILBOXES = ListView(
    key="ict.mailboxes",
    title=_("Mailboxes"),
    query=mailboxes,
    columns=[
        Col(
            key="name",
            title=_("Name"),
            kind="link",
            url=lambda row: words.mailbox_url(row.name),
            phone="title",
        ),
        Col(key="address", title=_("Address"), phone="meta"),
        Col(key="read_at", title=_("Last read"), kind="datetime"),
        Col(key="error", title=_("What went wrong")),
        Col(key="health", title=_("State"), kind="status", states=words.HEALTH, phone="figure"),
    ],
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
    found: list[tuple[str, Cell]] = [
        (gettext("Address"), row.address),
        (gettext("Name of the sender"), row.sender_name),
        (gettext("Server"), f"{row.host}:{row.port}"),
        (gettext("Security"), force_str(SECURITY[row.security])),
        (gettext("User"), row.user),
        (gettext("Folder"), row.folder),
        (gettext("Read mail goes to"), row.done_folder),
        (gettext("Signature"), row.signature),
        (gettext("Last read"), row.read_at),
        (gettext("What went wrong"), row.error),
    ]
    return Thing(
        title=row.name,
        row=row.id,
        state=words.status(words.HEALTH, row.health),
        note="" if can_send() else _("No mail goes out: the installation names no mail server."),
        facts=[Fact(label, value) for label, value in found if value],
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


def _now(actor: Actor, given: Given) -> Given:
    """How the mailbox is read at present, for the form that changes it."""
    if not (name := str(given.get("change.name") or "")):
        return {}
    row = mailbox(actor, name=name)
    fields = ("address", "sender_name", "host", "port", "security", "user", "folder")
    return {
        f"change.{name}": getattr(row, name)
        for name in (*fields, "done_folder", "signature", "active")
    }


plan(
    "ict.add_mailbox",
    Plan(
        choices={"mailbox.security": SECURITY},
        kinds={"mailbox.password": "password", "mailbox.signature": "lines_of_text"},
        goes_to=lambda _actor, _result: MAILBOXES.url,
    ),
)
plan(
    "ict.change_mailbox",
    Plan(
        choices={"change.security": SECURITY},
        kinds={"change.password": "password", "change.signature": "lines_of_text"},
        prefill=_now,
        in_palette=False,
    ),
)


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
