"""Audiences as a register, and one with whom it reaches at this moment."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.department import READ_AUDIENCES
from kantoor.departments.communication.errors import UnknownAudience
from kantoor.departments.communication.models import Audience, AudiencePart
from kantoor.departments.communication.queries.audiences.careless import reach_of
from kantoor.departments.communication.queries.audiences.named import BY_NAME, names_of, page_of
from kantoor.departments.communication.queries.audiences.questions import asked
from kantoor.departments.communication.queries.audiences.resolving import (
    LeftOut,
    left_out,
    preview_of,
    size_of_question,
)
from kantoor.departments.communication.queries.audiences.words import PartShown, parts_shown
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.audiences import known_kind
from kantoor.kernel.paging import PAGE, Page
from kantoor.kernel.queries import query, scoped

SORTS = {**BY_NAME, "changed_at": ("changed_at",)}
PREVIEWED = 50


class AudienceRow(msgspec.Struct, frozen=True, kw_only=True):
    """An audience as listed; `who` are its parts in words."""

    id: int
    code: str
    name: str
    purpose: str
    who: list[str]
    active: bool
    changed_at: datetime


class PreviewRow(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody whom an audience reaches by mail now."""

    name: str
    address: str


class AudienceShown(msgspec.Struct, frozen=True, kw_only=True):
    """An audience with its parts, how many it reaches by mail now, and why others are left out.

    `extreme` is nobody or everybody where it reaches these. `preview` are the first by name; it
    is empty, and `hidden` true, for who may not know who answers to one of its parts. `broken`
    says that a kind is not there any more: then it reaches nobody until that is taken out.
    """

    audience: AudienceRow
    parts: list[PartShown]
    size: int
    extreme: str
    left_out: LeftOut
    preview: list[PreviewRow]
    hidden: bool
    broken: bool


@query(permission=READ_AUDIENCES, title=_("Audiences"), exposed=True)
def audiences(
    actor: Actor,
    /,
    *,
    search: str = "",
    active: str = "",
    sort: str = "name",
    cursor: str = "",
    limit: int = PAGE,
) -> Page[AudienceRow]:
    """Audiences by name or code; `active` 1 gives those in use, 0 those that were put away."""
    page = page_of(
        scoped(actor, Audience), search=search, active=active, sort=sort, cursor=cursor,
        limit=limit, sorts=SORTS,
    )  # fmt: skip
    parts = AudiencePart.objects.filter(audience__in=[row.pk for row in page.rows]).order_by("pk")
    shown = parts_shown(actor.company_id, parts)
    return page.map(lambda row: _row(row, shown.get(row.pk, [])))


@query(permission=READ_AUDIENCES, title=_("Audience"), exposed=True)
def audience(actor: Actor, /, *, code: str) -> AudienceShown:
    """One audience, and whom it reaches now. Raises UnknownAudience."""
    found = scoped(actor, Audience).filter(code=code).first()
    if found is None:
        message = _("There is no audience “{code}”.").format(code=code[:40])
        raise UnknownAudience(message, field="code")
    parts = list(found.parts.order_by("left_out", "pk"))
    shown = parts_shown(actor.company_id, parts).get(found.pk, [])
    kinds = [known_kind(part.kind) for part in parts]
    broken = None in kinds
    hidden = any(kind is not None and not actor.may(kind.permission) for kind in kinds)
    row = _row(found, shown)
    if broken:
        return AudienceShown(
            audience=row, parts=shown, size=0, extreme="nobody", left_out=LeftOut(), preview=[],
            hidden=hidden, broken=True,
        )  # fmt: skip
    reach = reach_of(actor, found)
    preview = [] if hidden else preview_of(actor, found, PREVIEWED)
    return AudienceShown(
        audience=row,
        parts=shown,
        size=reach.size,
        extreme=reach.extreme,
        left_out=left_out(actor, found),
        preview=[PreviewRow(name=each.name, address=each.address) for each in preview],
        hidden=hidden,
        broken=False,
    )


@query(permission=READ_AUDIENCES, title=_("How many an audience would reach"))
def reach_of_parts(
    actor: Actor, /, *, parts: Sequence[tuple[str, str, bool]], purpose: str = ""
) -> int:
    """How many would be reached by mail by these parts: kind, value, and whether left out."""
    drafts = [AudiencePart(kind=kind, value=value, left_out=out) for kind, value, out in parts]
    return size_of_question(asked(actor.company_id, drafts), purpose)


@query(permission=READ_AUDIENCES, title=_("An audience in words"))
def words_of_parts(actor: Actor, /, *, parts: Sequence[tuple[str, str, bool]]) -> str:
    """Who is in it by these parts, in words; who is left out stands behind a minus."""
    drafts = [AudiencePart(kind=kind, value=value, left_out=out) for kind, value, out in parts]
    shown = next(iter(parts_shown(actor.company_id, drafts).values()), [])
    return " · ".join(_words(each) for each in sorted(shown, key=lambda each: each.left_out))


@query(permission=READ_AUDIENCES, title=_("Codes and names of audiences"))
def audience_names(
    actor: Actor, /, *, keys: Sequence[int] | None = None
) -> dict[int, tuple[str, str]]:
    """Code and name of these audiences by their rows; without keys those in use."""
    return names_of(scoped(actor, Audience), keys)


def _row(row: Audience, shown: Sequence[PartShown]) -> AudienceRow:
    return AudienceRow(
        id=row.pk, code=row.code, name=row.name, purpose=row.purpose,
        who=[_words(each) for each in shown],
        active=row.active, changed_at=row.changed_at,
    )  # fmt: skip


def _words(part: PartShown) -> str:
    return f"− {part.words}" if part.left_out else part.words
