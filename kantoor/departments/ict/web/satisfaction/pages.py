"""What people say of how they were helped: the answers, the figures by month, and Today."""

from datetime import timedelta
from urllib.parse import urlencode

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.queries.cases.arranged import queue_names, service_names
from kantoor.departments.ict.queries.satisfaction.asked import my_opinion
from kantoor.departments.ict.queries.satisfaction.opinions import (
    SatisfactionMonth,
    low_opinions,
    opinions,
    satisfaction_by_month,
    satisfaction_now,
)
from kantoor.departments.ict.web.cases.words import case_url
from kantoor.departments.ict.web.satisfaction import words
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView, Tab
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.plans import Given, Plan, plan
from kantoor.kernel.pages.today import Card, today_card
from kantoor.kernel.pages.words import name_field
from kantoor.kernel.ui.today_page import Figure, Waiting

FEW = 4

OPINIONS = ListView(
    key="ict.opinions",
    title=_("Satisfaction"),
    query=opinions,
    columns=[
        Col(key="number", title=_("Number"), phone="meta"),
        Col(
            key="title",
            title=_("What was the matter"),
            kind="link",
            url=lambda row: case_url(row.number),
            phone="title",
        ),
        Col(
            key="score",
            title=_("How it went"),
            kind="status",
            value=lambda row: words.score(row.score),
            sort=True,
        ),
        Col(key="text", title=_("In their own words")),
        Col(key="requester", title=_("Requester"), phone="meta"),
        Col(key="queue", title=_("Queue")),
        Col(key="service", title=_("Service"), default=False),
        Col(key="assignee", title=_("Who had it"), default=False),
        Col(key="said_at", title=_("Said"), kind="date", sort=True, phone="figure"),
    ],
    narrows=[
        Narrow(
            key="scores",
            title=_("How it went"),
            choices={"satisfied": _("Well"), "middling": _("So-so"), "low": _("Badly")},
        ),
        Narrow(key="queue", title=_("Queue"), choices=queue_names),
        Narrow(key="service", title=_("Service"), choices=service_names),
        Narrow(key="date", title=_("Said"), kind="date_range", to=("since", "until")),
    ],
    tabs=[Tab(_("All")), Tab(_("Badly"), {"scores": "low"})],
    sort="-said_at",
    row_url=lambda row: case_url(row.number),
    empty=Empty(
        _("Nobody answered yet"),
        _("Who asked is asked how it went, when their case is solved."),
        icon="message",
    ),
)


def _of_month(row: SatisfactionMonth) -> str:
    """The answers that a row is made of."""
    last = (row.month + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    asked = {"date_from": row.month.isoformat(), "date_to": last.isoformat()}
    if row.code:
        asked[row.by] = row.code
    return f"{OPINIONS.url}?{urlencode(asked)}"


BY_MONTH = ListView(
    key="ict.satisfaction_by_month",
    title=_("Satisfaction by month"),
    query=satisfaction_by_month,
    columns=[
        Col(key="month", title=_("Month"), kind="date", phone="meta"),
        Col(
            key="name",
            title=_("Queue or service"),
            kind="link",
            value=lambda row: row.name or gettext("None"),
            url=_of_month,
            phone="title",
        ),
        Col(key="share", title=_("Satisfied, %"), kind="number", phone="figure"),
        Col(key="satisfied", title=_("Satisfied"), kind="number"),
        Col(key="answers", title=_("Answers"), kind="number"),
    ],
    narrows=[
        Narrow(
            key="by",
            title=_("By"),
            choices={"queue": _("Queue"), "service": _("Service")},
        ),
        Narrow(key="date", title=_("Said"), kind="date_range", to=("since", "until")),
    ],
    tabs=[Tab(_("By queue")), Tab(_("By service"), {"by": "service"})],
    row_key="key",
    row_url=_of_month,
    empty=Empty(_("Nobody answered yet"), _("The figures of each month stand here.")),
)


@today_card("ict", permission="ict.read_cases", order=42)
def opinions_card(actor: Actor) -> Card:
    """Low answers in queues that one leads, and how satisfied people are."""
    rows = low_opinions(actor, limit=FEW).rows
    waiting = [
        Waiting(
            row.title, case_url(row.number), f"{row.number} · {row.requester}", row.said_at,
            words.score(row.score),
        )
        for row in rows
    ]  # fmt: skip
    now = satisfaction_now(actor)
    if now.share is None:
        return Card(waiting=waiting)
    said = gettext("Satisfied in %% of %(n)s answers") % {"n": now.answers}
    return Card(waiting=waiting, figures=[Figure(said, now.share, BY_MONTH.url)])


def _said(actor: Actor, given: Given) -> Given:
    """What was said before."""
    asked = my_opinion(actor, number=str(given.get("number", "")))
    return {"score": str(asked.score), "text": asked.text} if asked and asked.score else {}


plan(
    "ict.give_opinion",
    Plan(
        choices={"score": {str(each): word for each, word in words.SCORES.items()}},
        kinds={"text": "lines_of_text", "number": "hidden"},
        prefill=_said,
        in_palette=False,
        submit=_("Send"),
    ),
)
name_field("score", _("How were you helped?"))
name_field("ict.give_opinion:text", _("What could be better, or what was good"))
