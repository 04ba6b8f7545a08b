"""The page of a dashboard, and where it is edited."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.acts import act_for, acts
from kantoor.kernel.pages.references import page_of
from kantoor.kernel.pages.view import View, actor_of
from kantoor.kernel.ui.cells import Link
from kantoor.kernel.ui.frame import Register
from kantoor.kernel.ui.listing import Act, Empty
from kantoor.management.queries.dashboards import (
    MANAGE,
    DashboardRow,
    DashboardShown,
    dashboard,
    dashboard_codes,
    dashboards,
)
from kantoor.management.queries.figures import READ
from kantoor.management.web.cards import Drawn, draw
from kantoor.management.web.reports import pdf_acts
from kantoor.management.web.words import dashboard_url


@dataclass(frozen=True)
class DashboardPage:
    """What the template shows."""

    title: str
    tabs: Sequence[Register]
    figures: Sequence[Drawn]
    rest: Sequence[Drawn]
    editing: bool
    more: Sequence[Act]
    main_action: Act | None
    empty: Empty | None
    note: str = ""
    breadcrumb: Sequence[Link] = ()


@dataclass(frozen=True, kw_only=True)
class DashboardView(View):
    """The dashboards that are shared with one's roles: the first, or the one in the address."""

    def respond(self, request: HttpRequest, code: str = "") -> HttpResponse:
        """The dashboard; with `edit` in the address what can be done with each card."""
        actor = actor_of(request)
        listed = dashboards(actor)
        if not code and listed:
            code = listed[0].code
        editing = request.GET.get("edit") == "1" and actor.may(MANAGE)
        shown = dashboard(actor, code=code) if code else None
        page = _page(actor, listed, shown, editing=editing)
        return render(request, "management/dashboard.html", {"page": page})

    def routes(self) -> list[URLPattern]:
        """The first dashboard, and each by its code."""
        return [self.route("", self.respond), self.route("<slug:code>", self.respond)]


def _page(
    actor: Actor, listed: Sequence[DashboardRow], shown: DashboardShown | None, *, editing: bool
) -> DashboardPage:
    if shown is None:
        return DashboardPage(
            gettext("Dashboard"), [], [], [], False, [], None,
            Empty(
                gettext("No dashboards yet"),
                gettext("Begin with those that come ready, and change them as you like."),
                act_for(actor, "management.set_up_dashboards", at_once=True, back=DASHBOARDS.url),
                "layout-dashboard",
            ),
        )  # fmt: skip
    drawn = draw(actor, shown)
    here = dashboard_url(shown.row.code)
    if editing:
        drawn = [replace(each, acts=_card_acts(actor, each.id, f"{here}?edit=1")) for each in drawn]
    return DashboardPage(
        title=shown.row.title,
        tabs=[
            Register(each.title, dashboard_url(each.code), active=each.code == shown.row.code)
            for each in listed
        ]
        if len(listed) > 1
        else [],
        figures=[each for each in drawn if each.kind == "figure"],
        rest=[each for each in drawn if each.kind != "figure"],
        editing=editing,
        more=_more(actor, shown, editing=editing),
        main_action=_main(actor, shown, editing=editing),
        empty=None
        if drawn
        else Empty(
            gettext("Nothing on this dashboard that you may see"),
            gettext("Cards show what your roles allow."),
            icon="layout-dashboard",
        ),
        note=gettext("Hidden: %(n)s cards with figures that you may not see.")
        % {"n": len(shown.cards) - len(drawn)}
        if editing and len(drawn) < len(shown.cards)
        else "",
    )


def _main(actor: Actor, shown: DashboardShown, *, editing: bool) -> Act | None:
    here = dashboard_url(shown.row.code)
    if editing:
        return act_for(
            actor, "management.add_card", {"dashboard": shown.row.code}, label=_("Add a card"),
            key="n", icon="plus", back=f"{here}?edit=1",
        )  # fmt: skip
    if not actor.may(MANAGE):
        return None
    return Act(gettext("Edit"), f"{here}?edit=1", key="e", icon="edit")


def _more(actor: Actor, shown: DashboardShown, *, editing: bool) -> list[Act]:
    here = dashboard_url(shown.row.code)
    code = {"code": shown.row.code}
    if not editing:
        return acts(
            *pdf_acts(actor),
            act_for(actor, "management.make_dashboard", icon="plus"),
            act_for(
                actor, "management.read_figures", label=_("Read the figures again"),
                icon="refresh", at_once=True, back=here,
            ),
        )  # fmt: skip
    return [
        Act(gettext("Done"), here, icon="check"),
        *acts(
            act_for(
                actor, "management.change_dashboard", {"change.code": shown.row.code}, icon="edit", back=here
            ),
            act_for(
                actor, "management.end_dashboard", code, icon="archive", at_once=True,
                back=DASHBOARDS.url,
            ),
        ),
    ]  # fmt: skip


def _card_acts(actor: Actor, card: int, back: str) -> list[Act]:
    given: dict[str, Any] = {"card": card}
    return acts(
        act_for(
            actor, "management.move_card", given, label=_("Earlier"), at_once=True, back=back, by=-1,
            icon="arrow-left",
        ),
        act_for(
            actor, "management.move_card", given, label=_("Later"), at_once=True, back=back, by=1,
            icon="arrow-right",
        ),
        act_for(
            actor, "management.remove_card", given, label=_("Take off"), at_once=True, back=back,
            icon="x",
        ),
    )  # fmt: skip


DASHBOARDS = DashboardView(key="management.dashboards", title=_("Dashboard"), permission=READ)


@page_of("management.dashboard", title=_("Dashboard"))
def dashboard_pages(actor: Actor, keys: Sequence[str]) -> dict[str, Link]:
    """The pages of dashboards, by their key."""
    if not actor.may(READ):
        return {}
    found = dashboard_codes(actor, keys=[int(key) for key in keys if key.isdecimal()])
    return {str(key): Link(title, dashboard_url(code)) for key, (code, title) in found.items()}
