"""Mail that came in and mailboxes as pages: what is held is decided on here."""

from django.utils.encoding import force_str
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.queries.questions.mail import (
    CameDetail,
    mail_received,
    mailbox,
    mailboxes,
    message_received,
)
from kantoor.departments.communication.web.questions import words
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.mail.boxes import MailboxRow
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.bulk import Bulk
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView, Tab
from kantoor.kernel.pages.mailboxes import (
    HEALTH,
    KINDS,
    mailbox_columns,
    mailbox_facts,
    status_of,
)
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.ui.cells import Cell, Link
from kantoor.kernel.ui.listing import Act
from kantoor.kernel.ui.record_page import Fact

RECEIVED = ListView(
    key="communication.mail",
    title=_("Mail that came in"),
    query=mail_received,
    columns=[
        Col(key="received_at", title=_("Came in"), kind="datetime", phone="meta"),
        Col(key="sender", title=_("From"), value=lambda row: row.sender_name or row.sender),
        Col(
            key="subject",
            title=_("Subject"),
            kind="link",
            value=lambda row: row.subject or row.sender,
            url=lambda row: words.message_url(row.id),
            phone="title",
        ),
        Col(key="kind", title=_("Kind"), value=lambda row: KINDS.get(row.kind, row.kind)),
        Col(
            key="question",
            title=_("Question"),
            kind="link",
            value=lambda row: row.question or None,
            url=lambda row: words.question_url(row.question),
        ),
        Col(key="state", title=_("State"), kind="status", states=words.MAIL_STATES, phone="figure"),
    ],
    tabs=[Tab(_("Held"), {"state": "held"}), Tab(_("All"))],
    row_url=lambda row: words.message_url(row.id),
    muted=lambda row: row.state == "ignored",
    bulk=[
        Bulk(action="communication.make_questions_of_mail", parameter="mails", icon="message"),
        Bulk(action="communication.attach_mails", parameter="mails", icon="paperclip"),
        Bulk(action="communication.ignore_mails", parameter="mails", icon="eye-off"),
    ],
    search_hint=_("Words of the subject, or the sender"),
    empty=Empty(
        _("No mail here"),
        _("What comes in the mailboxes of communication stands here, with its question."),
        icon="mail",
    ),
)


def show(actor: Actor, detail: CameDetail) -> Thing:
    """A message: what was written, why it is where it is, and what can be done."""
    row = detail.row
    sender = f"{row.sender_name} <{row.sender}>" if row.sender_name else row.sender
    found: list[tuple[str, Cell]] = [
        (gettext("From"), sender),
        (gettext("Came in"), row.received_at),
        (gettext("Kind"), force_str(KINDS.get(row.kind, row.kind))),
        (gettext("Because of"), detail.why),
        (
            gettext("Question"),
            Link(row.question, words.question_url(row.question)) if row.question else None,
        ),
    ]
    return Thing(
        title=row.subject or gettext("Mail without a subject"),
        row=row.id,
        state=status_of(words.MAIL_STATES, row.state),
        since=row.received_at,
        note=words.HELD_FOR.get(row.held_for, "") if row.state == "held" else "",
        facts=[Fact(label, value) for label, value in found if value],
        steps=[] if detail.gone else _steps(actor, detail),
        breadcrumb=[Link(force_str(RECEIVED.title), RECEIVED.url)],
        body={"heading": "", "text": detail.text, "happened": []},
    )


def _steps(actor: Actor, detail: CameDetail) -> list[Act | None]:
    row = detail.row
    if row.state not in ("held", "ignored"):
        return []
    back = words.message_url(row.id)
    leave = act_for(
        actor, "communication.ignore_mail", {"mail": row.id}, label=_("Leave it"), icon="eye-off",
        at_once=True, back=back,
    )  # fmt: skip
    return [
        act_for(
            actor, "communication.make_question_of_mail", {"mail": row.id},
            label=_("Make a question of it"), icon="message", key="o", at_once=True, back=back,
        ),
        act_for(
            actor, "communication.attach_mail", {"mail": row.id},
            label=_("Put it with a question"), icon="paperclip", key="p", back=back,
        ),
        leave if row.state == "held" else None,
    ]  # fmt: skip


MESSAGE = RecordView(
    key="communication.mail",
    title=_("Message"),
    kind="kernel.mailin",
    path="<int:id>",
    find=message_received,
    show=show,
    template="communication/message.html",
)

MAILBOXES = ListView(
    key="communication.mailboxes",
    title=_("Mailboxes"),
    query=mailboxes,
    columns=mailbox_columns("communication"),
    row_key="name",
    row_url=lambda row: words.mailbox_url(row.name),
    muted=lambda row: not row.active,
    new="communication.add_mailbox",
    empty=Empty(
        _("No mailbox yet"),
        _("Add the mailbox of press and communication; mail to it becomes questions by itself."),
        icon="mailbox",
    ),
)


def show_mailbox(actor: Actor, row: MailboxRow) -> Thing:
    """A mailbox with how it is read and what can be changed."""
    back, change = words.mailbox_url(row.name), {"change.name": row.name}
    return Thing(
        title=row.name,
        row=row.id,
        state=status_of(HEALTH, row.health),
        facts=mailbox_facts(row),
        steps=[
            act_for(
                actor, "communication.change_mailbox", change, label=_("Change it"), icon="pencil",
                back=back,
            )
        ],
        breadcrumb=[Link(force_str(MAILBOXES.title), MAILBOXES.url)],
    )  # fmt: skip


MAILBOX = RecordView(
    key="communication.mailboxes",
    title=_("Mailbox"),
    kind="kernel.mailbox",
    path="<path:name>",
    find=mailbox,
    show=show_mailbox,
)
