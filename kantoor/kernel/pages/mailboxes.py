"""What pages of mail share, whichever department's mail it is."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.utils.encoding import force_str
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.mail.boxes import MailboxRow
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.columns import Col, States
from kantoor.kernel.pages.list_view import Empty, ListView
from kantoor.kernel.pages.plans import Given, Plan, plan
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.ui.cells import Cell, Link, Status
from kantoor.kernel.ui.record_page import Fact

SECURITY = {
    "tls": _("TLS (port 993)"),
    "starttls": _("STARTTLS (port 143)"),
    "none": _("None, on this machine only"),
}
HEALTH: States = {
    "read": (_("Is read"), "good"),
    "trouble": (_("Trouble just now"), "wait"),
    "silent": (_("Not read for long"), "bad"),
    "unread": (_("Not tried yet"), "quiet"),
    "stopped": (_("Stopped"), "quiet"),
}
KINDS = {
    "message": _("Message"),
    "auto-reply": _("Automatic reply"),
    "bounce": _("Came back"),
    "bulk": _("Sent to many"),
}
SENT_STATES: States = {
    "waiting": (_("Waits"), "wait"),
    "sending": (_("Being sent"), "info"),
    "sent": (_("Sent"), "good"),
    "failed": (_("Failed"), "bad"),
    "bounced": (_("Came back"), "bad"),
    "unsure": (_("In doubt"), "wait"),
    "suppressed": (_("Not sent"), "quiet"),
}


def status_of(states: States, state: str) -> Status:
    """A state as word and shape."""
    word, tone = states[state]
    return Status(state, force_str(word), tone)


def mailbox_url(department: str, name: str) -> str:
    """The page of a mailbox of a department."""
    return f"/{department}/mailboxes/{quote(name, safe='')}"


def mailbox_columns(department: str) -> list[Col]:
    """The columns of a list of mailboxes."""
    return [
        Col(
            key="name",
            title=_("Name"),
            kind="link",
            url=lambda row: mailbox_url(department, row.name),
            phone="title",
        ),
        Col(key="address", title=_("Address"), phone="meta"),
        Col(key="read_at", title=_("Last read"), kind="datetime"),
        Col(key="error", title=_("What went wrong")),
        Col(key="health", title=_("State"), kind="status", states=HEALTH, phone="figure"),
    ]


def mailbox_facts(row: MailboxRow) -> list[Fact]:
    """How a mailbox is read, as its page says it."""
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
    return [Fact(label, value) for label, value in found if value]


def mailbox_list(department: str, query: Callable[..., Any], empty: Any) -> ListView:
    """The mailboxes of a department; `empty` says what becomes of mail when there is one."""
    return ListView(
        key=f"{department}.mailboxes",
        title=_("Mailboxes"),
        query=query,
        columns=mailbox_columns(department),
        row_key="name",
        row_url=lambda row: mailbox_url(department, row.name),
        muted=lambda row: not row.active,
        new=f"{department}.add_mailbox",
        empty=Empty(_("No mailbox yet"), empty, icon="mailbox"),
    )


def mailbox_view(
    department: str, find: Callable[..., MailboxRow], note: Callable[[], Any] = str
) -> RecordView:
    """A mailbox with how it is read and what can be changed; `note` says what is wrong besides."""

    def show(actor: Actor, row: MailboxRow) -> Thing:
        change = act_for(
            actor, f"{department}.change_mailbox", {"change.name": row.name},
            label=_("Change it"), icon="pencil", back=mailbox_url(department, row.name),
        )  # fmt: skip
        return Thing(
            title=row.name,
            row=row.id,
            state=status_of(HEALTH, row.health),
            note=note(),
            facts=mailbox_facts(row),
            steps=[change],
            breadcrumb=[Link(gettext("Mailboxes"), f"/{department}/mailboxes")],
        )

    return RecordView(
        key=f"{department}.mailboxes",
        title=_("Mailbox"),
        kind="kernel.mailbox",
        path="<path:name>",
        find=find,
        show=show,
    )


def plan_mailboxes(department: str, find: Callable[..., MailboxRow]) -> None:
    """The forms that add a mailbox and change one, which shows how it is read at present."""

    def now(actor: Actor, given: Given) -> Given:
        if not (name := str(given.get("change.name") or "")):
            return {}
        row = find(actor, name=name)
        fields = ("address", "sender_name", "host", "port", "security", "user", "folder")
        return {
            f"change.{each}": getattr(row, each)
            for each in (*fields, "done_folder", "signature", "active")
        }

    plan(
        f"{department}.add_mailbox",
        Plan(
            choices={"mailbox.security": SECURITY},
            kinds={"mailbox.password": "password", "mailbox.signature": "lines_of_text"},
            goes_to=lambda _actor, _result: f"/{department}/mailboxes",
        ),
    )
    plan(
        f"{department}.change_mailbox",
        Plan(
            choices={"change.security": SECURITY},
            kinds={"change.password": "password", "change.signature": "lines_of_text"},
            prefill=now,
            in_palette=False,
        ),
    )
