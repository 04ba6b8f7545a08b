"""Mail that came in as pages: the register with what is held, one message, and it as it came."""

from dataclasses import dataclass

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.queries.mail.came import (
    READ,
    MailDetail,
    MailRow,
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
from kantoor.kernel.pages.mailboxes import KINDS
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.received import (
    facts_of,
    message_view,
    received_list,
    steps_of,
    thing_of,
)
from kantoor.kernel.pages.record_view import Thing
from kantoor.kernel.pages.view import View, actor_of
from kantoor.kernel.ui.cells import Link
from kantoor.kernel.ui.listing import Act
from kantoor.kernel.ui.record_page import FileItem

RECEIVED = received_list(
    "ict",
    mail_received,
    belongs_to=Col(
        key="case",
        title=_("Case"),
        kind="link",
        value=lambda row: row.case or None,
        url=lambda row: case_url(row.case),
    ),
    states=words.STATES,
    narrows=[
        Narrow(
            key="state",
            title=_("State"),
            choices={state: word for state, (word, _tone) in words.STATES.items()},
        ),
        Narrow(key="kind", title=_("Kind"), choices=KINDS),
    ],
    sort="-received_at",
    bulk=[
        Bulk(action="ict.open_cases_of_mail", parameter="mails", icon="headset"),
        Bulk(action="ict.attach_mails", parameter="mails", icon="paperclip"),
        Bulk(action="ict.ignore_mails", parameter="mails", icon="eye-off"),
    ],
    empty=_("What comes in the mailboxes stands here, with the case it belongs to."),
)


def show(actor: Actor, detail: MailDetail) -> Thing:
    """A message: what was written, who to, why it is where it is, and what can be done."""
    row = detail.row
    url = f"{words.received_url(row.id)}/raw"
    case = Link(row.case, case_url(row.case)) if row.case else None
    return thing_of(
        "ict",
        row,
        states=words.STATES,
        held_for=words.HELD_FOR,
        facts=facts_of(row, detail.why, (gettext("Case"), case), detail.to),
        steps=[] if detail.gone else _steps(actor, row),
        files=[] if detail.gone else [FileItem("message.eml", url, detail.size)],
        # Cleaned by nh3 in the query: tags of a short list, no pictures, nothing that acts.
        body={"detail": detail, "laid_out": mark_safe(detail.html)},
    )


def _steps(actor: Actor, row: MailRow) -> list[Act | None]:
    back = words.received_url(row.id)
    ways = [
        act_for(
            actor, "ict.open_case_of_mail", {"mail": row.id}, label=_("Open a case"),
            icon="headset", key="o", at_once=True, back=back,
        ),
        act_for(
            actor, "ict.attach_mail", {"mail": row.id, "case": row.case},
            label=_("Put it with a case"), icon="paperclip", key="p", back=back,
        ),
    ]  # fmt: skip
    return steps_of(actor, "ict", row, ways)


MESSAGE = message_view("ict", message_received, show)


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
