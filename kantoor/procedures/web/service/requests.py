"""Requests as a list, and the page of one with its next steps and what was said."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.bulk import Bulk
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView, Tab
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.past import leave_unsaid
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.pages.references import page_of
from kantoor.kernel.ui.cells import Link
from kantoor.kernel.ui.listing import Act
from kantoor.kernel.ui.record_page import Fact
from kantoor.procedures.department import HELP
from kantoor.procedures.queries.request_kinds import offered_requests
from kantoor.procedures.queries.requests import RequestShown, request, request_titles, requests
from kantoor.procedures.web.asking import answer_of, label_of
from kantoor.procedures.web.service import words
from kantoor.procedures.web.service.asking import ASK


def _kinds(actor: Actor) -> Mapping[str, str]:
    return {each.code: each.name for each in offered_requests(actor) if not each.procedure}


def _ask(_actor: Actor) -> Act:
    return Act(gettext("Ask a department"), ASK.url, icon="plus", key="n")


REQUESTS = ListView(
    key="procedures.requests",
    title=_("Requests"),
    query=requests,
    columns=[
        Col(key="number", title=_("Number"), kind="number", sort=True, phone="meta"),
        Col(key="title", title=_("What"), phone="title"),
        Col(key="requester", title=_("Asked by"), phone="meta"),
        Col(key="who", title=_("Who does it")),
        Col(key="state", title=_("State"), kind="status", states=words.REQUEST_STATES),
        Col(key="asked_at", title=_("Asked"), kind="datetime", sort=True, phone="hidden"),
        Col(key="due_at", title=_("Agreed time"), kind="datetime", sort=True, phone="hidden"),
        Col(
            key="late",
            title=_("Time"),
            kind="status",
            states={True: (_("Late"), "bad"), False: (_("In time"), "quiet")},
        ),
        Col(key="ended_at", title=_("Ended"), kind="datetime", default=False),
    ],
    narrows=[
        Narrow(
            key="state",
            title=_("State"),
            choices={code: word for code, (word, _tone) in words.REQUEST_STATES.items()},
        ),
        Narrow(
            key="whose",
            title=_("Whose"),
            choices={"mine": _("Asked by me"), "for_me": _("For me to do")},
        ),
        Narrow(key="kind", title=_("Kind"), choices=_kinds),
        Narrow(key="late", title=_("Late"), kind="boolean"),
    ],
    tabs=[
        Tab(_("All")),
        Tab(_("For me to do"), {"whose": "for_me"}),
        Tab(_("Asked by me"), {"whose": "mine"}),
    ],
    sort="-asked_at",
    row_key="number",
    kind="procedures.asked_request",
    row_url=lambda row: words.request_url(row.number),
    muted=lambda row: row.ended_at is not None,
    bulk=[
        Bulk(action="procedures.take_requests", parameter="requests", icon="user-check"),
        Bulk(action="procedures.do_requests", parameter="requests", icon="check"),
    ],
    main=_ask,
    search_hint=_("Number, words or who asked"),
    empty=Empty(
        _("No requests"),
        _("What you ask of a department, and what is asked of you, stands here."),
        "question-mark",
    ),
)


def _thing(actor: Actor, shown: RequestShown) -> Thing:
    row = shown.row
    facts = [
        Fact(gettext("Asked by"), row.requester),
        Fact(gettext("Asked"), row.asked_at),
        Fact(gettext("Agreed time"), row.due_at),
        Fact(gettext("Agreed to by"), shown.approved_by),
        Fact(gettext("Ended by"), row.ended_by),
        Fact(gettext("Ended"), row.ended_at),
    ]
    asked = [
        Fact(label_of(field), answer_of(field, shown.values.get(field.name)))
        for field in shown.fields
    ]
    late = gettext("The agreed time has passed.") if row.late and shown.open else ""
    return Thing(
        title=row.title,
        row=row.id,
        state=words.status(words.REQUEST_STATES, row.state),
        since=row.ended_at or shown.approved_at or row.asked_at,
        note=late or (row.who if shown.open else ""),
        facts=[*asked, *(fact for fact in facts if fact.value not in (None, ""))],
        steps=_steps(actor, shown) if shown.open else [],
        body={
            "heading": row.kind,
            "answer": row.answer,
            "answer_title": gettext("Answer") if row.state == "done" else gettext("Why"),
            "remarks": shown.remarks,
            "number": row.number,
            "here": words.request_url(row.number),
        },
    )


def _steps(actor: Actor, shown: RequestShown) -> list[Act | None]:
    known = {"request": shown.row.number}
    here = words.request_url(shown.row.number)

    def step(verb: str, label: str, icon: str, *, at_once: bool = False, tone: str = "") -> Act | None:  # fmt: skip
        return act_for(
            actor, f"procedures.{verb}", known, label=label, icon=icon, at_once=at_once,
            tone=tone, back=here,
        )  # fmt: skip

    back = (
        step("withdraw_request", gettext("Take it back"), "arrow-back-up") if shown.mine else None
    )
    if shown.row.state == "to_approve":
        if not shown.for_me or shown.mine:
            return [back]
        agree = step("agree_to_request", gettext("Agree"), "check", at_once=True, tone="main")
        return [agree, step("decline_request", gettext("Do not agree"), "x"), back]
    mine_to_do: list[Act | None] = []
    if shown.for_me:
        if not shown.taken:
            mine_to_do.append(step("take_request", gettext("Take it"), "user-check", at_once=True))
        mine_to_do.append(step("do_request", gettext("Done"), "check", tone="main"))
        mine_to_do.append(step("refuse_service", gettext("Refuse"), "x"))
    if shown.for_me or actor.may(HELP):
        mine_to_do.append(step("hand_request_on", gettext("Hand on"), "arrow-right"))
        if shown.taken:
            mine_to_do.append(step("put_request_back", gettext("Put back"), "arrow-back-up", at_once=True))  # fmt: skip
    return [*mine_to_do, back]


REQUEST = RecordView(
    key="procedures.requests",
    title=_("Request"),
    kind="procedures.asked_request",
    path="<int:number>",
    find=request,
    show=_thing,
    template="procedures/service/request.html",
)


leave_unsaid("procedures.asked_request", "known", "whose", "pool", "is_open", "kind", "requester")


@page_of("procedures.asked_request", title=_("Request"))
def request_pages(actor: Actor, keys: Sequence[str]) -> Mapping[str, Link]:
    """The pages of requests, by the key of their row."""
    wanted = [int(key) for key in keys if key.isdecimal() and len(key) < 19]
    found = request_titles(actor, keys=wanted)
    return {
        str(pk): Link(title, words.request_url(number)) for pk, (number, title) in found.items()
    }
