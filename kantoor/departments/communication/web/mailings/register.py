"""Mailings as pages: the register, one with how far it is, and whom it goes to."""

from collections.abc import Mapping, Sequence

from django.utils.encoding import force_str
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.queries.mailings.mailings import (
    MailingDetail,
    MailingRow,
    SaidRow,
    mailing,
    mailing_recipients,
    mailings,
)
from kantoor.departments.communication.web.items.words import language_name, versions_url
from kantoor.departments.communication.web.mailings import words
from kantoor.departments.communication.web.mailings.progress import progress_of
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.bulk import Bulk
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView, Tab
from kantoor.kernel.pages.mailboxes import SENT_STATES
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.pages.references import page_of
from kantoor.kernel.paging import LARGEST_PAGE
from kantoor.kernel.ui.cells import Cell, Link
from kantoor.kernel.ui.formats import moment
from kantoor.kernel.ui.listing import Act
from kantoor.kernel.ui.record_page import Fact, Related, Relation

OPEN = ("gathering", "sending", "paused")


def _for(row: MailingRow) -> str:
    return row.audience or gettext("Everybody who works here")


def _by(row: MailingRow) -> str:
    return row.channel or gettext("Mail")


MAILINGS = ListView(
    key="communication.mailings",
    title=_("Mailings"),
    query=mailings,
    columns=[
        Col(key="created_at", title=_("Begun"), kind="datetime", phone="meta"),
        Col(
            key="title",
            title=_("Item"),
            kind="link",
            url=lambda row: words.mailing_url(row.uid),
            phone="title",
        ),
        Col(key="audience", title=_("Audience"), value=_for),
        Col(key="channel", title=_("Channel"), value=_by),
        Col(key="size", title=_("Recipients"), kind="number"),
        Col(key="state", title=_("State"), kind="status", states=words.STATES, phone="figure"),
        Col(key="trouble", title=_("Why nothing goes out"), default=False),
        Col(key="ended_at", title=_("Ended"), kind="datetime", default=False),
    ],
    narrows=[
        Narrow(
            key="state",
            title=_("State"),
            choices={state: word for state, (word, _tone) in words.STATES.items()},
        )
    ],
    tabs=[
        Tab(_("All")),
        Tab(_("Goes out"), {"state": "sending"}),
        Tab(_("Paused"), {"state": "paused"}),
    ],
    row_key="uid",
    row_url=lambda row: words.mailing_url(row.uid),
    muted=lambda row: row.state == "stopped",
    bulk=[
        Bulk(action="communication.pause_mailings", parameter="mailings", icon="player-pause"),
        Bulk(action="communication.resume_mailings", parameter="mailings", icon="player-play"),
        Bulk(action="communication.stop_mailings", parameter="mailings", icon="player-stop"),
    ],
    new="communication.send_item",
    new_label=_("Send an item"),
    search_hint=_("Words of the title, or the audience"),
    empty=Empty(
        _("No mailings yet"),
        _("A published item is sent to an audience from here; each gets it once."),
        icon="send",
    ),
)


def show(actor: Actor, detail: MailingDetail) -> Thing:
    """A mailing: how far it is, what came of it, and what can be done."""
    row, back = detail.mailing, words.mailing_url(detail.mailing.uid)
    found: list[tuple[str, Cell]] = [
        (gettext("Audience"), _for(row)),
        (gettext("Channel"), _by(row)),
        (gettext("From mailbox"), detail.mailbox),
        (gettext("Consent for"), detail.purpose),
        (gettext("Most in a minute"), str(detail.per_minute) if detail.per_minute else ""),
        (gettext("Begun"), row.created_at),
        (gettext("Goes on"), detail.next_at if row.state in ("gathering", "sending") else None),
        (gettext("Ended"), row.ended_at),
    ]
    return Thing(
        title=row.title,
        row=row.id,
        state=words.state(row.state),
        note=row.trouble if row.state in OPEN else "",
        facts=[Fact(label, value) for label, value in found if value],
        steps=_steps(actor, row, back),
        more=[
            Act(
                gettext("See the mail ({language})").format(language=language),
                words.preview_url(row.item, language),
                icon="mail",
            )
            for language in detail.languages
        ]
        if not row.channel
        else [],
        relations=_texts(row, detail.texts),
        breadcrumb=[Link(force_str(MAILINGS.title), MAILINGS.url)],
        body={
            "detail": detail,
            "progress": progress_of(detail),
            "counts": [
                (
                    words.sent_state(state),
                    detail.counts[state],
                    words.recipients_url(row.uid, state),
                )
                for state in SENT_STATES
                if detail.counts.get(state)
            ],
            "everybody_url": words.recipients_url(row.uid),
        },
    )


