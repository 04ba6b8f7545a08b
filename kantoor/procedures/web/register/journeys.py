"""The journeys that come with Kantoor: which are used, what each may do, and taking them into use."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern
from django.utils.encoding import force_str
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.departments import departments
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.plans import Plan, plan
from kantoor.kernel.pages.view import View, actor_of
from kantoor.kernel.pages.words import name_field
from kantoor.kernel.ui.cells import Status
from kantoor.kernel.ui.listing import Act
from kantoor.procedures.department import READ
from kantoor.procedures.queries.journeys import JourneyRow, journeys
from kantoor.procedures.web import words

USE = "procedures.use_journeys"


@dataclass(frozen=True, kw_only=True)
class Line:
    """A journey in the list, with what its account is allowed in words."""

    name: str
    url: str
    status: Status
    allowed: Sequence[str]
    use: Act | None


@dataclass(frozen=True, kw_only=True)
class Journeys(View):
    """The page at `/procedures/journeys`."""

    def respond(self, request: HttpRequest) -> HttpResponse:
        """Each journey with its button, and one button for all that are not used yet."""
        actor = actor_of(request)
        rows = journeys(actor)
        titles = permission_titles()
        page = {"title": force_str(self.title), "main_action": self._all(actor, rows)}
        lines = [self._line(actor, each, titles) for each in rows]
        return render(request, "procedures/journeys.html", {"page": page, "lines": lines})

    def _all(self, actor: Actor, rows: Sequence[JourneyRow]) -> Act | None:
        unused = [each.key for each in rows if not each.used]
        if not unused:
            return None
        label = gettext("Use all") if len(unused) == len(rows) else gettext("Use all others")
        return act_for(
            actor, USE, journeys=unused, label=label, icon="sparkles", tone="main",
            at_once=True, back=self.url,
        )  # fmt: skip

    def _line(self, actor: Actor, row: JourneyRow, titles: dict[str, str]) -> Line:
        # One that is used is a procedure of the company's own: from then on it is changed there.
        use = act_for(
            actor, USE, journeys=[row.key], label=gettext("Use it"), icon="check", at_once=True,
            back=self.url,
        )  # fmt: skip
        used = Status("used", gettext("Used"), "good")
        return Line(
            name=row.name,
            url=words.procedure_url(row.key) if row.used else "",
            status=used if row.used else Status("unused", gettext("Not used"), "quiet"),
            allowed=[titles.get(each, each) for each in row.permissions],
            use=None if row.used else use,
        )

    def routes(self) -> list[URLPattern]:
        """Its one address."""
        return [self.route("", self.respond)]


def permission_titles() -> dict[str, str]:
    """What each permission of a department allows, in the reader's language."""
    return {each.code: force_str(each.title) for of in departments() for each in of.permissions}


def _done(taken: Any) -> str:
    said = ngettext("{n} journey is in use.", "{n} journeys are in use.", len(taken))
    return said.format(n=len(taken))


JOURNEYS = Journeys(key="procedures.journeys", title=_("Journeys that come ready"), permission=READ)
plan(USE, Plan(done=_done, goes_to=lambda _actor, _taken: JOURNEYS.url, in_palette=False))
name_field(f"{USE}:journeys", _("Which"), _("Their keys; empty is all of them."))
