"""The library as pages: pictures as a list, and one with its rights, its sizes and where it is used."""

from collections.abc import Mapping, Sequence

from django.utils.encoding import force_str
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.department import MANAGE_MEDIA, READ_ITEMS
from kantoor.departments.communication.queries.media.library import (
    PictureRow,
    PictureShown,
    picture,
    picture_codes,
    pictures,
)
from kantoor.departments.communication.web.media import words
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.bulk import Bulk
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView, Tab
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.pages.references import page_of
from kantoor.kernel.pages.search import Found, searcher
from kantoor.kernel.ui.cells import Cell, Link, Thumb
from kantoor.kernel.ui.listing import Act
from kantoor.kernel.ui.record_page import Fact, Related, Relation

ADD = "/communication/pictures/add"


def _add(actor: Actor) -> Act | None:
    """The button that adds a picture."""
    if not actor.may(MANAGE_MEDIA):
        return None
    return Act(gettext("Add a picture"), ADD, icon="photo-plus", key="n")


def _thumb(row: PictureRow) -> Thumb | None:
    """Its smallest size, with what can be seen on it."""
    return Thumb(row.url, row.alt, *row.small) if row.url else None


PICTURES = ListView(
    key="communication.pictures",
    title=_("Pictures"),
    query=pictures,
    columns=[
        Col(key="url", title=_("Picture"), value=_thumb, phone="hidden"),
        Col(
            key="title",
            title=_("What it is"),
            kind="link",
            url=lambda row: words.picture_url(row.code),
            sort=True,
            phone="title",
        ),
        Col(key="code", title=_("Name in texts"), phone="meta"),
        Col(key="state", title=_("State"), kind="status", states=words.STATES, phone="figure"),
        Col(key="owner", title=_("Who has the rights")),
        Col(key="licence", title=_("What was agreed"), default=False),
        Col(key="expires_on", title=_("Until"), kind="date", sort=True),
        Col(key="width", title=_("Wide"), kind="number", default=False),
        Col(key="height", title=_("High"), kind="number", default=False),
    ],
    tabs=[
        Tab(_("All")),
        Tab(_("May be used"), {"state": "usable"}),
        Tab(_("Rights end soon"), {"state": "soon"}),
        Tab(_("Rights ended"), {"state": "expired"}),
        Tab(_("People not asked"), {"state": "unasked"}),
        Tab(_("Taken away"), {"state": "gone"}),
    ],
    sort="-added",
    row_key="code",
    row_url=lambda row: words.picture_url(row.code),
    muted=lambda row: row.state == "gone",
    bulk=[Bulk(action="communication.take_away_pictures", parameter="codes", icon="photo-off")],
    main=_add,
    search_hint=_("Words of what it shows, or who has the rights"),
    empty=Empty(
        _("No pictures here"),
        _("Add a picture with its rights; texts then name it as media:name."),
        icon="photo",
    ),
)


def show(actor: Actor, shown: PictureShown) -> Thing:
    """The picture itself, what is known of it, and what uses it."""
    row = shown.row
    here = words.picture_url(row.code)
    given = {
        "code": row.code, "picture.title": row.title, "picture.alt_nl": shown.alt_nl,
        "picture.alt_en": shown.alt_en, "picture.owner": row.owner,
        "picture.licence": row.licence, "picture.source": shown.source,
        "picture.expires_on": row.expires_on, "picture.consent": shown.consent,
        "picture.people": shown.people, "picture.proof": shown.proof,
    }  # fmt: skip
    change = act_for(
        actor, "communication.change_picture", given, label=_("Change it"), icon="pencil", key="e",
        back=here,
    )  # fmt: skip
    away = act_for(
        actor, "communication.take_away_picture", {"code": row.code}, label=_("Take away"),
        icon="photo-off", back=here,
    )  # fmt: skip
    again = act_for(
        actor, "communication.put_back_picture", {"code": row.code}, label=_("Put back"),
        icon="arrow-back-up", at_once=True, back=here,
    )  # fmt: skip
    gone = row.state == "gone"
    return Thing(
        title=row.title,
        row=row.id,
        state=words.status(row.state),
        note=shown.why,
        facts=_facts(shown),
        relations=_relations(shown),
        steps=[again] if gone else [change, away],
        breadcrumb=[Link(force_str(PICTURES.title), PICTURES.url)],
        body={"sizes": _sizes(shown), "large": _large(shown), "alt": row.alt},
    )


def _facts(shown: PictureShown) -> list[Fact]:
    row = shown.row
    found: list[tuple[str, Cell]] = [
        (gettext("Name in texts"), f"media:{row.code}"),
        (gettext("Who has the rights"), row.owner),
        (gettext("What was agreed"), row.licence),
        (gettext("Until"), row.expires_on),
        (gettext("Where it came from"), shown.source),
        (gettext("People on it"), force_str(words.CONSENTS[shown.consent])),
        (gettext("Who is shown"), shown.people),
        (gettext("Where they agreed"), shown.proof),
        (gettext("In Dutch"), shown.alt_nl),
        (gettext("In English"), shown.alt_en),
        (gettext("Added by"), shown.added_by),
        (gettext("Added"), shown.added_at),
    ]
    return [Fact(label, value) for label, value in found if value]


def _relations(shown: PictureShown) -> list[Relation]:
    used = [Related(Link(each.title, f"/communication/items/{each.code}")) for each in shown.used]
    return [Relation(gettext("Used in"), used)] if used else []


def _sizes(shown: PictureShown) -> list[tuple[str, str, str]]:
    """Each size in words, with its address."""
    return [
        (force_str(words.SIZES[name]), f"{width} × {height}", url)
        for name, width, height, url in shown.sizes
    ]


def _large(shown: PictureShown) -> tuple[str, int, int, str] | None:
    """The size that is shown: a picture that is not so large has no more than it is."""
    by_name = {each[0]: each for each in shown.sizes}
    return by_name.get("large") or by_name.get("full")


PICTURE = RecordView(
    key="communication.pictures",
    title=_("Picture"),
    kind="communication.picture",
    path="<str:code>",
    find=picture,
    show=show,
    template="communication/picture.html",
)


@searcher("communication.picture", title=_("Pictures"), permission=READ_ITEMS, icon="photo")
def find_pictures(actor: Actor, asked: str, most: int) -> list[Found]:
    """Pictures by words of what they show, or who has the rights."""
    page = pictures(actor, search=asked.strip(), limit=most)
    return [Found(row.title, words.picture_url(row.code), row.owner) for row in page.rows]


@page_of("communication.picture", title=_("Picture"))
def picture_pages(actor: Actor, keys: Sequence[str]) -> Mapping[str, Link]:
    """The pages of pictures by the keys of their rows."""
    found = picture_codes(actor, keys=[int(key) for key in keys if key.isdigit()])
    return {
        str(key): Link(title, words.picture_url(code)) for key, (code, title) in found.items()
    }  # fmt: skip
