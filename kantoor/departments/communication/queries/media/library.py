"""The library: pictures as listed, one with its rights and where it is used, and what expires."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Literal

import msgspec
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.department import READ_ITEMS
from kantoor.departments.communication.models import Item, Picture, TextPicture
from kantoor.departments.communication.queries.items.visible import visible_items
from kantoor.departments.communication.queries.media.showing import Shown, shown_by_code
from kantoor.departments.communication.queries.media.visible import visible_pictures
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import User
from kantoor.kernel.errors import NotFound
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.queries import query, scoped

SOON = timedelta(days=30)
"""How long before a picture's rights end they are in the inbox."""
State = Literal["", "usable", "soon", "expired", "unasked", "gone"]
SORTS = {"added": ("id",), "title": ("title", "id"), "expires_on": ("expires_on", "id")}
MOST_USES = 50


class PictureRow(msgspec.Struct, frozen=True):
    """A picture as listed; `url` is where its small size is (`small` pixels wide
    and high), empty when it was taken away.

    `state` is usable, soon (its rights end within 30 days), expired, unasked (people on it were
    not asked) or gone.
    """

    id: int
    code: str
    title: str
    alt: str
    owner: str
    licence: str
    expires_on: date | None
    state: str
    url: str
    width: int
    height: int
    small: tuple[int, int]


class Use(msgspec.Struct, frozen=True):
    """An item that uses a picture in the newest text of a language."""

    code: str
    title: str
    state: str


class PictureShown(msgspec.Struct, frozen=True):
    """A picture with all that is known of it; `sizes` are name, width, height and address."""

    row: PictureRow
    alt_nl: str
    alt_en: str
    source: str
    consent: str
    people: str
    proof: str
    added_at: datetime
    added_by: str
    why: str
    sizes: list[tuple[str, int, int, str]]
    used: list[Use]


@query(permission=READ_ITEMS, title=_("Pictures"), exposed=True)
def pictures(
    actor: Actor, /, *, state: State = "", search: str = "", sort: str = "-added",
    cursor: str = "", limit: int = PAGE,
) -> Page[PictureRow]:  # fmt: skip
    """The pictures of the library that one may see; without a state all that were not taken away."""
    found = _of_state(visible_pictures(actor), state)
    if words := search.strip():
        named = Q(code=words.lower())
        for name in ("title", "alt_nl", "alt_en", "owner", "people"):
            named |= Q(**{f"{name}__icontains": words})
        found = found.filter(named)
    order = sorted_by(sort, SORTS)
    if order[0].removeprefix("-") == "expires_on":
        found = found.exclude(expires_on=None)
    page = page_by(found, order=order, cursor=cursor, limit=limit, totals={})
    return page.with_rows(_rows(actor, page.rows))


@query(permission=READ_ITEMS, title=_("A picture"), exposed=True)
def picture(actor: Actor, /, *, code: str) -> PictureShown:
    """One picture by its code, also when it was taken away. Raises NotFound, also for
    one that one may not see.
    """
    row = visible_pictures(actor).filter(code=code).first()
    if row is None:
        message = _("There is no picture “{code}”.").format(code=code[:60])
        raise NotFound(message, field="code")
    shown = None if row.taken_away_at else shown_by_code([row]).get(code)
    by = User.objects.filter(pk=row.added_by_id or 0).values_list("name", flat=True).first()
    return PictureShown(
        row=_row(row, shown, actor.language),
        alt_nl=row.alt_nl, alt_en=row.alt_en, source=row.source, consent=row.consent,
        people=row.people, proof=row.proof, added_at=row.added_at, added_by=by or "",
        why=row.why,
        sizes=[(name, each.width, each.height, each.url) for name, each in shown.sizes.items()]
        if shown
        else [],
        used=_uses(actor, row),
    )  # fmt: skip


@query(permission=READ_ITEMS, title=_("Codes of pictures"))
def picture_codes(actor: Actor, /, *, keys: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Code and title of these pictures, by the key of their row."""
    rows = visible_pictures(actor).filter(pk__in=keys)
    return {key: (code, title) for key, code, title in rows.values_list("pk", "code", "title")}


def expiring(actor: Actor) -> QuerySet[Picture]:
    """Pictures whose rights end soon, or ended no longer ago than that: somebody has to decide."""
    today = timezone.localdate()
    found = scoped(actor, Picture).filter(taken_away_at=None)
    return found.filter(expires_on__gte=today - SOON, expires_on__lte=today + SOON)


def _of_state(found: QuerySet[Picture], state: str) -> QuerySet[Picture]:
    today = timezone.localdate()
    if state == "gone":
        return found.filter(taken_away_at__isnull=False)
    found = found.filter(taken_away_at=None)
    if state == "usable":
        return found.filter(Q(expires_on=None) | Q(expires_on__gte=today)).exclude(
            consent="unasked"
        )
    if state == "soon":
        return found.filter(expires_on__gte=today, expires_on__lte=today + SOON)
    if state == "expired":
        return found.filter(expires_on__lt=today)
    return found.filter(consent="unasked") if state == "unasked" else found


def _rows(actor: Actor, found: Sequence[Picture]) -> list[PictureRow]:
    shown = shown_by_code([row for row in found if row.taken_away_at is None])
    return [_row(row, shown.get(row.code), actor.language) for row in found]


def _row(row: Picture, shown: Shown | None, language: str) -> PictureRow:
    small, full = (shown.size("small"), shown.size("full")) if shown else (None, None)
    return PictureRow(
        row.pk, row.code, row.title, row.alt_nl if language == "nl" else row.alt_en, row.owner,
        row.licence, row.expires_on, _state(row), small.url if small else "",
        full.width if full else 0, full.height if full else 0,
        (small.width, small.height) if small else (0, 0),
    )  # fmt: skip


def _state(row: Picture) -> str:
    if row.taken_away_at is not None:
        return "gone"
    today = timezone.localdate()
    if row.expires_on is not None and row.expires_on < today:
        return "expired"
    if row.consent == "unasked":
        return "unasked"
    return "soon" if row.expires_on and row.expires_on <= today + SOON else "usable"


def _uses(actor: Actor, picture: Picture) -> list[Use]:
    """The items one may see whose texts show the picture."""
    shown = TextPicture.objects.filter(picture=picture)
    rows: QuerySet[Item] = visible_items(actor).filter(pk__in=shown.values("text__item_id"))
    found = rows.order_by("-pk").values_list("code", "title", "state")[:MOST_USES]
    return [Use(*each) for each in found]
