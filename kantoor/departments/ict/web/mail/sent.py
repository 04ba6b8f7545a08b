"""Mail that goes out as pages: what became of it for each address, and who can't be reached."""

from django.utils.encoding import force_str
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.queries.mail.boxes import (
    SentDetail,
    SentRow,
    mail_sent,
    message_sent,
    unreachable_addresses,
)
from kantoor.departments.ict.web.cases.words import case_url
from kantoor.departments.ict.web.mail import words
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.acts import act_for, url_of_action
from kantoor.kernel.pages.bulk import Bulk
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView, Tab
from kantoor.kernel.pages.mailboxes import SENT_STATES, status_of
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.ui.cells import Cell, Link
from kantoor.kernel.ui.record_page import Fact

SENT = ListView(
    key="ict.mail_sent",
    title=_("Mail that goes out"),
    query=mail_sent,
    columns=[
        Col(key="written_at", title=_("Written"), kind="datetime", sort=True, phone="meta"),
        Col(key="address", title=_("To")),
        Col(
            key="subject",
            title=_("Subject"),
            kind="link",
            url=lambda row: words.sent_url(row.mail),
            phone="title",
        ),
        Col(
            key="case",
            title=_("Case"),
            kind="link",
            value=lambda row: row.case or None,
            url=lambda row: case_url(row.case),
        ),
        Col(key="answer", title=_("What was said"), default=False),
        Col(key="state", title=_("State"), kind="status", states=SENT_STATES, phone="figure"),
    ],
    narrows=[
        Narrow(
            key="state",
            title=_("State"),
            choices={state: word for state, (word, _tone) in SENT_STATES.items()},
        )
    ],
    tabs=[
        Tab(_("All")),
        Tab(_("Failed"), {"state": "failed"}),
        Tab(_("Came back"), {"state": "bounced"}),
        Tab(_("In doubt"), {"state": "unsure"}),
    ],
    sort="-written_at",
    row_url=lambda row: words.sent_url(row.mail),
    bulk=[Bulk(action="ict.resend_mails", parameter="recipients", icon="send")],
    search_hint=_("Words of the subject, or the address"),
    empty=Empty(
        _("No mail here"), _("Answers to cases go out from here by themselves."), icon="send"
    ),
)


def show(actor: Actor, detail: SentDetail) -> Thing:
    """A message of ours, and what became of it for each address."""
    found: list[tuple[str, Cell]] = [
        (gettext("From"), detail.sender),
        (gettext("Written"), detail.written_at),
        (gettext("Case"), Link(detail.case, case_url(detail.case)) if detail.case else None),
        (gettext("By itself"), gettext("Yes") if detail.automatic else ""),
    ]
    again = [row for row in detail.to if row.state in ("failed", "bounced", "unsure")]
    step = act_for(
        actor, "ict.resend_mails", label=_("Send it again"), icon="send", at_once=True,
        back=words.sent_url(detail.id), recipients=[row.id for row in again],
    )  # fmt: skip
    return Thing(
        title=detail.subject,
        row=detail.id,
        state=status_of(SENT_STATES, _worst(detail.to)),
        facts=[Fact(label, value) for label, value in found if value],
        steps=[step] if again else [],
        breadcrumb=[Link(force_str(SENT.title), SENT.url)],
        body={
            "detail": detail,
            "to": [(row, status_of(SENT_STATES, row.state)) for row in detail.to],
        },
    )


def _worst(rows: list[SentRow]) -> str:
    """The state that most needs a look."""
    states = {row.state for row in rows}
    order = ("failed", "bounced", "unsure", "sending", "waiting", "suppressed", "sent")
    return next((state for state in order if state in states), "waiting")


OURS = RecordView(
    key="ict.mail_sent",
    title=_("Message of ours"),
    kind="kernel.mailout",
    path="<int:id>",
    find=message_sent,
    show=show,
    template="ict/message_sent.html",
)

UNREACHABLE = ListView(
    key="ict.unreachable",
    title=_("Addresses that mail fails for"),
    query=unreachable_addresses,
    columns=[
        Col(
            key="address",
            title=_("Address"),
            kind="link",
            url=lambda row: url_of_action("ict.write_again", {"address": row.address}),
            phone="title",
        ),
        Col(key="outcome", title=_("Because"), value=lambda row: words.OUTCOMES[row.outcome]),
        Col(key="why", title=_("What was said")),
        Col(key="since", title=_("Since"), kind="datetime", phone="meta"),
    ],
    search_hint=_("A part of the address"),
    empty=Empty(
        _("Every address works"),
        _("Addresses that mail comes back from for good stand here, and are not written to."),
        icon="mail-check",
    ),
)
