"""Service levels: agreed, changed by versions, and applied to cases that are open already."""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.actions.cases.desk import MANAGE
from kantoor.departments.ict.actions.clocks.keeping import keep_clocks, write_clocks
from kantoor.departments.ict.drafts_clocks import TargetDraft
from kantoor.departments.ict.errors import KnownAlready, UnknownLevel
from kantoor.departments.ict.models import (
    Case,
    Clock,
    ClockSpan,
    LevelTarget,
    LevelVersion,
    Service,
    ServiceLevel,
)
from kantoor.departments.ict.models.cases.case import CLOSED
from kantoor.departments.ict.queries.clocks.loading import all_timelines
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.calendars.models import Calendar
from kantoor.kernel.calendars.queries import latest_versions
from kantoor.kernel.errors import InvalidInput, NotFound
from kantoor.kernel.queries import scoped

LONGEST_MINUTES = 60 * 24 * 366
PRIORITIES = range(1, 5)


@action(permission=MANAGE, title=_("Add a service level"))
def add_service_level(
    actor: Actor, /, *, code: str, name: str, calendar: str, targets: Sequence[TargetDraft],
    standard: bool = False,
) -> str:  # fmt: skip
    """Agree on times for cases; gives the code.

    The `standard` one goes for new cases of services without a level of their own. Raises
    KnownAlready, NotFound for the calendar, InvalidInput.
    """
    code = code.strip()
    if not code or not name.strip():
        raise InvalidInput(_("Give a code and a name."), field="name" if code else "code")
    if scoped(actor, ServiceLevel).filter(code=code).exists():
        message = _("There is a “{code}” already.").format(code=code)
        raise KnownAlready(message, field="code")
    if standard:
        scoped(actor, ServiceLevel).filter(standard=True).update(standard=False)
    level = ServiceLevel.objects.create(
        company_id=actor.company_id, code=code, name=name.strip(), standard=standard
    )
    _add_version(actor, level, 1, calendar, targets)
    return code


@action(permission=MANAGE, title=_("Change a service level"))
def change_service_level(
    actor: Actor, /, *, level: str, calendar: str, targets: Sequence[TargetDraft],
    open_cases_too: bool = False,
) -> int:  # fmt: skip
    """Agree on other times, or count by another version of the calendar; gives the version.

    Cases that are open keep what was agreed when they were opened, unless `open_cases_too`: see
    the “what if” of it first. Raises UnknownLevel, NotFound, InvalidInput.
    """
    found = scoped(actor, ServiceLevel).select_for_update().filter(code=level).first()
    if found is None:
        raise _unknown(level)
    last = found.versions.order_by("-number").values_list("number", flat=True).first() or 0
    version = _add_version(actor, found, last + 1, calendar, targets)
    if open_cases_too:
        cases = scoped(actor, Case).filter(level_version__level=found).exclude(state=CLOSED)
        keys = list(cases.values_list("pk", flat=True))
        cases.update(level_version=version)
        keep_clocks(keys)
    return version.number


@action(permission=MANAGE, title=_("Agree on a level for a service"))
def set_service_level(actor: Actor, /, *, service: str, level: str = "") -> None:
    """Let a service level go for new cases of a service; empty is the standard one."""
    found = scoped(actor, Service).filter(code=service).first()
    if found is None:
        message = _("There is no service “{code}”.").format(code=service[:40])
        raise NotFound(message, field="service")
    chosen = scoped(actor, ServiceLevel).filter(code=level).first() if level else None
    if level and chosen is None:
        raise _unknown(level)
    found.level = chosen
    found.save()
    concerns(f"ict.service/{found.pk}")


@action(permission=MANAGE, title=_("Reckon all clocks anew"))
def recompute_clocks(actor: Actor, /) -> int:
    """Reckon the clocks of all cases anew from their timelines, in one pass; gives how many cases.

    They come out as they are: it is for after a fault, and what `verify` proves them by.
    """
    Clock.objects.filter(company_id=actor.company_id).delete()
    ClockSpan.objects.filter(case__company_id=actor.company_id).delete()
    return write_clocks(all_timelines(actor.company_id))


def _add_version(
    actor: Actor, level: ServiceLevel, number: int, calendar: str, targets: Sequence[TargetDraft]
) -> LevelVersion:
    found = scoped(actor, Calendar).filter(code=calendar).first()
    if found is None:
        message = _("There is no calendar “{code}”.").format(code=calendar[:40])
        raise NotFound(message, field="calendar")
    _check(targets)
    version = LevelVersion.objects.create(
        level=level,
        number=number,
        calendar=latest_versions([found.pk])[found.pk],
        user_id=actor.user_id,
        made_at=timezone.now(),
    )
    LevelTarget.objects.bulk_create(
        [
            LevelTarget(
                version=version,
                clock=each.clock,
                priority=each.priority,
                seconds=60 * each.minutes,
                warn_seconds=60 * each.warn_minutes,
            )
            for each in targets
        ]
    )
    concerns(f"ict.service_level/{level.pk}")
    return version


def _check(targets: Sequence[TargetDraft]) -> None:
    if not targets:
        raise InvalidInput(_("Give at least one target."), field="targets")
    seen: set[tuple[str, int]] = set()
    for place, each in enumerate(targets, 1):
        if each.priority not in PRIORITIES:
            message = _("Choose from 1 (critical) to 4 (low).")
            raise InvalidInput(message, field="targets.priority", line=place)
        if not 1 <= each.minutes <= LONGEST_MINUTES:
            message = _("Give from 1 minute to a year.")
            raise InvalidInput(message, field="targets.minutes", line=place)
        if not 0 <= each.warn_minutes < each.minutes:
            message = _("A warning comes before the time is over.")
            raise InvalidInput(message, field="targets.warn_minutes", line=place)
        if (each.clock, each.priority) in seen:
            message = _("There are two of these; leave one.")
            raise InvalidInput(message, field="targets.priority", line=place)
        seen.add((each.clock, each.priority))


def _unknown(code: str) -> UnknownLevel:
    message = _("There is no service level “{code}”.").format(code=code[:40])
    return UnknownLevel(message, field="level")
