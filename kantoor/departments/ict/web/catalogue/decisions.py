"""What waits for one's decision: as a list, a page, and on Today."""

from django.utils.encoding import force_str
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.queries.catalogue.requests import Decision, decision, to_decide
from kantoor.departments.ict.web.cases.plans import people
from kantoor.departments.ict.web.catalogue.words import DECISIONS, decision_url
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.bulk import Bulk
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView
from kantoor.kernel.pages.plans import Plan, plan
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.pages.today import Card, today_card
from kantoor.kernel.pages.words import name_field
from kantoor.kernel.ui.cells import Status
from kantoor.kernel.ui.formats import number
from kantoor.kernel.ui.record_page import Fact
from kantoor.kernel.ui.today_page import Waiting

FEW = 4

TO_DECIDE = ListView(
    key="ict.decisions",
    title=_("To decide"),
    query=to_decide,
    columns=[
        Col(key="number", title=_("Number"), phone="meta"),
        Col(
            key="item",
            title=_("What is asked"),
            kind="link",
            url=lambda row: decision_url(row.number),
            phone="title",
        ),
        Col(key="requester", title=_("Requester"), phone="meta"),
        Col(key="asked_at", title=_("Asked"), kind="datetime", phone="figure"),
    ],
    row_key="number",
    row_url=lambda row: decision_url(row.number),
    bulk=[
        Bulk(action="ict.approve_requests", parameter="numbers", icon="check", given={"why": ""}),
        Bulk(action="ict.refuse_requests", parameter="numbers", icon="x"),
    ],
    empty=Empty(
        _("Nothing waits for your decision"),
        _("When a colleague asks for something that you have to agree to, it stands here."),
        icon="checklist",
    ),
)


def show_decision(actor: Actor, shown: Decision) -> Thing:
    """What is asked, by whom, and the two ways to decide."""
    here = decision_url(shown.number)
    request = shown.request
    word, tone = DECISIONS[request.state]
    steps = [
        act_for(
            actor, "ict.approve_request", label=_("Agree"), icon="check", key="a", at_once=True,
            back=here, number=shown.number,
        ),
        act_for(
            actor, "ict.refuse_request", label=_("Refuse"), icon="x", key="r", back=here,
            number=shown.number,
        ),
    ]  # fmt: skip
    return Thing(
        title=request.item,
        state=Status(request.state, force_str(word), tone),
        since=request.decided_at,
        facts=[
            Fact(gettext("Number"), shown.number),
            Fact(gettext("Requester"), shown.requester),
            Fact(gettext("Asked"), shown.asked_at),
            *(Fact(label, value) for label, value in request.answers),
            *([Fact(gettext("Decided by"), request.decided_by)] if request.decided_by else []),
        ],
        steps=steps if shown.open else [],
    )


@today_card("ict", permission="ict.ask_help", order=39)
def decisions_card(actor: Actor) -> Card:
    """The requests that wait for one's decision."""
    page = to_decide(actor, limit=FEW)
    waiting = [
        Waiting(
            row.item, decision_url(row.number), f"{row.number} · {row.requester}",
            status=Status("asked", force_str(DECISIONS["asked"][0]), "wait"),
        )
        for row in page.rows
    ]  # fmt: skip
    if page.count is not None and page.count > FEW:
        title = ngettext("%(n)s request to decide", "%(n)s requests to decide", page.count)
        waiting.append(Waiting(title % {"n": number(page.count)}, TO_DECIDE.url))
    return Card(waiting=waiting)


DECISION = RecordView(
    key="ict.decisions",
    title=_("Request"),
    kind="ict.case",
    path="<str:number>",
    find=decision,
    show=show_decision,
)
plan("ict.approve_request", Plan(kinds={"why": "lines_of_text"}, in_palette=False))
plan("ict.refuse_request", Plan(kinds={"why": "lines_of_text"}, in_palette=False))
plan("ict.redirect_approvals", Plan(choices={"approver": people}, in_palette=False))
plan("ict.add_tasks", Plan(kinds={"tasks": "lines_of_text"}, in_palette=False))
plan("ict.tick_tasks", Plan(in_palette=False))
name_field("ict.refuse_requests:why", _("Why"), _("The requester reads it."))
name_field("ict.refuse_request:why", _("Why"), _("The requester reads it."))
