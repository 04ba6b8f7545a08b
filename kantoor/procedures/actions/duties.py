"""Duties as they come: each time made once, done with evidence or skipped with a reason, passed on late."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actions.attempt import attempt
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.colleagues import oneself
from kantoor.kernel.actors.days import today_of
from kantoor.kernel.errors import DomainError, InvalidInput
from kantoor.kernel.queries import scoped
from kantoor.procedures.actions.addresses import worker
from kantoor.procedures.actions.advancing import Moving
from kantoor.procedures.actions.checklists import begin_run
from kantoor.procedures.actions.duty_drafts import set_next
from kantoor.procedures.actions.people import user_key
from kantoor.procedures.actions.starting import Beginning, begin, diagram_of, published
from kantoor.procedures.department import HELP, TAKE_PART
from kantoor.procedures.engine.plain_xml import by_hand
from kantoor.procedures.engine.rhythms import Moment
from kantoor.procedures.errors import ChecklistOpen, NotOpen, NotYours
from kantoor.procedures.models import ChecklistRun, Duty, DutyTime
from kantoor.procedures.models.duties import CHECKLIST, DONE, PROCEDURE, SKIPPED
from kantoor.procedures.models.instances import ENDED
from kantoor.procedures.queries.duties import duty_time_open, next_moment
from kantoor.procedures.queries.inboxes import inboxes_of

LOT = 50
LONGEST = 5_000


@action(permission=HELP, title=_("Let duties come"), hidden=True)
def let_duties_come(actor: Actor, /) -> int:
    """Make the times of duties whose day to appear it is, each once; gives how many.

    A duty's time and that it was made stand in one transaction: what is broken off begins anew.
    """
    today = today_of(actor)
    locked = scoped(actor, Duty).select_for_update(of=("self",)).filter(
        appears_on__isnull=False, appears_on__lte=today
    )  # fmt: skip
    made = 0
    for duty in locked.order_by("appears_on", "pk")[:LOT]:
        moment = next_moment(actor, duty)
        if moment is not None:
            _come(actor, duty, moment)
            made += 1
        set_next(actor, duty)
        duty.save()
        concerns(f"procedures.duty/{duty.pk}")
    return made


def _come(actor: Actor, duty: Duty, moment: Moment) -> None:
    """Make the one time of a duty that is due now, with its checklist or procedure."""
    zone = ZoneInfo(actor.zone)
    end = datetime.combine(moment.due + timedelta(days=1), time.min, zone)
    row = DutyTime(
        company_id=actor.company_id, duty=duty, on=moment.on, due_on=moment.due, due_at=end,
        whose=duty.whose, made_at=timezone.now(),
    )  # fmt: skip
    row.save()
    duty.last_on = moment.on
    try:
        with attempt():
            _begin(actor, duty, row)
    except DomainError as refusal:
        # What can't begin comes as a task that says why, so that somebody sees to it.
        row.run = row.instance = None
        row.whose, row.evidence = duty.whose, str(refusal.message)[:LONGEST]
    row.save()


def _begin(actor: Actor, duty: Duty, row: DutyTime) -> None:
    about = f"procedures.duty_time/{row.pk}"
    if duty.what == CHECKLIST and duty.checklist is not None:
        told = {"on": row.on.isoformat()} if "on" in duty.checklist.inputs.split() else {}
        row.run = begin_run(
            actor, duty.checklist, told, about=about, whose=duty.whose, due=row.due_at
        )
        row.whose = ""
    if duty.what == PROCEDURE:
        found = published(actor, duty.procedure)
        moving = Moving(actor)
        beginning = Beginning(
            procedure=found, start=by_hand(diagram_of(found)), values={"on": row.on},
            requester=None, cause=about,
        )  # fmt: skip
        row.instance = begin(moving, [beginning])[0]
        moving.finish()
        row.whose = ""


@action(permission=HELP, title=_("Pass late duties on"), hidden=True)
def pass_late_duties_on(actor: Actor, /) -> int:
    """Let late times of duties go to who is to see to them; gives how many."""
    now = timezone.now()
    late = scoped(actor, DutyTime).select_for_update(of=("self",)).filter(
        is_open=True, due_at__lt=now, escalated_at=None
    )  # fmt: skip
    found = list(late.exclude(duty__escalate="").select_related("duty").order_by("due_at")[:LOT])
    for each in found:
        each.escalated_at = now
        if each.whose:
            each.whose = each.duty.escalate
        concerns(f"procedures.duty_time/{each.pk}")
    DutyTime.objects.bulk_update(found, ["escalated_at", "whose"])
    whose = {each.run_id: each.duty.escalate for each in found if each.run_id is not None}
    runs = list(ChecklistRun.objects.filter(pk__in=whose, is_open=True))
    for run in runs:
        run.whose = whose[run.pk]
    ChecklistRun.objects.bulk_update(runs, ["whose"])
    return len(found)


@action(permission=HELP, title=_("End duties whose procedure has ended"), hidden=True)
def end_duties_by_procedure(actor: Actor, /) -> int:
    """End the times of duties whose procedure has ended: done, or skipped if it was called off."""
    ended = scoped(actor, DutyTime).select_for_update(of=("self",)).filter(
        is_open=True, instance__ended_at__isnull=False
    )  # fmt: skip
    found = list(ended.select_related("instance").order_by("pk")[:LOT])
    for each in found:
        assert each.instance is not None
        each.state = DONE if each.instance.state == ENDED else SKIPPED
        each.is_open, each.ended_at = False, each.instance.ended_at
        concerns(f"procedures.duty_time/{each.pk}")
    DutyTime.objects.bulk_update(found, ["state", "is_open", "ended_at"])
    return len(found)


# --- by people


@action(permission=TAKE_PART, title=_("A duty is done"))
def do_duty(actor: Actor, /, *, time: int, evidence: str) -> None:
    """Say that a duty is done this time, with what shows it.

    That of a checklist is done when the checklist is closed, of a procedure when that has ended.
    Raises UnknownProcedure, NotOpen, NotYours, ChecklistOpen, InvalidInput.
    """
    row = duty_time_open(actor, time)
    if row.run_id is not None:
        raise ChecklistOpen(_("Close its checklist: then it is done."), field="time")
    if row.instance_id is not None:
        raise NotOpen(_("It is done when its procedure has ended."), field="time")
    _refuse_others(actor, row)
    if not evidence.strip():
        raise InvalidInput(_("Say what shows that it is done."), field="evidence")
    _end(actor, row, DONE, evidence)


@action(permission=TAKE_PART, title=_("Skip a duty this time"))
def skip_duty(actor: Actor, /, *, time: int, why: str) -> None:
    """Leave a duty out this time, with the reason; its checklist ends with it.

    Raises UnknownProcedure, NotOpen, NotYours, InvalidInput.
    """
    row = duty_time_open(actor, time)
    _refuse_others(actor, row)
    if not why.strip():
        raise InvalidInput(_("Say why it is skipped."), field="why")
    run = row.run
    if run is not None and run.is_open:
        run.is_open, run.look_at = False, None
        run.closed_at, run.closed_by_id = timezone.now(), actor.user_id
        run.save()
        run.listeners.all().delete()
    _end(actor, row, SKIPPED, why)


@action(permission=TAKE_PART, title=_("Hand a duty on"))
def hand_duty_on(actor: Actor, /, *, time: int, user: str) -> None:
    """Hand a duty to a colleague for this time. Raises UnknownProcedure, NotYours, NotFound."""
    row = duty_time_open(actor, time)
    if not row.whose:
        raise NotOpen(_("Hand on its checklist, or the tasks of its procedure."), field="time")
    _refuse_others(actor, row)
    row.whose = user_key(worker(actor, user))
    row.save()
    concerns(f"procedures.duty_time/{row.pk}")


def _refuse_others(actor: Actor, row: DutyTime) -> None:
    whose = row.run.whose if row.run is not None else row.whose
    if not actor.may(HELP) and whose not in inboxes_of(actor).keys:
        raise NotYours(_("Somebody else does this."), field="time")


def _end(actor: Actor, row: DutyTime, state: str, evidence: str) -> None:
    row.state, row.is_open = state, False
    row.evidence = evidence.strip()[:LONGEST]
    row.ended_at, row.ended_by_id = timezone.now(), oneself(actor).pk
    row.save()
    concerns(f"procedures.duty_time/{row.pk}")
