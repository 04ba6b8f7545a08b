"""Today, the home of everybody, and the page of each desk."""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.encoding import force_str
from django.utils.translation import gettext as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.requests import ApprovalRow, approvals
from kantoor.kernel.errors import NotAllowed
from kantoor.kernel.pages.acts import act_for, acts
from kantoor.kernel.pages.desk import Desk
from kantoor.kernel.pages.past import record_url
from kantoor.kernel.pages.references import links, words_for
from kantoor.kernel.pages.today import cards, together
from kantoor.kernel.pages.view import actor_of
from kantoor.kernel.record.acts import READ
from kantoor.kernel.record.lately import lately
from kantoor.kernel.ui.cells import Status
from kantoor.kernel.ui.formats import number
from kantoor.kernel.ui.today_page import FirstStep, Happened, TodayPage, Waiting

APPROVALS, INBOX = "/today/approvals", "/today/inbox"


def today(request: HttpRequest) -> HttpResponse:
    """What waits for me, what changed in what I may see, and the figures of my role."""
    actor = actor_of(request)
    shown = together(list(cards(actor)))
    page = TodayPage(
        title=greeting(actor, timezone.localtime()),
        waiting=[*waiting_requests(actor), *shown.waiting],
        waiting_url=INBOX,
        happened=happened(actor),
        happened_url="/management/record" if actor.may(READ) else "",
        figures=shown.figures[:6],
        charts=shown.charts[:2],
        first_steps=first_steps(shown.first_steps),
    )
    return render(request, "ui/today.html", {"page": page})


def first_steps(steps: Sequence[FirstStep]) -> Sequence[FirstStep]:
    """What to begin with, until each of it is done."""
    return steps if any(not step.done for step in steps) else []


def greeting(actor: Actor, now: datetime) -> str:
    """Good morning, Fatima."""
    first = actor.name.split()[0] if actor.name.strip() else ""
    if now.hour < 12:
        return _("Good morning, %(name)s") % {"name": first}
    if now.hour < 18:
        return _("Good afternoon, %(name)s") % {"name": first}
    return _("Good evening, %(name)s") % {"name": first}


def waiting_requests(actor: Actor) -> list[Waiting]:
    """The requests that one may decide on."""
    page = approvals(actor, state="waiting", limit=20)
    return [_waiting(actor, row) for row in page.rows if row.decidable]


def _waiting(actor: Actor, row: ApprovalRow) -> Waiting:
    approve = act_for(
        actor,
        "kernel.approve_request",
        label=_("Approve"),
        at_once=True,
        back="/",
        approval_id=row.id,
    )
    return Waiting(
        row.title,
        f"{APPROVALS}/{row.id}",
        _("%(name)s asks: %(why)s") % {"name": row.requested_by, "why": row.why},
        status=Status("waiting", _("To approve"), "wait"),
        steps=acts(approve),
    )


def happened(actor: Actor, department: str = "") -> list[Happened]:
    """What was done lately, each with the way to what it is about."""
    rows = lately(actor, department=department)
    pages = links(actor, [row.about for row in rows if row.about])
    found = []
    for row in rows:
        page = pages.get(row.about)
        what = row.title
        if row.times > 1:
            what = _("%(title)s, %(times)s times") % {"title": what, "times": number(row.times)}
        elif page is not None:
            what = f"{what}: {words_for(row.about, page)}"
        url = page.url if page else record_url(row.seq) if actor.may(READ) else ""
        found.append(Happened(what, url, row.who, row.at))
    return found


def desk_page(desk: Desk) -> Callable[[HttpRequest], HttpResponse]:
    """The page of a desk: what waits there, its figures, its registers and reports."""

    def show(request: HttpRequest) -> HttpResponse:
        actor = actor_of(request)
        views = desk.open_views(actor)
        if not views:
            raise NotAllowed(_("You may not enter this desk."))
        card = together(list(cards(actor, desk.name)))
        page = TodayPage(
            title=force_str(desk.known.title),
            waiting=card.waiting,
            figures=card.figures,
            charts=card.charts,
            first_steps=first_steps(card.first_steps),
            happened=happened(actor, desk.name),
        )
        registers, sections = desk.menu(actor, "")
        given = {"page": page, "registers": registers, "sections": sections}
        return render(request, "shell/desk.html", given)

    return show
