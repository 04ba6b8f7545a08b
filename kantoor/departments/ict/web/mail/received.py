"""Mail that came in as pages: the register with what is held, one message, and it as it came."""

from dataclasses import dataclass

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern
from django.utils.encoding import force_str
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.queries.mail.came import (
    READ,
    MailDetail,
    mail_received,
    message_received,
    raw_message,
)
from kantoor.departments.ict.web.cases.words import case_url
from kantoor.departments.ict.web.mail import words
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.files.files import open_file
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.bulk import Bulk
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView, Tab
from kantoor.kernel.pages.mailboxes import KINDS, status_of
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.pages.view import View, actor_of
from kantoor.kernel.ui.cells import Cell, Link
from kantoor.kernel.ui.listing import Act
from kantoor.kernel.ui.record_page import Fact, FileItem

RECEIVED = ListView(
    key="ict.mail",
    title=_("Mail that came in"),
    query=mail_received,
    columns=[
        Col(key="received_at", title=_("Came in"), kind="datetime", sort=True, phone="meta"),
        Col(key="sender", title=_("From"), value=lambda row: row.sender_name or row.sender),
        Col(
            key="subject",
            title=_("Subject"),
            kind="link",
            value=lambda row: row.subject or row.sender,
            url=lambda row: words.received_url(row.id),
            phone="title",
        ),
        Col(key="kind", title=_("Kind"), value=lambda row: KINDS[row.kind]),
        Col(
            key="case",
            title=_("Case"),
            kind="link",
            value=lambda row: row.case or None,
            url=lambda row: case_url(row.case),
        ),
        Col(key="state", title=_("State"), kind="status", states=words.STATES, phone="figure"),
    ],
    narrows=[
        Narrow(
            key="state",
            title=_("State"),
            choices={state: word for state, (word, _tone) in words.STATES.items()},
        ),
        Narrow(key="kind", title=_("Kind"), choices=KINDS),
    ],
    tabs=[Tab(_("Held"), {"state": "held"}), Tab(_("All"))],
    sort="-received_at",
    row_url=lambda row: words.received_url(row.id),
    muted=lambda row: row.state == "ignored",
    bulk=[
        Bulk(action="ict.open_cases_of_mail", parameter="mails", icon="headset"),
        Bulk(action="ict.attach_mails", parameter="mails", icon="paperclip"),
        Bulk(action="ict.ignore_mails", parameter="mails", icon="eye-off"),
    ],
    search_hint=_("Words of the subject, or the sender"),
    empty=Empty(
        _("No mail here"),
        _("What comes in the mailboxes stands here, with the case it belongs to."),
        icon="mail",
    ),
)


def show(actor: Actor, detail: MailDetail) -> Thing:
    """A message: what was written, who to, why it is where it is, and what can be done."""
    row = detail.row
    url = f"{words.received_url(row.id)}/raw"
    return Thing(
        title=row.subject or gettext("Mail without a subject"),
        row=row.id,
        state=status_of(words.STATES, row.state),
        since=row.received_at,
        note=words.HELD_FOR.get(row.held_for, "") if row.state == "held" else "",
        facts=_facts(detail),
        steps=_steps(actor, detail),
        files=[] if detail.gone else [FileItem("message.eml", url, detail.size)],
        breadcrumb=[Link(force_str(RECEIVED.title), RECEIVED.url)],
        # Cleaned by nh3 in the query: tags of a short list, no pictures, nothing that acts.
        body={"detail": detail, "laid_out": mark_safe(detail.html)},
    )


def _facts(detail: MailDetail) -> list[Fact]:
    row = detail.row
    sender = f"{row.sender_name} <{row.sender}>" if row.sender_name else row.sender
    found: list[tuple[str, Cell]] = [
        (gettext("From"), sender),
        (gettext("To"), ", ".join(detail.to[:5])),
        (gettext("Came in"), row.received_at),
        (gettext("Kind"), force_str(KINDS[row.kind])),
        (gettext("Because of"), detail.why),
        (gettext("Case"), Link(row.case, case_url(row.case)) if row.case else None),
    ]
    return [Fact(label, value) for label, value in found if value]


def _steps(actor: Actor, detail: MailDetail) -> list[Act | None]:
    row = detail.row
    if row.state not in ("held", "ignored") or detail.gone:
        return []
    back = words.received_url(row.id)
    steps = [
        act_for(
            actor, "ict.open_case_of_mail", {"mail": row.id}, label=_("Open a case"),
            icon="headset", key="o", at_once=True, back=back,
        ),
        act_for(
            actor, "ict.attach_mail", {"mail": row.id, "case": row.case},
            label=_("Put it with a case"), icon="paperclip", key="p", back=back,
        ),
    ]  # fmt: skip
    if row.state == "held":
        steps.append(
            act_for(
                actor, "ict.ignore_mail", {"mail": row.id}, label=_("Leave it"), icon="eye-off",
                at_once=True, back=back,
            )
        )  # fmt: skip
    return steps


MESSAGE = RecordView(
    key="ict.mail",
    title=_("Message"),
    kind="kernel.mailin",
    path="<int:id>",
    find=message_received,
    show=show,
    template="ict/message.html",
)


@dataclass(frozen=True, kw_only=True)
class RawMessage(View):
    """A message as it came, to be downloaded: never shown by a browser."""

    def respond(self, request: HttpRequest, id: int) -> HttpResponseBase:
        """The file; its query refuses who may not see it."""
        actor = actor_of(request)
        file = raw_message(actor, id=id)
        answer = FileResponse(
            open_file(actor, file),
            as_attachment=True,
            filename=f"message-{id}.eml",
            content_type="application/octet-stream",
        )
        answer["X-Content-Type-Options"] = "nosniff"
        answer["Cache-Control"] = "private, no-store"
        return answer

    def routes(self) -> list[URLPattern]:
        """One address for each message."""
        return [self.route("<int:id>/raw", self.respond)]


RAW = RawMessage(key="ict.mail", title=_("Message as it came"), permission=READ, in_menu=False)