def _texts(row: MailingRow, texts: Sequence[SaidRow]) -> list[Relation]:
    """What it says, the newest first: who got it before a correction got the text of then."""
    items = [
        Related(
            Link(
                gettext("Text {number}, {language}").format(
                    number=each.number, language=language_name(each.language)
                ),
                versions_url(row.item, each.number, each.number),
            ),
            gettext("since {when}").format(when=moment(each.at)),
        )
        for each in reversed(texts)
    ]
    return [Relation(gettext("What it says"), items)]


def _steps(actor: Actor, row: MailingRow, back: str) -> list[Act | None]:
    given = {"mailing": row.uid}
    steps: list[Act | None] = []
    if row.state in ("gathering", "sending"):
        steps.append(
            act_for(actor, "communication.pause_mailing", given, label=_("Pause"),
                    icon="player-pause", at_once=True, back=back)
        )  # fmt: skip
    if row.state == "paused":
        steps.append(
            act_for(actor, "communication.resume_mailing", given, label=_("Go on"),
                    icon="player-play", at_once=True, back=back)
        )  # fmt: skip
    if row.state in OPEN:
        steps.append(
            act_for(actor, "communication.stop_mailing", given, label=_("Stop for good"),
                    icon="player-stop", back=back)
        )  # fmt: skip
    return steps


MAILING = RecordView(
    key="communication.mailings",
    title=_("Mailing"),
    kind="communication.mailing",
    path="<str:uid>",
    find=mailing,
    show=show,
    template="communication/mailing.html",
)


def _kept(actor: Actor) -> Mapping[str, str]:
    """The latest mailings, to choose one of."""
    return {row.uid: f"{row.title} ({row.created_at:%Y-%m-%d})" for row in mailings(actor).rows}


RECIPIENTS = ListView(
    key="communication.mailing_recipients",
    title=_("Who mailings go to"),
    query=mailing_recipients,
    columns=[
        Col(key="name", title=_("Name"), phone="title"),
        Col(key="address", title=_("Address"), phone="meta"),
        Col(
            key="title",
            title=_("Item"),
            kind="link",
            url=lambda row: words.mailing_url(row.mailing),
        ),
        Col(key="state", title=_("State"), kind="status", states=SENT_STATES, phone="figure"),
        Col(key="answer", title=_("What was said")),
        Col(key="attempts", title=_("Attempts"), kind="number", default=False),
        Col(key="sent_at", title=_("Sent"), kind="datetime", default=False),
    ],
    narrows=[
        Narrow(key="mailing", title=_("Mailing"), choices=_kept),
        Narrow(
            key="state",
            title=_("State"),
            choices={state: word for state, (word, _tone) in SENT_STATES.items()},
        ),
    ],
    tabs=[
        Tab(_("All")),
        Tab(_("In doubt"), {"state": "unsure"}),
        Tab(_("Came back"), {"state": "bounced"}),
        Tab(_("Failed"), {"state": "failed"}),
    ],
    bulk=[Bulk(action="communication.decide_doubts", parameter="recipients", icon="checks")],
    search_hint=_("A part of the name or the address"),
    empty=Empty(_("Nobody here"), _("Whom mailings go to stands here, with what became of it.")),
)


@page_of("communication.mailing", title=_("Mailing"))
def mailing_pages(actor: Actor, keys: Sequence[str]) -> Mapping[str, Link]:
    """The pages of mailings by their keys."""
    wanted = set(keys)
    rows = mailings(actor, limit=LARGEST_PAGE).rows
    return {
        str(row.id): Link(row.title, words.mailing_url(row.uid))
        for row in rows
        if str(row.id) in wanted
    }
