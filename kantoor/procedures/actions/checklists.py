"""Going through a checklist: begin, tick, look anew, waive, close."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.colleagues import oneself
from kantoor.kernel.errors import InvalidInput, NotFound
from kantoor.kernel.expressions import Value
from kantoor.kernel.inboxes import NEVER
from kantoor.kernel.queries import scoped
from kantoor.procedures.actions.addresses import address_of, worker
from kantoor.procedures.actions.checklist_templates import faults_of
from kantoor.procedures.actions.people import user_key
from kantoor.procedures.department import HELP, TAKE_PART
from kantoor.procedures.engine.keeping import read, written
from kantoor.procedures.errors import (  # fmt: skip
    ChecklistFaulty,
    ChecklistOpen,
    NotOpen,
    NotYours,
    UnknownProcedure,
)
from kantoor.procedures.models import (
    Checklist,
    ChecklistItem,
    ChecklistRun,
    DutyTime,
    Observation,
    RunItem,
    RunListener,
)
from kantoor.procedures.models.checklists import HOLDS, OPEN, TICKED, WAIVED
from kantoor.procedures.models.duties import DONE
from kantoor.procedures.models.duties import OPEN as DUTY_OPEN
from kantoor.procedures.queries.checklists import last_seen, open_run, run_seen
from kantoor.procedures.queries.inboxes import inboxes_of
from kantoor.procedures.queries.instances import visible_instances
from kantoor.procedures.queries.observing import Observer
from kantoor.procedures.queries.requests import open_request

Json = Any
LOOK_EVERY = timedelta(hours=1)
LONGEST = 1_000


@action(permission=TAKE_PART, title=_("Begin a checklist"))
def start_checklist(
    actor: Actor, /, *, checklist: str, values: Mapping[str, Json] = {}, request: int | None = None,
    instance: int | None = None, role: str = "", team: str = "", person: str = "",
) -> int:  # fmt: skip
    """Go through a checklist, for oneself or who is named; gives the number of the run.

    `values` are what its template asks to be told. It may belong to a request or a procedure
    under way. Raises NotFound, InvalidInput, ChecklistFaulty, UnknownProcedure.
    """
    oneself(actor)
    kept = scoped(actor, Checklist).filter(code=checklist, retired_at=None).first()
    if kept is None:
        message = _("There is no checklist “{code}”.").format(code=checklist[:40])
        raise NotFound(message, field="checklist")
    assert actor.user_id is not None
    whose = user_key(actor.user_id)
    if role or team or person:
        whose = address_of(actor, role=role, team=team, person=person)
    about = _about(actor, request, instance)
    return begin_run(actor, kept, values, about=about, whose=whose).pk


def begin_run(
    actor: Actor, kept: Checklist, values: Mapping[str, Json], *, about: str, whose: str,
    due: datetime = NEVER,
) -> ChecklistRun:  # fmt: skip
    """Begin a run within an action, and look at once at what is observed."""
    known = _told(kept, values)
    items = list(ChecklistItem.objects.filter(checklist=kept).order_by("place"))
    if faults := faults_of(actor, kept, items):
        raise ChecklistFaulty(faults[0], field="checklist")
    now = timezone.now()
    words = ", ".join(str(value) for value in known.values() if value)
    run = ChecklistRun(
        company_id=actor.company_id, checklist=kept, about=about, title=words[:200],
        known=written(known), whose=whose, started_by_id=actor.user_id, started_at=now, due_at=due,
        look_at=now + LOOK_EVERY if any(each.query for each in items) else None,
    )  # fmt: skip
    run.save()
    made = RunItem.objects.bulk_create(
        RunItem(
            run=run, place=each.place, title=each.title, title_nl=each.title_nl, query=each.query,
            given=each.given, holds=each.holds, listens=each.listens,
        )
        for each in items
    )  # fmt: skip
    events = sorted({event for each in items for event in each.listens.split()})
    RunListener.objects.bulk_create(
        RunListener(company_id=actor.company_id, run=run, event=event) for event in events
    )
    _look(actor, [run], made)
    concerns(f"procedures.checklist_run/{run.pk}")
    return run


def _told(kept: Checklist, values: Mapping[str, Json]) -> dict[str, Value]:
    names = kept.inputs.split()
    for name in values:
        if name not in names:
            message = _("“{name}” is not asked here.").format(name=str(name)[:60])
            raise InvalidInput(message, field=str(name)[:60])
    for name in names:
        if not str(values.get(name) or "").strip():
            raise InvalidInput(_("Say what “{name}” is.").format(name=name), field=name)
    return {name: str(values[name]).strip()[:200] for name in names}


def _about(actor: Actor, request: int | None, instance: int | None) -> str:
    if request is not None:
        return f"procedures.asked_request/{open_request(actor, request).pk}"
    if instance is None:
        return ""
    found = visible_instances(actor).filter(number=instance).first()
    if found is None:
        raise UnknownProcedure(_("There is no such procedure under way."), field="instance")
    return f"procedures.instance/{found.pk}"


# --- going through it


@action(permission=TAKE_PART, title=_("Tick an item"))
def tick_item(actor: Actor, /, *, run: int, item: int, note: str) -> None:
    """Say that an item is done, with what was seen. What the system observes nobody ticks.

    `item` is its place. Raises UnknownProcedure, NotOpen, NotYours, InvalidInput.
    """
    kept, found = _item(actor, run, item)
    _refuse_others(actor, kept)
    if found.query:
        raise NotYours(_("The system observes this: it can't be ticked by hand."), field="item")
    if found.state == WAIVED:
        raise NotOpen(_("This was waived."), field="item")
    if not note.strip():
        raise InvalidInput(_("Say what you saw or did."), field="note")
    _set(actor, found, TICKED, note)


@action(permission=TAKE_PART, title=_("Take a tick away"))
def untick_item(actor: Actor, /, *, run: int, item: int) -> None:
    """Open an item again that was ticked by mistake."""
    kept, found = _item(actor, run, item)
    _refuse_others(actor, kept)
    if found.state != TICKED:
        raise NotOpen(_("This is not ticked."), field="item")
    _set(actor, found, OPEN, "")


@action(permission=HELP, title=_("Waive an item"))
def waive_item(actor: Actor, /, *, run: int, item: int, why: str) -> None:
    """Let a checklist close without an item, with the reason; never by who goes through it.

    Raises UnknownProcedure, NotOpen, NotYours, InvalidInput.
    """
    kept, found = _item(actor, run, item)
    if not why.strip():
        raise InvalidInput(_("Say why it is waived."), field="why")
    if actor.user_id in _runners(kept):
        message = _("You go through this checklist yourself: someone else has to waive it.")
        raise NotYours(message, field="item")
    oneself(actor)
    _set(actor, found, WAIVED, why)


@action(permission=TAKE_PART, title=_("Take a checklist"))
def take_checklist(actor: Actor, /, *, run: int) -> None:
    """Take a checklist that was given to one's role or team."""
    kept = open_run(actor, run)
    _refuse_others(actor, kept)
    kept.whose = user_key(oneself(actor).pk)
    kept.save()
    concerns(f"procedures.checklist_run/{kept.pk}")


