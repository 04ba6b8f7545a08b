"""What people have of leave: the register on any day, one's own page, and one person's ledger."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.queries.leave.ledger import (
    LedgerLine,
    LedgerShown,
    leave_of,
    my_leave,
)
from kantoor.departments.hr.queries.leave.register import (
    kind_names,
    leave_balances,
    leave_kinds,
)
from kantoor.departments.hr.queries.leave.requests import my_requests
from kantoor.departments.hr.web.leave import words
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.acts import act_for, acts
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.plain_view import PlainView
from kantoor.kernel.ui.address import Address
from kantoor.kernel.ui.cells import Link
from kantoor.kernel.ui.formats import day
from kantoor.kernel.ui.listing import Act

FEW = 8

BALANCES = ListView(
    key="hr.leave_balances",
    title=_("Leave balances"),
    query=leave_balances,
    columns=[
        Col(key="employee", title=_("Number"), sort=True, phone="meta"),
        Col(key="name", title=_("Employee"), sort=True, phone="title"),
        Col(key="left", title=_("Hours left"), value=lambda r: words.clock(r.left), align="end", phone="figure"),
        Col(key="statutory", title=_("Of which by law"), value=lambda r: words.clock(r.statutory), align="end"),
        Col(key="asked", title=_("Asked"), value=lambda r: words.clock(r.asked), align="end"),
        Col(key="lapses", title=_("First lapses on"), kind="date"),
    ],
    narrows=[
        Narrow(key="kind", title=_("Kind"), choices=kind_names),
        Narrow(key="on", title=_("On"), kind="text", hint=_("A day such as 2026-12-31")),
    ],
    sort="name",
    row_url=lambda row: words.person_url(row.employee),
    main=lambda actor: act_for(actor, "hr.grant_leave", icon="plus", label=_("Grant a year")),
    more=lambda actor: [
        act_for(actor, "hr.mail_of_lapse", icon="send"),
        act_for(actor, "hr.warn_of_lapse", icon="bell"),
        act_for(actor, "hr.correct_leave", icon="pencil"),
        act_for(actor, "hr.recount_leave", icon="refresh"),
    ],
    search_hint=_("Name"),
    empty=Empty(_("No employees yet"), icon="umbrella"),
)  # fmt: skip

KINDS = ListView(
    key="hr.leave_kinds",
    title=_("Kinds of leave"),
    query=leave_kinds,
    columns=[
        Col(key="name", title=_("Name"), phone="title"),
        Col(key="code", title=_("Code"), phone="meta"),
        Col(key="counted", title=_("Counted"), value=lambda r: _yes(r.counted)),
        Col(key="paid", title=_("Paid"), value=lambda r: _yes(r.paid)),
        Col(key="rules", title=_("Earned by")),
    ],
    new="hr.add_leave_kind",
    more=lambda actor: [
        act_for(actor, "hr.set_up_leave", icon="settings"),
        act_for(actor, "hr.add_leave_rule", icon="plus"),
        act_for(actor, "hr.end_leave_rule", icon="x"),
    ],
    empty=Empty(
        _("No kinds of leave yet"),
        _("Set up the usual kinds and the rules of your country at once."),
        icon="umbrella",
        act=lambda actor: act_for(actor, "hr.set_up_leave", icon="settings"),
    ),
)


def _yes(value: bool) -> str:
    return gettext("yes") if value else gettext("no")


def _day(address: Address) -> date | None:
    try:
        return date.fromisoformat(address.get("on"))
    except ValueError:
        return None


def _mine(actor: Actor, address: Address) -> Mapping[str, Any]:
    shown = my_leave(actor, on=_day(address), kind=address.get("kind") or "holiday")
    requests = [
        {
            "number": row.number,
            "days": words.days_of(row),
            "hours": words.clock(row.minutes),
            "kind": row.kind,
            "state": words.state(row.state),
            "url": words.request_url(row.number),
        }
        for row in my_requests(actor, limit=FEW).rows
    ]
    ask = Act(gettext("Ask for leave"), "/hr/ask-leave", icon="plus", key="n")
    page = {"title": gettext("My leave"), "main_action": ask}
    return {"page": page, "requests": requests, "own": True, **_context(shown)}


def _theirs(actor: Actor, address: Address, employee: str) -> Mapping[str, Any]:
    kind = address.get("kind") or "holiday"
    shown = leave_of(actor, employee=employee, on=_day(address), kind=kind)
    more = acts(
        act_for(actor, "hr.correct_leave", {"correction.employee": employee}, icon="pencil"),
        act_for(actor, "hr.grant_leave", {"employees": [employee]}, icon="plus"),
    )
    record = act_for(actor, "hr.record_leave", {"leave.employee": employee}, icon="plus")
    page = {
        "title": shown.name,
        "breadcrumb": [Link(gettext("Leave balances"), BALANCES.url)],
        "main_action": record,
        "more": more,
    }
    return {"page": page, "own": False, **_context(shown)}


def _context(shown: LedgerShown) -> dict[str, Any]:
    return {
        "on": day(shown.on),
        "kinds": [
            {
                "code": kind.code,
                "name": kind.name,
                "left": words.clock(kind.left),
                "asked": words.clock(kind.asked) if kind.asked else "",
                "lots": [
                    {
                        "rule": lot.rule or gettext("Corrected"),
                        "year": lot.year,
                        "left": words.clock(lot.left),
                        "lapses": day(lot.lapses),
                        "sooner": day(lot.would_lapse) if lot.would_lapse else "",
                        "warned": day(lot.warned_on) if lot.warned_on else "",
                    }
                    for lot in kind.lots
                ],
            }
            for kind in shown.kinds
        ],
        "lines": [_line(each, shown.on) for each in reversed(shown.lines)],
    }


def _line(line: LedgerLine, on: date) -> dict[str, Any]:
    rule = f"{line.rule} {line.year}" if line.rule else str(line.year or "")
    return {
        "on": day(line.on),
        "what": words.WHAT[line.what],
        "minutes": words.clock(line.minutes),
        "after": words.clock(line.after),
        "rule": rule,
        "request": line.request,
        "url": words.request_url(line.request) if line.request else "",
        "why": line.reason or "; ".join(_part(part) for part in line.parts),
        "ahead": line.on > on,
    }


def _part(part: Any) -> str:
    return gettext("%(days)s days of %(period)s at %(week)s hours a week") % {
        "days": part.days,
        "period": words.period(part.first, part.last),
        "week": words.clock(part.week),
    }


MINE = PlainView(
    key="hr.my_leave",
    title=_("My leave"),
    permission="hr.use_own",
    template="hr/my_leave.html",
    content=_mine,
)
THEIRS = PlainView(
    key="hr.leave_balances",
    title=_("Leave"),
    permission="hr.use_own",
    template="hr/my_leave.html",
    content=_theirs,
    path="<str:employee>",
    in_menu=False,
)
