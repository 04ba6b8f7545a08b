"""Procedures that begin by an event; those that could not wait in a list until a person decides."""

from collections.abc import Mapping, Sequence

import msgspec
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actions.attempt import attempt
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import User
from kantoor.kernel.errors import DomainError
from kantoor.kernel.expressions import TODAY, Value, read_expression, unmarked
from kantoor.kernel.queries import scoped
from kantoor.procedures.actions.advancing import Moving
from kantoor.procedures.actions.starting import Beginning, begin
from kantoor.procedures.department import HELP
from kantoor.procedures.diagrams.elements import Element
from kantoor.procedures.errors import NotOpen, UnknownProcedure
from kantoor.procedures.models import HeardEvent, NotBegun, StartTrigger
from kantoor.procedures.queries.drawings import diagrams_of

LONGEST_WHY = 500


def begin_by(
    actor: Actor, event: HeardEvent, body: Mapping[str, Value], trigger: StartTrigger
) -> bool:
    """Begin a procedure by an event, as a whole or not at all; raises what refuses it.

    False where its start does not want the event, or where it is not published.
    """
    procedure = trigger.procedure
    if procedure.published_id is None:
        return False
    element = diagrams_of([procedure.published_id])[procedure.published_id].elements[trigger.start]
    today = Moving(actor).today
    if not wanted(body, element, {TODAY: today}):
        return False
    values = {
        each.name: read_expression(each.value).value({TODAY: today, "event": dict(body)})
        for each in element.outputs
    }
    beginning = Beginning(
        procedure=procedure,
        start=trigger.start,
        values=values,
        requester=_requester(event),
        depth=event.depth + 1,
        cause=f"procedures.heard_event/{event.pk}",
    )
    with attempt():
        moving = Moving(actor)
        begin(moving, [beginning])
        moving.finish()
    return True


def wanted(body: Mapping[str, Value], element: Element, values: dict[str, Value]) -> bool:
    """Whether an element takes an event: by its `when`, which is true where it has none."""
    if not element.when:
        return True
    try:
        return bool(read_expression(element.when).value({**values, "event": dict(body)}))
    except DomainError:
        return False


def not_begun(event: HeardEvent, trigger: StartTrigger, why: str) -> NotBegun:
    """The row of a procedure that could not begin, to be written."""
    return NotBegun(
        company_id=event.company_id,
        event=event,
        procedure=trigger.procedure,
        start=trigger.start,
        why=why[:LONGEST_WHY],
        at=timezone.now(),
    )


@action(permission=HELP, title=_("Begin after all"))
def begin_after_all(actor: Actor, /, *, missed: Sequence[int]) -> None:
    """Begin procedures that could not begin by their event, all or none, as they stand now.

    Raises UnknownProcedure, NotOpen, and what refuses one of them.
    """
    rows = _waiting(actor, missed)
    found = StartTrigger.objects.filter(
        procedure__in={row.procedure_id for row in rows}, procedure__retired_at=None
    ).select_related("procedure__account")
    triggers = {(each.procedure_id, each.start, each.event): each for each in found}
    for row in rows:
        trigger = triggers.get((row.procedure_id, row.start, row.event.name))
        body = unmarked(msgspec.json.decode(row.event.body))
        if trigger is None or not begin_by(actor, row.event, body, trigger):
            message = _("“{name}” no longer begins by this event; let it be.")
            raise NotOpen(message.format(name=row.procedure.name), field="missed")
    _settle(rows)


@action(permission=HELP, title=_("Let be what could not begin"))
def leave_unbegun(actor: Actor, /, *, missed: Sequence[int]) -> None:
    """Say that procedures that could not begin need not; raises UnknownProcedure, NotOpen."""
    _settle(_waiting(actor, missed))


def _waiting(actor: Actor, missed: Sequence[int]) -> list[NotBegun]:
    rows = list(
        scoped(actor, NotBegun)
        .select_for_update(of=("self",))
        .select_related("event", "procedure")
        .filter(pk__in=missed)
        .order_by("pk")
    )
    if len(rows) < len(set(missed)):
        raise UnknownProcedure(_("It does not exist, or not in this company."), field="missed")
    if any(row.settled_at is not None for row in rows):
        raise NotOpen(_("Somebody dealt with this already."), field="missed")
    return rows


def _settle(rows: Sequence[NotBegun]) -> None:
    now = timezone.now()
    for row in rows:
        row.settled_at = now
    NotBegun.objects.bulk_update(rows, ["settled_at"])
    if len(rows) == 1:
        concerns(f"procedures.procedure/{rows[0].procedure_id}")


def _requester(event: HeardEvent) -> int | None:
    """Who told the event asked for what it sets going, where that is a person."""
    people = User.objects.filter(pk=event.told_by or 0, kind="person")
    return people.values_list("pk", flat=True).first()