@action(permission=TAKE_PART, title=_("Hand a checklist on"))
def hand_checklist_on(actor: Actor, /, *, run: int, user: str) -> None:
    """Hand a checklist to a colleague. Raises NotFound, NotYours."""
    kept = open_run(actor, run)
    if not actor.may(HELP):
        _refuse_others(actor, kept)
    kept.whose = user_key(worker(actor, user))
    kept.save()
    concerns(f"procedures.checklist_run/{kept.pk}")


@action(permission=TAKE_PART, title=_("Close a checklist"))
def close_checklist(actor: Actor, /, *, run: int) -> None:
    """Close a checklist when everything is ticked, holds or was waived; what is observed is looked
    at once more. Who waived something of it does not close it.

    Raises UnknownProcedure, NotOpen, NotYours, ChecklistOpen with what is left.
    """
    kept = open_run(actor, run)
    _refuse_others(actor, kept)
    items = list(RunItem.objects.select_for_update().filter(run=kept).order_by("place"))
    if any(each.state == WAIVED and each.user_id == actor.user_id for each in items):
        message = _("You waived an item of this: someone else has to close it.")
        raise NotYours(message, field="run")
    _look(actor, [kept], items)
    if left := [str(each.place) for each in items if each.state == OPEN]:
        open_still = _("These items are still open: {items}.").format(items=", ".join(left[:20]))
        raise ChecklistOpen(open_still, field="run")
    kept.is_open, kept.look_at = False, None
    kept.closed_at, kept.closed_by_id = timezone.now(), oneself(actor).pk
    kept.save()
    RunListener.objects.filter(run=kept).delete()
    for time in DutyTime.objects.select_for_update().filter(run=kept, state=DUTY_OPEN):
        time.state, time.is_open = DONE, False
        time.ended_at, time.ended_by_id = kept.closed_at, actor.user_id
        time.save()
    concerns(f"procedures.checklist_run/{kept.pk}")


