"""Beginning procedures: by hand, or because of an event."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import Grant, User
from kantoor.kernel.errors import DomainError, InvalidInput, NotAllowed
from kantoor.kernel.expressions import TODAY, Value, read_expression
from kantoor.kernel.numbering.numbers import take_numbers
from kantoor.kernel.queries import scoped
from kantoor.procedures.actions.advancing import Moving
from kantoor.procedures.department import MANAGE, START
from kantoor.procedures.diagrams.elements import Diagram
from kantoor.procedures.engine.keeping import written
from kantoor.procedures.engine.plain_xml import by_hand, starts_of
from kantoor.procedures.errors import NotRunnable, UnknownProcedure
from kantoor.procedures.forms import asked_of
from kantoor.procedures.models import Instance, Procedure
from kantoor.procedures.queries.drawings import called_by, diagrams_of
from kantoor.procedures.queries.numbers import SERIES

Json = Any
"""A value as JSON has it; the field says what it is read as."""


class Beginning(msgspec.Struct, frozen=True, kw_only=True):
    """An instance to begin: at which element, with which values, and what made it begin."""

    procedure: Procedure
    start: str
    values: dict[str, Value]
    requester: int | None
    cause: str = ""
    depth: int = 0


@action(permission=START, title=_("Start a procedure"))
def start_procedure(actor: Actor, /, *, procedure: str, values: Mapping[str, Json] = {}) -> int:
    """Start a procedure by its key, with what its start asks for; gives the instance's number.

    Raises UnknownProcedure, NotAllowed where the procedure names a role one does not have,
    InvalidInput with the field.
    """
    return start_procedures(actor, procedure=procedure, several=[values])[0]


@action(permission=START, title=_("Start a procedure several times"), bulk_of="procedures.start_procedure")  # fmt: skip
def start_procedures(
    actor: Actor, /, *, procedure: str, several: Sequence[Mapping[str, Json]]
) -> list[int]:
    """Start a procedure once for each set of values; all or none. Gives the numbers."""
    found = published(actor, procedure)
    diagram = diagram_of(found)
    refuse_others(actor, diagram)
    start = by_hand(diagram)
    fields = diagram.elements[start].fields
    beginnings = []
    for line, given in enumerate(several, 1):
        try:
            values = asked_of(fields, given)
        except DomainError as refusal:
            place = refusal.place.field
            raise InvalidInput(
                refusal.message, field=place, line=line if len(several) > 1 else None
            ) from None
        beginnings.append(
            Beginning(procedure=found, start=start, values=values, requester=actor.user_id)
        )
    moving = Moving(actor)
    made = begin(moving, beginnings)
    moving.finish()
    concerns(f"procedures.procedure/{found.pk}")
    return [each.number for each in made]


def published(actor: Actor, key: str) -> Procedure:
    """The procedure of that key, provided that it can begin; raises UnknownProcedure."""
    known = scoped(actor, Procedure).select_related("account").filter(key=key).first()
    if known is None:
        message = _("There is no procedure “{key}”.").format(key=key[:60])
        raise UnknownProcedure(message, field="procedure")
    if known.published_id is None or known.retired_at is not None:
        unpublished = _("“{name}” is not published; publish a version of it first.")
        raise NotRunnable(unpublished.format(name=known.name), field="procedure")
    return known


def diagram_of(procedure: Procedure) -> Diagram:
    """The diagram by which a procedure begins."""
    assert procedure.published_id is not None
    return diagrams_of([procedure.published_id])[procedure.published_id]


def refuse_others(actor: Actor, diagram: Diagram) -> None:
    """Only people with the role that the process names, and who manage procedures, start it."""
    starts = starts_of(diagram)
    if not starts or all(each.trigger for each in starts):
        raise NotAllowed(_("This procedure begins by an event, not by hand."))
    if not diagram.start_role or actor.may(MANAGE):
        return
    mine = Grant.objects.filter(
        user=actor.user_id, company=actor.company_id, ended_at=None, role__code=diagram.start_role
    )
    if not mine.exists():
        message = _("This procedure is started by people with the role “{role}”.")
        raise NotAllowed(message.format(role=diagram.start_role))


def begin(moving: Moving, beginnings: Sequence[Beginning]) -> list[Instance]:
    """Make instances and run each to where it first waits; the caller finishes the moving."""
    if not beginnings:
        return []
    actor = moving.actor
    first = take_numbers(f"{SERIES}/{actor.company_id}", len(beginnings))
    names = _sign_ins({each.requester for each in beginnings if each.requester is not None})
    versions = {each.procedure.published_id for each in beginnings}
    diagrams = diagrams_of([pk for pk in versions if pk is not None])
    calls = called_by(actor, diagrams.values())
    made = []
    for number, each in enumerate(beginnings, first):
        assert each.procedure.published_id is not None
        diagram = diagrams[each.procedure.published_id]
        values = {
            **each.values,
            "instance": number,
            "requester": names.get(each.requester or 0, ""),
        }
        made.append(
            Instance(
                company_id=actor.company_id,
                number=number,
                procedure=each.procedure,
                version_id=each.procedure.published_id,
                start=each.start,
                title=_titled(diagram, {**values, TODAY: moving.today}),
                requester_id=each.requester,
                cause=each.cause,
                depth=each.depth,
                tokens=b"",
                known=written(values),
                calls=msgspec.json.encode(calls).decode(),
                started_at=timezone.now(),
                changed_at=timezone.now(),
            )
        )
    Instance.objects.bulk_create(made)
    moving.hold(made)
    for instance in made:
        moving.begin(instance)
    return made


def _sign_ins(users: set[int]) -> dict[int, str]:
    found = User.objects.filter(pk__in=users, kind="person")
    return dict(found.values_list("pk", "sign_in"))


def _titled(diagram: Diagram, values: Mapping[str, Value]) -> str:
    """What an instance is called; the procedure's name where its title can't be reckoned."""
    if diagram.title:
        try:
            title = str(read_expression(diagram.title).value(values)).strip()
            if title:
                return title[:200]
        except DomainError:
            pass
    return (diagram.name or diagram.key)[:200]
