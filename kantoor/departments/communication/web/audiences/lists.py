"""Mailing lists and purposes as pages, and the addresses on a list."""

from collections.abc import Mapping, Sequence

from django.conf import settings
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.queries.audiences.lists import (
    ListRow,
    MemberRow,
    list_members,
    list_names,
    mailing_list,
    mailing_lists,
    purposes,
)
from kantoor.departments.communication.web.audiences import words
from kantoor.departments.communication.web.audiences.words import address_url, list_url
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.acts import act_for, url_of_action
from kantoor.kernel.pages.bulk import Bulk
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView, Tab
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.pages.references import page_of
from kantoor.kernel.ui.cells import Cell, Link, Status
from kantoor.kernel.ui.formats import number
from kantoor.kernel.ui.listing import Act, Column, Row
from kantoor.kernel.ui.record_page import Document, Fact

SHOWN = 20
ACTIVE = Narrow(key="active", title=_("In use"), choices={"1": _("Yes"), "0": _("No")})
TABS = [Tab(_("In use"), {"active": "1"}), Tab(_("All"))]

LISTS = ListView(
    key="communication.mailing_lists",
    title=_("Mailing lists"),
    query=mailing_lists,
    columns=[
        Col(key="code", title=_("Code"), sort=True, phone="meta"),
        Col(key="name", title=_("Name"), sort=True, phone="title"),
        Col(key="purpose", title=_("Purpose")),
        Col(key="open", title=_("Open"), value=lambda row: _("Yes") if row.open else ""),
        Col(key="members", title=_("Addresses"), kind="number", phone="figure"),
    ],
    narrows=[ACTIVE],
    tabs=TABS,
    sort="name",
    row_key="code",
    row_url=lambda row: list_url(row.code),
    muted=lambda row: not row.active,
    bulk=[Bulk(action="communication.put_away_lists", parameter="codes", icon="archive")],
    new="communication.set_list",
    search_hint=_("Code or name"),
    empty=Empty(
        _("No mailing lists yet"),
        _("For who is no relation: people who put themselves on it, or a list that you import."),
        icon="mail",
    ),
)
MEMBERS = ListView(
    key="communication.list_members",
    title=_("Addresses on mailing lists"),
    query=list_members,
    columns=[
        Col(key="address", title=_("Address"), phone="title"),
        Col(key="name", title=_("Name"), phone="meta"),
        Col(key="state", title=_("State"), kind="status", states=words.STATES),
        Col(key="language", title=_("Language"), default=False),
        Col(key="joined_at", title=_("Since"), kind="datetime"),
    ],
    narrows=[
        Narrow(
            key="mailing_list",
            title=_("Mailing list"),
            choices=lambda actor: dict(list_names(actor).values()),
        )
    ],
    row_key="address",
    row_url=lambda row: address_url(row.address),
    bulk=[
        Bulk(action="communication.take_off_list", parameter="addresses", icon="minus"),
        Bulk(action="communication.stop_mail", parameter="addresses", icon="ban"),
    ],
    search_hint=_("Address or name"),
    empty=Empty(_("No addresses"), _("Nobody is on the list yet."), icon="mail"),
)
PURPOSES = ListView(
    key="communication.purposes",
    title=_("Purposes"),
    query=purposes,
    columns=[
        Col(key="code", title=_("Code"), sort=True, phone="meta"),
        Col(key="name", title=_("Name"), sort=True, phone="title"),
        Col(key="text", title=_("What people agree to"), value=lambda row: row.text[:160]),
        Col(key="agreed", title=_("Agreed"), kind="number", phone="figure"),
    ],
    narrows=[ACTIVE],
    tabs=TABS,
    sort="name",
    row_key="code",
    edit_url=lambda row: url_of_action(
        "communication.set_purpose",
        {"purpose.code": row.code, "next": "/communication/purposes"},
    ),
    muted=lambda row: not row.active,
    bulk=[Bulk(action="communication.put_away_purposes", parameter="codes", icon="archive")],
    new="communication.set_purpose",
    search_hint=_("Code or name"),
    empty=Empty(
        _("No purposes yet"),
        _("What people are written about, and the words that they agree to: a newsletter, events."),
        icon="checklist",
    ),
)


def show(actor: Actor, row: ListRow) -> Thing:
    """A mailing list: who is on it, and how others come on it."""
    here = list_url(row.code)
    said = ngettext("One address", "%(n)s addresses", row.members) % {"n": number(row.members)}
    state = Status("on", said, "good") if row.active else Status("away", gettext("Put away"))
    members = list_members(actor, mailing_list=row.code, limit=SHOWN).rows
    return Thing(
        title=row.name,
        row=row.id,
        state=state,
        facts=_facts(actor, row),
        document=_members(row, members) if members else None,
        steps=[
            act_for(
                actor, "communication.add_subscriber", {"mailing_list": row.code},
                label=_("Put an address on it"), icon="plus", key="c", back=here,
            ),
            _import(actor, row),
            act_for(
                actor, "communication.set_list", {"mailing_list.code": row.code},
                label=_("Change it"), icon="pencil", back=here,
            ),
        ],
        breadcrumb=[Link(gettext("Mailing lists"), LISTS.url)],
    )  # fmt: skip


def _import(actor: Actor, row: ListRow) -> Act | None:
    if not (row.active and actor.may("communication.manage_audiences")):
        return None
    return Act(gettext("Import a list"), f"/communication/import-addresses?mailing_list={row.code}",
               icon="upload")  # fmt: skip


def _facts(actor: Actor, row: ListRow) -> list[Fact]:
    found: list[tuple[str, Cell]] = [
        (gettext("Code"), row.code),
        (gettext("Purpose"), row.purpose),
    ]
    if row.open:
        path = f"/communication/subscribe/{actor.company_id}/{row.code}"
        found.append((gettext("Page to sign up"), Link(f"{settings.ADDRESS}{path}", path)))
    return [Fact(label, value) for label, value in found if value]


def _members(row: ListRow, members: Sequence[MemberRow]) -> Document:
    rest = row.members - len(members)
    note = gettext("And %(n)s more.") % {"n": number(rest)} if rest > 0 else ""
    return Document(
        columns=[
            Column("address", gettext("Address"), "link", phone="title"),
            Column("name", gettext("Name"), phone="meta"),
            Column("state", gettext("State"), "status"),
        ],
        lines=[
            Row(
                each.address,
                {
                    "address": Link(each.address, address_url(each.address)),
                    "name": each.name,
                    "state": Status(each.state, *map(str, words.STATES[each.state])),  # type: ignore[arg-type]
                },
            )
            for each in members
        ],
        note=note,
    )


LIST = RecordView(
    key="communication.mailing_lists",
    title=_("Mailing list"),
    kind="communication.list",
    path="<slug:code>",
    find=mailing_list,
    show=show,
)


@page_of("communication.list", title=_("Mailing list"))
def list_pages(actor: Actor, keys: Sequence[str]) -> Mapping[str, Link]:
    """The pages of mailing lists by their rows."""
    found = list_names(actor, keys=[int(key) for key in keys if key.isdigit()])
    return {str(key): Link(name, list_url(code)) for key, (code, name) in found.items()}
