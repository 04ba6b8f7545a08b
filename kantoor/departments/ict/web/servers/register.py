"""Servers as pages: the register, and one server with its checks, services and past."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.queries.devices.impact import impact
from kantoor.departments.ict.queries.servers.availability import availability
from kantoor.departments.ict.queries.servers.keys import server_codes
from kantoor.departments.ict.queries.servers.servers import (
    CheckRow,
    IncidentRow,
    MaintenanceRow,
    ServerShown,
    server,
    servers,
)
from kantoor.departments.ict.web.cases.words import case_url
from kantoor.departments.ict.web.devices.words import device_url
from kantoor.departments.ict.web.servers import words
from kantoor.departments.ict.web.servers.lists import MAINTENANCE
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView, Tab
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.pages.references import links, page_of, words_for
from kantoor.kernel.pages.search import Found, searcher
from kantoor.kernel.ui.cells import Cell, Link
from kantoor.kernel.ui.formats import moment, number
from kantoor.kernel.ui.listing import Column, Row
from kantoor.kernel.ui.record_page import Document, Fact, Related, Relation

MONTHS = 6
MOST_AFFECTED = 20

SERVERS = ListView(
    key="ict.servers",
    title=_("Servers"),
    query=servers,
    columns=[
        Col(key="code", title=_("Code"), sort=True, phone="meta"),
        Col(key="name", title=_("Name"), sort=True, phone="title"),
        Col(key="state", title=_("State"), kind="status", states=words.STATES),
        Col(key="address", title=_("Address")),
        Col(
            key="environment",
            title=_("Environment"),
            value=lambda r: words.ENVIRONMENTS[r.environment],
        ),
        Col(key="criticality", title=_("Criticality"), kind="number", sort=True),
        Col(key="owner", title=_("Owner"), default=False),
        Col(key="checks", title=_("Checks"), kind="number", phone="figure"),
    ],
    narrows=[
        Narrow(key="environment", title=_("Environment"), choices=words.ENVIRONMENTS),
        Narrow(
            key="state",
            title=_("State"),
            choices={
                code: word for code, (word, _tone) in words.STATES.items() if code != "incident"
            },
        ),
        Narrow(key="active", title=_("In use"), kind="boolean"),
    ],
    tabs=[Tab(_("In use"), {"active": "1"}), Tab(_("Down"), {"state": "down"}), Tab(_("All"))],
    sort="code",
    row_url=lambda row: words.server_url(row.code),
    muted=lambda row: not row.active,
    new="ict.add_server",
    search_hint=_("Code, name or address"),
    empty=Empty(
        _("No servers yet"),
        _(
            "Add the first with its address, then add a check on its page: a web page, a"
            " certificate, a port, a name or a ping. What goes down becomes an incident."
        ),
        icon="server",
    ),
)


def show(actor: Actor, shown: ServerShown) -> Thing:
    """A server: how it does, what is asked of it, what it carries."""
    row = shown.server
    here = words.server_url(row.code)
    return Thing(
        title=row.name,
        row=row.id,
        state=words.state(row.state),
        note="" if row.active else gettext("No longer in use; nothing is checked."),
        facts=[*_facts(shown), *_availability(actor, row.code)],
        document=_checks(actor, row.code, shown.checks),
        relations=[
            _services(shown),
            _incidents(shown.incidents),
            _maintenance(shown.maintenance),
            *_affected(actor, shown),
        ],
        steps=[
            act_for(
                actor, "ict.add_check", {"check.server": row.code},
                label=_("Add a check"), icon="plus", key="c", back=here,
            ),
            act_for(
                actor, "ict.plan_maintenance", {"servers": [row.code]},
                label=_("Plan maintenance"), icon="tool", back=here,
            ),
            act_for(
                actor, "ict.change_server", {"change.code": row.code},
                label=_("Change it"), icon="pencil", back=here,
            ),
        ],
        breadcrumb=[Link(gettext("Servers"), SERVERS.url)],
    )  # fmt: skip


def _facts(shown: ServerShown) -> list[Fact]:
    row = shown.server
    found: list[tuple[str, Cell]] = [
        (gettext("Code"), row.code),
        (gettext("Address"), row.address),
        (gettext("Environment"), str(words.ENVIRONMENTS[row.environment])),
        (gettext("Criticality"), str(words.CRITICALITIES[row.criticality])),
        (gettext("Owner"), row.owner),
        (gettext("Device"), _device(shown)),
        (gettext("Remark"), shown.note),
    ]
    return [Fact(label, value) for label, value in found if value]


def _device(shown: ServerShown) -> Cell:
    """The hardware that it is."""
    name = f"{shown.device} {shown.device_name}".strip()
    return Link(name, device_url(shown.device)) if shown.device else ""


def _checks(actor: Actor, server: str, checks: Sequence[CheckRow]) -> Document:
    return Document(
        columns=[
            Column("name", gettext("Check"), "link", phone="title"),
            Column("kind", gettext("Kind"), phone="meta"),
            Column("state", gettext("State"), "status"),
            Column("message", gettext("Seen")),
            Column("asked", gettext("Asked"), "date"),
            Column("took", gettext("Milliseconds"), "number", phone="figure"),
        ],
        lines=[
            Row(
                str(each.id),
                {
                    "name": _changed(actor, server, each.name),
                    "kind": str(words.CHECK_KINDS[each.kind]),
                    "state": words.state(each.state if each.active else "unknown"),
                    "message": each.message if each.active else gettext("Not asked any more."),
                    "asked": each.asked_at,
                    "took": each.took_ms,
                },
            )
            for each in checks
        ],
    )


def _changed(actor: Actor, server: str, name: str) -> Cell:
    """The name of a check, which opens the form that changes it."""
    given = {"change.server": server, "change.name": name}
    act = act_for(actor, "ict.change_check", given, back=words.server_url(server))
    return Link(name, act.url) if act else name


def _services(shown: ServerShown) -> Relation:
    items = [Related(Link(name, "/ict/status"), code) for code, name in shown.services]
    return Relation(gettext("Services that stop with it"), items)


def _incidents(rows: Sequence[IncidentRow]) -> Relation:
    items = [
        Related(
            Link(row.number, case_url(row.number)),
            row.title,
            moment(row.ended_at) if row.ended_at else words.state("down"),
        )
        for row in rows
    ]
    return Relation(gettext("Incidents"), items)


def _maintenance(rows: Sequence[MaintenanceRow]) -> Relation:
    items = [
        Related(Link(row.why, MAINTENANCE.url), f"{moment(row.begins_at)} – {moment(row.ends_at)}")
        for row in rows
    ]
    return Relation(gettext("Maintenance"), items)


def _availability(actor: Actor, code: str) -> list[Fact]:
    return [
        Fact(
            gettext("Available in {month}").format(month=f"{row.month:%Y-%m}"),
            gettext("{share} % ({seconds} s down)").format(
                share=row.share, seconds=number(row.down_s)
            ),
        )
        for row in availability(actor, server=code, months=MONTHS)
        if row.share is not None
    ]


def _affected(actor: Actor, shown: ServerShown) -> list[Relation]:
    """What does not work either when it is down, as far as the actor may see it."""
    if not actor.may("ict.read_devices"):
        return []
    found = impact(actor, of=[f"ict.server/{shown.server.id}", *shown.service_references])
    here = words.server_url(shown.server.code)
    references = [each.reference for each in found.affected[:MOST_AFFECTED]]
    pages = links(actor, references)
    items = []
    for reference in references:
        page = pages.get(reference)
        items.append(Related(Link(words_for(reference, page), page.url if page else here)))
    people = len(found.people)
    if people:
        said = ngettext("%(n)s person", "%(n)s people", people) % {"n": people}
        items.append(Related(Link(said, "/ict/devices")))
    return [Relation(gettext("Also stops"), items)] if items else []


SERVER = RecordView(
    key="ict.servers",
    title=_("Server"),
    kind="ict.server",
    path="<str:code>",
    find=server,
    show=show,
)


@page_of("ict.server", title=_("Server"))
def server_pages(actor: Actor, keys: Sequence[str]) -> Mapping[str, Link]:
    """The pages of servers by their keys."""
    found = server_codes(actor, keys=[int(key) for key in keys if key.isdigit()])
    return {str(key): Link(name, words.server_url(code)) for key, (code, name) in found.items()}


@searcher("ict.server", title=_("Servers"), permission="ict.read_servers", icon="server")
def find_servers(actor: Actor, text: str, most: int) -> list[Found]:
    """Servers by code, name or address."""
    page = servers(actor, search=text.strip(), limit=most)
    return [Found(row.name, words.server_url(row.code), row.code) for row in page.rows]
