"""Duties as they are arranged: what recurs, when, and whose it is."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput, NotFound
from kantoor.kernel.queries import scoped
from kantoor.procedures.actions.addresses import address_of
from kantoor.procedures.actions.starting import diagram_of, published
from kantoor.procedures.department import MANAGE
from kantoor.procedures.drafts import DutyDraft
from kantoor.procedures.engine.plain_xml import starts_of
from kantoor.procedures.engine.rhythms import WEEKDAYS
from kantoor.procedures.errors import UnknownProcedure
from kantoor.procedures.models import Checklist, Duty
from kantoor.procedures.models.duties import CHECKLIST, PROCEDURE, TASK
from kantoor.procedures.queries.duties import next_moment

MOST_LEAD_DAYS = 366
PLAIN = (
    "unit", "every", "which", "day", "month", "shift", "starts_on", "ends_on",
    "lead_days",
)  # fmt: skip


@action(permission=MANAGE, title=_("Arrange a duty"))
def keep_duty(actor: Actor, /, *, draft: DutyDraft) -> str:
    """Arrange a duty that recurs, or change the one with its code; what came already stays.

    Gives the code. Raises InvalidInput with the field, NotFound, UnknownProcedure, NotRunnable.
    """
    _check(draft)
    duty = scoped(actor, Duty).select_for_update().filter(code=draft.code).first()
    duty = duty or Duty(company_id=actor.company_id, code=draft.code)
    duty.name, duty.name_nl = draft.name.strip()[:200], draft.name_nl.strip()[:200]
    duty.text = draft.text.strip()[:5_000]
    duty.whose = address_of(actor, role=draft.role, team=draft.team, person=draft.person)
    duty.escalate = address_of(actor, role=draft.escalate) if draft.escalate else ""
    duty.checklist = _checklist(actor, draft)
    duty.procedure = _procedure(actor, draft)
    duty.what = CHECKLIST if duty.checklist else PROCEDURE if duty.procedure else TASK
    for name in PLAIN:
        setattr(duty, name, getattr(draft, name))
    duty.weekday = WEEKDAYS.index(draft.weekday)
    duty.retired_at = None
    set_next(actor, duty)
    if duty.appears_on is None and duty.last_on is None:
        raise InvalidInput(_("By this rhythm it never comes."), field="draft.ends_on")
    duty.save()
    concerns(f"procedures.duty/{duty.pk}")
    return duty.code


@action(permission=MANAGE, title=_("Let duties come no more"))
def retire_duties(actor: Actor, /, *, duties: Sequence[str]) -> None:
    """Let duties come no more, by their codes; what came stays. Raises NotFound."""
    found = list(scoped(actor, Duty).select_for_update().filter(code__in=duties))
    if missing := sorted(set(duties) - {each.code for each in found}):
        message = _("There is no duty “{code}”.").format(code=missing[0][:40])
        raise NotFound(message, field="duties")
    for each in found:
        each.retired_at, each.appears_on = each.retired_at or timezone.now(), None
        concerns(f"procedures.duty/{each.pk}")
    Duty.objects.bulk_update(found, ["retired_at", "appears_on"])


def set_next(actor: Actor, duty: Duty) -> None:
    """Set when a duty appears next."""
    following = next_moment(actor, duty)
    duty.appears_on = following.due - timedelta(days=duty.lead_days) if following else None


def _check(draft: DutyDraft) -> None:
    bounds = {
        "every": (draft.every, 1, 120, _("Give a whole number from 1 to 120.")),
        "day": (draft.day, 1, 31, _("Give a day from 1 to 31.")),
        "month": (draft.month, 1, 12, _("Give a month from 1 to 12.")),
        "lead_days": (draft.lead_days, 0, MOST_LEAD_DAYS, _("Give 0 to 366 days.")),
    }
    for name, (value, least, most, words) in bounds.items():
        if not least <= value <= most:
            raise InvalidInput(words, field=f"draft.{name}")
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,39}", draft.code):
        message = _("Use lower-case letters, digits and hyphens, such as fire-drill.")
        raise InvalidInput(message, field="draft.code")
    if not draft.name.strip():
        raise InvalidInput(_("Say what has to be done."), field="draft.name")
    if draft.unit == "week" and draft.which != "day":
        message = _("The first or last working day is one of a month or year.")
        raise InvalidInput(message, field="draft.which")
    if not date(1900, 1, 1) <= draft.starts_on < date(2190, 1, 1):
        raise InvalidInput(_("Give a day between 1900 and 2190."), field="draft.starts_on")
    if draft.ends_on is not None and draft.ends_on < draft.starts_on:
        raise InvalidInput(_("The last day lies before the first."), field="draft.ends_on")
    if draft.checklist and draft.procedure:
        message = _("It is a checklist or a procedure, not both.")
        raise InvalidInput(message, field="draft.procedure")


def _checklist(actor: Actor, draft: DutyDraft) -> Checklist | None:
    if not draft.checklist:
        return None
    found = scoped(actor, Checklist).filter(code=draft.checklist, retired_at=None).first()
    if found is None:
        message = _("There is no checklist “{code}”.").format(code=draft.checklist[:40])
        raise NotFound(message, field="draft.checklist")
    if set(found.inputs.split()) - {"on"}:
        asks = _("A duty tells a checklist the day (on) alone; this one asks more.")
        raise InvalidInput(asks, field="draft.checklist")
    return found


def _procedure(actor: Actor, draft: DutyDraft) -> str:
    if not draft.procedure:
        return ""
    try:
        found = published(actor, draft.procedure)
    except UnknownProcedure as unknown:
        raise UnknownProcedure(unknown.message, field="draft.procedure") from None
    diagram = diagram_of(found)
    starts = [each for each in starts_of(diagram) if not each.trigger]
    if not starts or any(each.required for each in starts[0].fields):
        message = _("A duty starts a procedure that begins by hand and asks nothing it needs.")
        raise InvalidInput(message, field="draft.procedure")
    return found.key
