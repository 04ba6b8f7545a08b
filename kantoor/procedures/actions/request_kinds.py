"""What departments offer each other: what is asked, who does it, and within which time."""

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import get_args

import msgspec
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput, NotFound
from kantoor.kernel.queries import scoped
from kantoor.procedures.actions.addresses import address_of
from kantoor.procedures.actions.starting import published
from kantoor.procedures.department import MANAGE
from kantoor.procedures.diagrams.elements import Clock, FieldKind, FormField
from kantoor.procedures.errors import UnknownProcedure
from kantoor.procedures.models import RequestKind

MOST_FIELDS = 30
LONGEST_TIME = timedelta(days=3650)


class AskedField(msgspec.Struct, frozen=True, kw_only=True):
    """Something that is asked; `choices` are written `a=Label|b=Label`, or just `a|b`."""

    name: str
    label: str
    label_nl: str = ""
    kind: FieldKind = "text"
    required: bool = False
    choices: str = ""


class KindDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of request as it is to be. Who does it is a role or a team; with a `procedure` that
    is started instead. `days` and `hours` are the agreed time, both 0 where none is agreed.
    `approver` is the role that has to agree first."""

    code: str
    name: str
    name_nl: str = ""
    text: str = ""
    text_nl: str = ""
    role: str = ""
    team: str = ""
    days: int = 0
    hours: int = 0
    clock: Clock = "working"
    approver: str = ""
    procedure: str = ""


@action(permission=MANAGE, title=_("Offer a kind of request"))
def keep_request_kind(actor: Actor, /, *, draft: KindDraft, fields: Sequence[AskedField] = ()) -> str:  # fmt: skip
    """Offer something that others may ask of a department, or change what is offered by its code.

    Requests that were asked already keep their agreed time. Gives the code. Raises InvalidInput,
    NotFound, UnknownProcedure, NotRunnable.
    """
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,39}", draft.code):
        message = _("Use lower-case letters, digits and hyphens, such as new-chair.")
        raise InvalidInput(message, field="draft.code")
    if not draft.name.strip():
        raise InvalidInput(_("Say what one asks."), field="draft.name")
    kind = scoped(actor, RequestKind).filter(code=draft.code).first()
    kind = kind or RequestKind(company_id=actor.company_id, code=draft.code)
    kind.name, kind.name_nl = draft.name.strip()[:200], draft.name_nl.strip()[:200]
    kind.text, kind.text_nl = draft.text.strip()[:5_000], draft.text_nl.strip()[:5_000]
    kind.within, kind.clock = _within(draft), draft.clock
    kind.procedure = ""
    kind.approver = address_of(actor, role=draft.approver) if draft.approver else ""
    kind.retired_at = None
    if draft.procedure:
        kind.procedure = _procedure(actor, draft, fields)
        kind.whose = ""
    else:
        kind.whose = address_of(actor, role=draft.role, team=draft.team)
    kind.fields = msgspec.json.encode(_fields(fields)).decode()
    kind.save()
    concerns(f"procedures.request_kind/{kind.pk}")
    return kind.code


@action(permission=MANAGE, title=_("Offer kinds of request no more"))
def retire_request_kinds(actor: Actor, /, *, kinds: Sequence[str]) -> None:
    """Stop offering kinds of request, by their codes; what was asked stays. Raises NotFound."""
    found = list(scoped(actor, RequestKind).select_for_update().filter(code__in=kinds))
    if missing := sorted(set(kinds) - {each.code for each in found}):
        message = _("There is no kind of request “{code}”.").format(code=missing[0][:40])
        raise NotFound(message, field="kinds")
    for each in found:
        each.retired_at = each.retired_at or timezone.now()
        concerns(f"procedures.request_kind/{each.pk}")
    RequestKind.objects.bulk_update(found, ["retired_at"])


def _within(draft: KindDraft) -> str:
    """The agreed time as an ISO 8601 duration."""
    if draft.days < 0:
        raise InvalidInput(_("Give whole days, 0 or more."), field="draft.days")
    if draft.hours < 0:
        raise InvalidInput(_("Give whole hours, 0 or more."), field="draft.hours")
    if draft.days * 24 + draft.hours > LONGEST_TIME // timedelta(hours=1):
        raise InvalidInput(_("That is longer than ten years."), field="draft.days")
    days = f"{draft.days}D" if draft.days else ""
    hours = f"T{draft.hours}H" if draft.hours else ""
    return f"P{days}{hours}" if days or hours else ""


def _procedure(actor: Actor, draft: KindDraft, fields: Sequence[AskedField]) -> str:
    """The key of the procedure that is started; what it asks stands in its diagram alone."""
    if draft.role or draft.team or draft.approver or draft.days or draft.hours or fields:
        message = _("A procedure says itself what it asks, who does what, and within which time.")
        raise InvalidInput(message, field="draft.procedure")
    try:
        return published(actor, draft.procedure).key
    except UnknownProcedure as unknown:
        raise UnknownProcedure(unknown.message, field="draft.procedure") from None


def _fields(asked: Sequence[AskedField]) -> list[FormField]:
    if len(asked) > MOST_FIELDS:
        message = _("Ask at most {most} things.").format(most=MOST_FIELDS)
        raise InvalidInput(message, field="fields")
    names: set[str] = set()
    found = []
    for line, each in enumerate(asked, 1):
        if not re.fullmatch(r"[a-z][a-z0-9_]{0,39}", each.name) or each.name in names:
            wrong = _("Give each a name of its own of lower-case letters, such as reason.")
            raise InvalidInput(wrong, field="name", line=line)
        names.add(each.name)
        choices = _choices(each.choices)
        if (each.kind == "choice") != bool(choices):
            unlike = _("A choice has answers, written a=First|b=Second; nothing else has them.")
            raise InvalidInput(unlike, field="choices", line=line)
        assert each.kind in get_args(FieldKind)
        found.append(
            FormField(
                name=each.name, kind=each.kind, label=each.label.strip()[:200] or each.name,
                label_nl=each.label_nl.strip()[:200], required=each.required, choices=choices,
            )
        )  # fmt: skip
    return found


def _choices(text: str) -> tuple[tuple[str, str], ...]:
    pairs = [pair.partition("=") for pair in text.split("|") if pair.strip()]
    return tuple((value.strip(), label.strip() or value.strip()) for value, _equals, label in pairs)
