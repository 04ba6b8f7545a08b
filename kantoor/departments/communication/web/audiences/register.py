"""Audiences as pages: the register, and one with its parts and whom it reaches now."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.queries.audiences.kinds import MAILING_LIST
from kantoor.departments.communication.queries.audiences.register import (
    AudienceShown,
    audience,
    audience_names,
    audiences,
)
from kantoor.departments.communication.web.audiences.words import LEFT_OUT, audience_url, list_url
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.bulk import Bulk
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView, Tab
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.pages.references import page_of
from kantoor.kernel.pages.search import Found, searcher
from kantoor.kernel.ui.cells import Cell, Link, Status
from kantoor.kernel.ui.formats import number
from kantoor.kernel.ui.listing import Column, Row
from kantoor.kernel.ui.record_page import Document, Fact, Related, Relation

AUDIENCES = ListView(
    key="communication.audiences",
    title=_("Audiences"),
    query=audiences,
    columns=[
        Col(key="code", title=_("Code"), sort=True, phone="meta"),
        Col(key="name", title=_("Name"), sort=True, phone="title"),
        Col(key="who", title=_("Who is in it"), value=lambda row: " · ".join(row.who)),
        Col(key="purpose", title=_("Purpose")),
        Col(key="changed_at", title=_("Changed"), kind="datetime", sort=True, default=False),
    ],
    narrows=[Narrow(key="active", title=_("In use"), choices={"1": _("Yes"), "0": _("No")})],
    tabs=[Tab(_("In use"), {"active": "1"}), Tab(_("All"))],
    sort="name",
    row_key="code",
    row_url=lambda row: audience_url(row.code),
    muted=lambda row: not row.active,
    bulk=[Bulk(action="communication.put_away_audiences", parameter="codes", icon="archive")],
    new="communication.set_audience",
    search_hint=_("Code or name"),
    empty=Empty(
        _("No audiences yet"),
        _(
            "An audience is a question to the company: who works here, who has a device, who ordered."
        ),
        icon="users-group",
    ),
)


def show(actor: Actor, shown: AudienceShown) -> Thing:
    """An audience: how many it reaches, who is in it, and who is left out and why."""
    row = shown.audience
    here = audience_url(row.code)
    return Thing(
        title=row.name,
        row=row.id,
        state=_state(shown),
        note=_note(shown),
        facts=_facts(shown),
        document=None if shown.hidden else _preview(shown),
        relations=[_parts(shown)],
        steps=[
            act_for(
                actor, "communication.set_audience", {"audience.code": row.code},
                label=_("Change it"), icon="pencil", key="c", back=here,
            ),
        ],
        breadcrumb=[Link(gettext("Audiences"), AUDIENCES.url)],
    )  # fmt: skip


def _state(shown: AudienceShown) -> Status:
    if not shown.audience.active:
        return Status("away", gettext("Put away"), "quiet")
    if shown.broken or not shown.size:
        return Status("nobody", gettext("Reaches nobody"), "bad")
    if shown.extreme:
        return Status("everybody", gettext("Reaches everybody"), "wait")
    said = ngettext("Reaches one address", "Reaches %(n)s addresses", shown.size)
    return Status("some", said % {"n": number(shown.size)}, "good")


def _note(shown: AudienceShown) -> str:
    if shown.broken:
        return gettext("One of its questions is not there any more; take it out.")
    if shown.hidden:
        return gettext("Who is in it is not shown: not all that it asks is for you to know.")
    return gettext("Asked at this moment; whenever it is used, it is asked anew.")


def _facts(shown: AudienceShown) -> list[Fact]:
    found: list[tuple[str, Cell]] = [
        (gettext("Code"), shown.audience.code),
        (gettext("Addresses by mail"), shown.size),
        (gettext("Only who agreed to"), shown.audience.purpose),
    ]
    found += [
        (str(words), getattr(shown.left_out, name))
        for name, words in LEFT_OUT.items()
        if getattr(shown.left_out, name)
    ]
    return [Fact(label, value) for label, value in found if value != ""]


def _parts(shown: AudienceShown) -> Relation:
    here = audience_url(shown.audience.code)
    items = []
    for each in shown.parts:
        said = gettext("Left out") if each.left_out else ""
        if not each.there:
            said = gettext("Not there any more")
        of_list = each.who.startswith(f"{MAILING_LIST}: ")
        url = list_url(each.who.partition(": ")[2]) if of_list else here
        items.append(Related(Link(each.words, url), said))
    return Relation(gettext("Who is in it"), items)


def _preview(shown: AudienceShown) -> Document:
    rest = shown.size - len(shown.preview)
    note = gettext("And %(n)s more.") % {"n": number(rest)} if rest > 0 else ""
    return Document(
        columns=[
            Column("name", gettext("Name"), phone="title"),
            Column("address", gettext("Address"), phone="meta"),
        ],
        lines=[
            Row(each.address, {"name": each.name or each.address, "address": each.address})
            for each in shown.preview
        ],
        note=note,
    )


AUDIENCE = RecordView(
    key="communication.audiences",
    title=_("Audience"),
    kind="communication.audience",
    path="<slug:code>",
    find=audience,
    show=show,
)


@page_of("communication.audience", title=_("Audience"))
def audience_pages(actor: Actor, keys: Sequence[str]) -> Mapping[str, Link]:
    """The pages of audiences by their rows."""
    found = audience_names(actor, keys=[int(key) for key in keys if key.isdigit()])
    return {str(key): Link(name, audience_url(code)) for key, (code, name) in found.items()}


@searcher(
    "communication.audiences",
    title=_("Audiences"),
    permission="communication.read_audiences",
    icon="users-group",
)
def find_audiences(actor: Actor, text: str, most: int) -> list[Found]:
    """Audiences by code or name."""
    page = audiences(actor, search=text.strip(), limit=most)
    return [Found(row.name, audience_url(row.code), row.code) for row in page.rows]
