"""What would change for open cases, had other times been agreed: reckoned, and nothing written."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.drafts_clocks import TargetDraft
from kantoor.departments.ict.models import Case
from kantoor.departments.ict.models.cases.case import CLOSED
from kantoor.departments.ict.queries.cases.register import READ
from kantoor.departments.ict.queries.clocks.loading import (
    Agreement,
    agreements,
    reckoned,
    timelines_of,
)
from kantoor.departments.ict.queries.clocks.reckoning import Reckoned, Target
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.calendars.engine import moment_of, of_terms, seconds_of
from kantoor.kernel.calendars.models import Calendar
from kantoor.kernel.calendars.queries import latest_versions
from kantoor.kernel.errors import NotFound
from kantoor.kernel.queries import query, scoped

SHOWN = 200


class Difference(msgspec.Struct, frozen=True):
    """A clock of a case that would stand otherwise."""

    number: str
    title: str
    clock: str
    due_before: datetime | None
    due_after: datetime | None
    late_before: bool
    late_after: bool


class WhatIf(msgspec.Struct, frozen=True):
    """How many open cases were looked at, and what would change for them.

    `rows` are the first SHOWN that differ, those that would become late before the others.
    """

    cases: int
    clocks: int
    become_late: int
    no_longer_late: int
    rows: list[Difference]


@query(permission=READ, title=_("What if other times were agreed"))
def what_if(
    actor: Actor, /, *, level: str, calendar: str, targets: Sequence[TargetDraft]
) -> WhatIf:
    """What would change for the open cases of a service level; nothing is written.

    It is reckoned with the last version of the calendar. Raises NotFound.
    """
    after = _agreement(actor, calendar, targets)
    found = scoped(actor, Case).filter(level_version__level__code=level).exclude(state=CLOSED)
    cases = {case.pk: case for case in found.only("kind", "number", "title").order_by("pk")}
    now = seconds_of(timezone.now())
    before = agreements(found.values_list("level_version_id", flat=True).distinct())
    differences: list[Difference] = []
    for timeline in timelines_of(list(cases)):
        was = {each.clock: each for each in reckoned(timeline, before)}
        new = {each.clock: each for each in reckoned(timeline, {timeline.version_id: after})}
        for clock in sorted(was.keys() | new.keys()):
            one, other = was.get(clock), new.get(clock)
            if _stands(one, now) != _stands(other, now):
                case = cases[timeline.case_id]
                differences.append(_difference(case, clock, one, other, now))
    differences.sort(key=lambda each: (not each.late_after or each.late_before, each.number))
    return WhatIf(
        len(cases),
        len(differences),
        sum([each.late_after and not each.late_before for each in differences]),
        sum([each.late_before and not each.late_after for each in differences]),
        differences[:SHOWN],
    )


def _agreement(actor: Actor, calendar: str, targets: Sequence[TargetDraft]) -> Agreement:
    row = scoped(actor, Calendar).filter(code=calendar).first()
    if row is None:
        message = _("There is no calendar “{code}”.").format(code=calendar[:40])
        raise NotFound(message, field="calendar")
    terms = latest_versions([row.pk])[row.pk].terms
    wanted: dict[str, dict[int, Target]] = {}
    for each in targets:
        target = Target(60 * each.minutes, 60 * each.warn_minutes)
        wanted.setdefault(each.clock, {})[each.priority] = target
    return Agreement(0, wanted, of_terms(terms))


def _stands(clock: Reckoned | None, now: int) -> tuple[int | None, bool]:
    """When it runs out, and whether it did."""
    if clock is None:
        return None, False
    ran_out = clock.state == "running" and clock.due is not None and clock.due < now
    return clock.due, ran_out or clock.misses > 0


def _difference(
    case: Case, clock: str, before: Reckoned | None, after: Reckoned | None, now: int
) -> Difference:
    due_before, late_before = _stands(before, now)
    due_after, late_after = _stands(after, now)
    return Difference(
        str(case),
        case.title,
        clock,
        None if due_before is None else moment_of(due_before),
        None if due_after is None else moment_of(due_after),
        late_before,
        late_after,
    )
