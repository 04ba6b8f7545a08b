"""Mail that came in and mailboxes as pages: what is held is decided on here."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.queries.questions.mail import (
    CameDetail,
    CameRow,
    mail_received,
    mailbox,
    mailboxes,
    message_received,
)
from kantoor.departments.communication.web.questions import words
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.bulk import Bulk
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.mailboxes import mailbox_list, mailbox_view
from kantoor.kernel.pages.received import (
    facts_of,
    message_url,
    message_view,
    received_list,
    steps_of,
    thing_of,
)
from kantoor.kernel.pages.record_view import Thing
from kantoor.kernel.ui.cells import Link
from kantoor.kernel.ui.listing import Act

RECEIVED = received_list(
    "communication",
    mail_received,
    belongs_to=Col(
        key="question",
        title=_("Question"),
        kind="link",
        value=lambda row: row.question or None,
        url=lambda row: words.question_url(row.question),
    ),
    states=words.MAIL_STATES,
    bulk=[
        Bulk(action="communication.make_questions_of_mail", parameter="mails", icon="message"),
        Bulk(action="communication.attach_mails", parameter="mails", icon="paperclip"),
        Bulk(action="communication.ignore_mails", parameter="mails", icon="eye-off"),
    ],
    empty=_("What comes in the mailboxes of communication stands here, with its question."),
)


def show(actor: Actor, detail: CameDetail) -> Thing:
    """A message: what was written, why it is where it is, and what can be done."""
    row = detail.row
    question = Link(row.question, words.question_url(row.question)) if row.question else None
    return thing_of(
        "communication",
        row,
        states=words.MAIL_STATES,
        held_for=words.HELD_FOR,
        facts=facts_of(row, detail.why, (gettext("Question"), question)),
        steps=[] if detail.gone else _steps(actor, row),
        body={"text": detail.text},
    )


def _steps(actor: Actor, row: CameRow) -> list[Act | None]:
    back = message_url("communication", row.id)
    ways = [
        act_for(
            actor, "communication.make_question_of_mail", {"mail": row.id},
            label=_("Make a question of it"), icon="message", key="o", at_once=True, back=back,
        ),
        act_for(
            actor, "communication.attach_mail", {"mail": row.id},
            label=_("Put it with a question"), icon="paperclip", key="p", back=back,
        ),
    ]  # fmt: skip
    return steps_of(actor, "communication", row, ways)


MESSAGE = message_view("communication", message_received, show)

MAILBOXES = mailbox_list(
    "communication",
    mailboxes,
    _("Add the mailbox of press and communication; mail to it becomes questions by itself."),
)
MAILBOX = mailbox_view("communication", mailbox)