# --- observing


@action(permission=TAKE_PART, title=_("Look at a checklist anew"))
def look_at_checklist(actor: Actor, /, *, run: int) -> None:
    """Look anew at what is observed of a checklist that one may see. Raises UnknownProcedure."""
    kept = run_seen(actor, run)
    if kept.is_open:
        look_at_runs(actor, [kept.pk])


@action(permission=HELP, title=_("Look at checklists"), hidden=True)
def look_at_checklists(actor: Actor, /, *, runs: Sequence[int]) -> int:
    """Look anew at what is observed of several; gives how many still were open."""
    return look_at_runs(actor, runs)


def look_at_runs(actor: Actor, keys: Iterable[int]) -> int:
    """Look anew at open runs of the company within an action."""
    locked = scoped(actor, ChecklistRun).select_for_update()
    runs = list(locked.filter(pk__in=list(keys), is_open=True).order_by("pk"))
    items = RunItem.objects.filter(run__in=runs).order_by("run_id", "place")
    _look(actor, runs, list(items))
    now = timezone.now()
    again = [each for each in runs if each.look_at is not None]
    for each in again:
        each.look_at = now + LOOK_EVERY
    ChecklistRun.objects.bulk_update(again, ["look_at"])
    return len(runs)


def _look(actor: Actor, runs: Sequence[ChecklistRun], items: Sequence[RunItem]) -> None:
    """Ask what each observed item asks; keep what is something else than before."""
    observed = [each for each in items if each.query and each.state != WAIVED]
    if not observed:
        return
    observer, now = Observer(actor), timezone.now()
    known = {run.pk: read(run.known) for run in runs}
    before = last_seen(observed)
    moved, fresh = [], []
    for item in observed:
        seen = observer.see(item, known[item.run_id])
        state = HOLDS if seen.held else OPEN
        if item.state != state:
            item.state, item.at = state, now
            moved.append(item)
        if before.get(item.pk) != seen:
            fresh.append(
                Observation(item=item, at=now, held=seen.held, result=seen.result, why=seen.why)
            )
    RunItem.objects.bulk_update(moved, ["state", "at"])
    Observation.objects.bulk_create(fresh)
    for run in {each.item.run_id for each in fresh}:
        concerns(f"procedures.checklist_run/{run}")


# --- who


def _item(actor: Actor, run: int, place: int) -> tuple[ChecklistRun, RunItem]:
    kept = open_run(actor, run)
    found = RunItem.objects.filter(run=kept, place=place).first()
    if found is None:
        message = _("There is no item {number} in this checklist.").format(number=place)
        raise NotFound(message, field="item")
    return kept, found


def _refuse_others(actor: Actor, run: ChecklistRun) -> None:
    if run.whose not in inboxes_of(actor).keys:
        raise NotYours(_("Somebody else goes through this checklist."), field="run")


def _runners(run: ChecklistRun) -> set[int | None]:
    """Who goes through a run: who began or has it, and who ticked of it."""
    ticked = RunItem.objects.filter(run=run, state=TICKED).values_list("user_id", flat=True)
    kind, _slash, key = run.whose.partition("/")
    return {run.started_by_id, *([int(key)] if kind == "user" else []), *ticked}


def _set(actor: Actor, item: RunItem, state: str, note: str) -> None:
    if len(note) > LONGEST:
        message = _("At most {most} characters.").format(most=LONGEST)
        raise InvalidInput(message, field="note")
    item.state, item.note, item.at = state, note.strip(), timezone.now()
    item.user_id = oneself(actor).pk if state != OPEN else None
    item.save()
    concerns(f"procedures.checklist_run/{item.run_id}")
