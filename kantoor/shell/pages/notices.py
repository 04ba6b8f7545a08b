"""Notices: what waits for one, and what of one's own came to an end since one last looked."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.requests import decided_since, decisions_since, waiting_approvals
from kantoor.kernel.jobs.registers import jobs
from kantoor.kernel.jobs.rest import ended_since
from kantoor.kernel.pages.told import how_many_told, told_since
from kantoor.kernel.pages.view import View, actor_of
from kantoor.kernel.ui.today_page import Happened, TodayPage
from kantoor.shell.pages.home import waiting_requests

SEEN = "notices_seen"
AT_FIRST = timedelta(days=1)
"""How far back one is told of, before one looked for the first time in a session."""
SHOWN = 30


def last_seen(request: HttpRequest) -> datetime:
    """When one looked last."""
    kept = request.session.get(SEEN) if hasattr(request, "session") else None
    return datetime.fromisoformat(kept) if kept else timezone.now() - AT_FIRST


def count(request: HttpRequest, actor: Actor) -> int:
    """How many notices are new; those that wait count until they are decided on."""
    since = last_seen(request)
    waiting, decided = waiting_approvals(actor), decisions_since(actor, since=since)
    return waiting + decided + ended_since(actor, since=since) + how_many_told(actor, since)


class Notices(View):
    """The page of notices; looking at it makes them old."""

    def respond(self, request: HttpRequest) -> HttpResponse:
        """The page."""
        actor = actor_of(request)
        week = timezone.now() - timedelta(days=7)
        told = [*_decided(actor, week), *_ended(actor), *told_since(actor, week)]
        page = TodayPage(
            title=gettext("Notices"),
            waiting=waiting_requests(actor),
            waiting_url="/today/approvals",
            happened=sorted(told, key=lambda each: each.at, reverse=True)[:SHOWN],
            happened_url="/today/jobs",
        )
        answer = render(request, "ui/today.html", {"page": page})
        request.session[SEEN] = timezone.now().isoformat()
        return answer

    def routes(self) -> list[URLPattern]:
        """Its one address."""
        return [self.route("", self.respond)]


VERDICTS: Mapping[str, Any] = {
    "approved": _("%(name)s approved: %(what)s"),
    "refused": _("%(name)s refused: %(what)s"),
}
ENDS: Mapping[str, Any] = {"done": _("%(what)s is done"), "failed": _("%(what)s stopped")}


def _decided(actor: Actor, since: datetime) -> list[Happened]:
    return [
        Happened(
            str(VERDICTS[row.state]) % {"name": row.decided_by, "what": row.title},
            f"/today/approvals/{row.id}",
            row.decided_by,
            row.decided_at or row.requested_at,
            row.remark,
        )
        for row in decided_since(actor, since=since)
    ]


def _ended(actor: Actor) -> list[Happened]:
    rows = jobs(actor, limit=SHOWN).rows
    return [
        Happened(
            str(ENDS[row.state]) % {"what": row.title},
            f"/today/jobs/{row.key}",
            actor.name,
            row.ended_at,
            row.error or row.message,
        )
        for row in rows
        if row.ended_at is not None and row.state in ENDS
    ]


NOTICES = Notices(key="today.notices", title=_("Notices"), in_menu=False)
