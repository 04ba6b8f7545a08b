"""Set audiences: what they ask of the company, under a name that stays."""

from collections.abc import Mapping, Sequence

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.actions.audiences.wording import (
    checked_code,
    checked_name,
    refuse_unknown_purposes,
)
from kantoor.departments.communication.actions.items.placed import place_anew
from kantoor.departments.communication.department import MANAGE_AUDIENCES
from kantoor.departments.communication.drafts_audiences import AudienceDraft, PartDraft
from kantoor.departments.communication.errors import UnknownAudience
from kantoor.departments.communication.models import Audience, AudiencePart
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.audiences import kind_named, known_kind, refuse_unknown_values
from kantoor.kernel.errors import InvalidInput, NotAllowed
from kantoor.kernel.queries import scoped

MOST_PARTS = 500
Part = tuple[str, str, bool]
"""Kind, value, and whether it is left out."""


@action(permission=MANAGE_AUDIENCES, title=_("Set audiences"), bulk_of="communication.set_audience")
def set_audiences(actor: Actor, /, *, audiences: Sequence[AudienceDraft]) -> list[str]:
    """Set audiences under their codes, new or said anew, all or none; gives the codes.

    Raises InvalidInput, UnknownAudience for a purpose that isn't, NotFound for a kind that isn't,
    NotAllowed for one that the actor may not use, also among what the audience asked before.
    """
    found: dict[str, tuple[AudienceDraft, list[Part]]] = {}
    refuse_unknown_purposes(actor, [each.purpose for each in audiences])
    for draft in audiences:
        code = checked_code(draft.code)
        if code in found:
            message = _("“{code}” is given twice.").format(code=code)
            raise InvalidInput(message, field="code")
        found[code] = draft, parts_of(actor, draft.parts)
    rows = {
        row.code: row
        for row in scoped(actor, Audience).select_for_update().filter(code__in=found).order_by("pk")
    }
    asked_before = AudiencePart.objects.filter(audience__in=[row.pk for row in rows.values()])
    for kind in sorted(set(asked_before.values_list("kind", flat=True))):
        _refuse_forbidden(actor, kind, None)
    fresh, now = [], timezone.now()
    for code, (draft, _parts) in found.items():
        row = rows.get(code)
        if row is None:
            row = rows[code] = Audience(company_id=actor.company_id, code=code)
            fresh.append(row)
        row.name, row.purpose = checked_name(draft.name), draft.purpose
        row.active, row.changed_at = True, now
    known = [row for row in rows.values() if row not in fresh]
    Audience.objects.bulk_create(fresh)
    Audience.objects.bulk_update(known, ["name", "purpose", "active", "changed_at"])
    changed = _changed(known, asked_before, found)
    for row in changed:
        row.asked_at = now
    Audience.objects.bulk_update(changed, ["asked_at"])
    place_anew(actor, changed)
    if known:
        asked_before.all().delete()
    AudiencePart.objects.bulk_create(
        AudiencePart(audience=rows[code], kind=kind, value=value, left_out=left_out)
        for code, (_draft, parts) in found.items()
        for kind, value, left_out in parts
    )
    if len(rows) == 1:
        concerns(f"communication.audience/{next(iter(rows.values())).pk}")
    return list(found)


def _changed(
    known: Sequence[Audience],
    before: QuerySet[AudiencePart],
    found: Mapping[str, tuple[AudienceDraft, list[Part]]],
) -> list[Audience]:
    """Those that mean others than before; what was agreed to for them was agreed to for those."""
    asked: dict[int, set[Part]] = {row.pk: set() for row in known}
    for part in before:
        asked[part.audience_id].add((part.kind, part.value, part.left_out))
    return [row for row in known if asked[row.pk] != set(found[row.code][1])]


@action(permission=MANAGE_AUDIENCES, title=_("Set an audience"))
def set_audience(actor: Actor, /, *, audience: AudienceDraft) -> str:
    """Set one audience; gives its code."""
    return set_audiences(actor, audiences=[audience])[0]


@action(permission=MANAGE_AUDIENCES, title=_("Put audiences away"))
def put_away_audiences(actor: Actor, /, *, codes: Sequence[str]) -> None:
    """No longer offer these audiences; what they were used for stays. Raises UnknownAudience."""
    rows = scoped(actor, Audience).filter(code__in=set(codes))
    known = set(rows.values_list("code", flat=True))
    for place, code in enumerate(codes, 1):
        if code not in known:
            message = _("There is no audience “{code}”.").format(code=code[:40])
            raise UnknownAudience(message, field="codes", line=place)
    rows.update(active=False, changed_at=timezone.now())


def parts_of(actor: Actor, drafts: Sequence[PartDraft]) -> list[Part]:
    """What was said as kinds and values, checked: one statement for each kind that asks for a value.

    Raises InvalidInput, NotFound, NotAllowed, each with its line.
    """
    found: dict[tuple[str, str], Part] = {}
    lines: dict[str, list[tuple[int, str]]] = {}
    for line, draft in enumerate(drafts, 1):
        kind, _colon, value = (each.strip() for each in draft.who.partition(":"))
        if known_kind(kind) is None:
            unknown = _("There is no kind of audience “{name}”; choose one that is offered.")
            raise InvalidInput(unknown.format(name=kind[:60]), field="who", line=line)
        _refuse_forbidden(actor, kind, line)
        lines.setdefault(kind, []).append((line, value))
        if (kind, value) in found:
            raise InvalidInput(_("This is said twice."), field="who", line=line)
        found[kind, value] = kind, value, draft.left_out
    if len(found) > MOST_PARTS:
        most = _("An audience has at most {most} parts.").format(most=MOST_PARTS)
        raise InvalidInput(most, field="parts")
    if not any(not left_out for *_asked, left_out in found.values()):
        raise InvalidInput(_("Say who is in it."), field="parts")
    for kind, said in lines.items():
        refuse_unknown_values(
            actor.company_id, kind_named(kind), [value for _line, value in said], field="who",
            lines=[line for line, _value in said],
        )  # fmt: skip
    return list(found.values())


def _refuse_forbidden(actor: Actor, name: str, line: int | None) -> None:
    kind = known_kind(name)
    if kind is not None and not actor.may(kind.permission):
        refusal = _("Of “{kind}” you may not know who it is: it needs the permission {permission}.")
        said = refusal.format(kind=kind.title, permission=kind.permission)
        raise NotAllowed(said, field="who", line=line)
