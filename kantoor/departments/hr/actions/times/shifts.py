"""Set shifts and overtime, and plan who works which shift in a week."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from zoneinfo import available_timezones

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.actions.payroll.findings import employees_by_code
from kantoor.departments.hr.actions.people.findings import Findings
from kantoor.departments.hr.actions.times.checking import FIRST, LAST
from kantoor.departments.hr.actions.times.deciding import MANAGE
from kantoor.departments.hr.drafts_times import OvertimeRuleDraft, ShiftDraft, ShiftPlan
from kantoor.departments.hr.errors_times import NotEmployedThen, UnknownClock
from kantoor.departments.hr.models import OvertimeRule, PlannedShift, Shift
from kantoor.departments.hr.models.people.employment import WEEKDAYS
from kantoor.departments.hr.queries.people.terms import terms_between
from kantoor.departments.hr.queries.times.numbers import monday_of
from kantoor.departments.hr.queries.times.rota import latest_shifts
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import Company
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.parties.models import Party
from kantoor.kernel.queries import scoped

MOST_RULES, MOST_PLANS = 100, 20_000
CODE = re.compile(r"[A-Za-z0-9_-]{1,20}")
WALL = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)", re.ASCII)


@action(permission=MANAGE, title=_("Set a shift"))
def set_shift(actor: Actor, /, *, shift: ShiftDraft) -> None:
    """Set a shift, or another version of it for what is planned from now on.

    Raises InvalidInput.
    """
    if not CODE.fullmatch(shift.code.strip()):
        message = _("A code is at most 20 letters, digits, - and _.")
        raise InvalidInput(message, field="code")
    if not 0 < len(shift.name.strip()) <= 100:
        raise InvalidInput(_("Name it in at most 100 characters."), field="name")
    if shift.zone and shift.zone not in available_timezones():
        raise InvalidInput(_("Give a time zone such as Europe/Amsterdam."), field="zone")
    starts, ends = _minute(shift.starts, "starts"), _minute(shift.ends, "ends")
    row = Shift(
        company_id=actor.company_id, code=shift.code.strip(), name=shift.name.strip(),
        starts=starts % 1440, ends=ends, pause=shift.pause, ended=shift.ended,
        zone=shift.zone or Company.objects.get(pk=actor.company_id).zone,
    )  # fmt: skip
    if row.pause >= row.minutes:
        raise InvalidInput(_("The break is longer than the shift."), field="pause")
    held = latest_shifts(actor).get(row.code)
    if held is None or _facts(held) != _facts(row):
        row.save()


def _facts(row: Shift) -> tuple[object, ...]:
    return row.name, row.starts, row.ends, row.pause, row.zone, row.ended


def _minute(said: str, field: str) -> int:
    read = WALL.fullmatch(said.strip())
    minute = int(read[1]) * 60 + int(read[2]) if read else None
    if minute is None or minute > 1440:
        raise InvalidInput(_("Give a time of the day, such as 22:00."), field=field)
    return minute


@action(permission=MANAGE, title=_("Plan shifts"), bulk_of="hr.plan_shift")
def plan_shifts(actor: Actor, /, *, plans: Sequence[ShiftPlan]) -> int:
    """Plan who works which shift on days of a week, in place of what was planned; all or none.

    Gives how many days are other than before: the same again changes nothing. Raises NotFound,
    UnknownClock, NotEmployedThen, InvalidInput, or Refusals with the lines.
    """
    if not 0 < len(plans) <= MOST_PLANS:
        message = _("Give 1 to {most} lines.").format(most=MOST_PLANS)
        raise InvalidInput(message, field="plans")
    parties = employees_by_code(actor, [each.employee for each in plans])
    wanted = _wanted(actor, plans, parties)
    if not wanted:
        return 0
    list(scoped(actor, Party).select_for_update(no_key=True)
         .filter(pk__in=set(parties.values())).order_by("pk"))  # fmt: skip
    rows = scoped(actor, PlannedShift).filter(
        withdrawn_at=None, party__in=set(parties.values()),
        day__range=(min(day for _p, day in wanted), max(day for _p, day in wanted)),
    )  # fmt: skip
    there = {(row.party_id, row.day): row for row in rows}
    changed = {
        key: shift for key, shift in wanted.items()
        if (there[key].shift_id if key in there else None) != (shift.pk if shift else None)
    }  # fmt: skip
    gone, now = [there[key] for key in changed if key in there], timezone.now()
    for row in gone:
        row.withdrawn_at = now
    if gone:
        PlannedShift.objects.bulk_update(gone, ["withdrawn_at"])
    PlannedShift.objects.bulk_create(
        PlannedShift(company_id=actor.company_id, party_id=party, day=day, shift=shift)
        for (party, day), shift in changed.items()
        if shift is not None
    )
    return len(changed)


def _wanted(
    actor: Actor, plans: Sequence[ShiftPlan], parties: dict[str, int]
) -> dict[tuple[int, date], Shift | None]:
    found, shifts = Findings(), latest_shifts(actor)
    wanted: dict[tuple[int, date], Shift | None] = {}
    lines: dict[tuple[int, date], int] = {}
    for line, each in enumerate(plans, 1):
        shift = shifts.get(each.shift.strip())
        if each.shift.strip() and (shift is None or shift.ended):
            message = _("There is no shift “{code}” in use.").format(code=each.shift[:20])
            found.add(UnknownClock(message, field="shift", line=line))
        if not FIRST <= each.week <= LAST:
            found.add(InvalidInput(_("Give a day of this century."), field="week", line=line))
            continue
        for n, name in enumerate(WEEKDAYS):
            if getattr(each, name):
                key = (parties[each.employee], monday_of(each.week) + timedelta(days=n))
                wanted[key], lines[key] = shift, line
    if wanted:
        days = [day for _party, day in wanted]
        terms = terms_between(actor.company_id, min(days), max(days), set(parties.values()))
        for (party, day), shift in wanted.items():
            if shift and not any(t.start <= day <= t.end for t in terms.get(party, ())):
                said = _("On {day} there is no employment to plan for.")
                text = said.format(day=day.isoformat())
                found.add(NotEmployedThen(text, field="week", line=lines[party, day]))
    found.refuse()
    return wanted


@action(permission=MANAGE, title=_("Plan a shift"))
def plan_shift(actor: Actor, /, *, plan: ShiftPlan) -> int:
    """Plan the shift of one employee in a week."""
    return plan_shifts(actor, plans=[plan])


@action(permission=MANAGE, title=_("Set rules of overtime"), bulk_of="hr.set_overtime_rule")
def set_overtime_rules(actor: Actor, /, *, rules: Sequence[OvertimeRuleDraft]) -> int:
    """Set what minutes are paid from a day on, all or none; gives how many.

    Weeks that were approved stay as they are until they are approved anew. Raises InvalidInput.
    """
    if not 0 < len(rules) <= MOST_RULES:
        message = _("Give 1 to {most} lines.").format(most=MOST_RULES)
        raise InvalidInput(message, field="rules")
    found = Findings()
    for line, each in enumerate(rules, 1):
        if not FIRST <= each.start <= LAST:
            found.add(InvalidInput(_("Give a day of this century."), field="start", line=line))
        if each.after and each.kind not in ("day", "week"):
            alone = _("Only what goes beyond a day or week has minutes before it.")
            found.add(InvalidInput(alone, field="after", line=line))
    found.refuse()
    OvertimeRule.objects.bulk_create(
        OvertimeRule(
            company_id=actor.company_id, kind=each.kind, after=each.after, percent=each.percent,
            start=each.start,
        )
        for each in rules
    )  # fmt: skip
    return len(rules)


@action(permission=MANAGE, title=_("Set a rule of overtime"))
def set_overtime_rule(actor: Actor, /, *, rule: OvertimeRuleDraft) -> int:
    """Set one rule."""
    return set_overtime_rules(actor, rules=[rule])
