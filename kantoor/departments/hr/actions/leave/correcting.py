"""Correct what somebody has of leave, with the reason; nothing that was written is changed."""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.actions.leave.finding import (
    employees_by_code,
    kinds_by_code,
    minutes_of,
    refuse_far_day,
)
from kantoor.departments.hr.actions.leave.granting import FIVE_YEARS
from kantoor.departments.hr.actions.leave.keeping import keep_ledgers
from kantoor.departments.hr.actions.leave.kinds import MANAGE
from kantoor.departments.hr.drafts_leave import LeaveCorrection
from kantoor.departments.hr.models import LeaveGrant, LeaveLot
from kantoor.departments.hr.queries.leave.reckoning.accrual import lapses_on
from kantoor.departments.hr.queries.leave.reckoning.ledger import CORRECTED
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput


@action(permission=MANAGE, title=_("Correct leave of employees"), bulk_of="hr.correct_leave")
def correct_leaves(actor: Actor, /, *, corrections: Sequence[LeaveCorrection]) -> None:
    """Give employees hours or take them off, all or none.

    What is taken off comes from what lapses first. Raises NotFound, UnknownLeave, InvalidInput.
    """
    people = employees_by_code(actor, [each.employee for each in corrections])
    kinds = kinds_by_code(actor, [each.kind for each in corrections])
    today, now = timezone.localdate(), timezone.now()
    lots, grants = [], []
    for place, each in enumerate(corrections, 1):
        minutes = minutes_of(each.hours, "hours", place)
        refuse_far_day(each.on, today, "on", place)
        if not minutes:
            raise InvalidInput(_("Give hours above or below nought."), field="hours", line=place)
        if not each.reason.strip() or len(each.reason) > 300:
            message = _("Say why, in at most 300 characters.")
            raise InvalidInput(message, field="reason", line=place)
        if not kinds[each.kind].counted:
            message = _("Leave of this kind is not counted, so that there is nothing to correct.")
            raise InvalidInput(message, field="kind", line=place)
        lapses = each.lapses or lapses_on(each.on.year, FIVE_YEARS)
        if lapses <= each.on:
            message = _("It lapses later than it is given.")
            raise InvalidInput(message, field="lapses", line=place)
        party = people[each.employee]
        lots.append(
            LeaveLot(
                company_id=actor.company_id, party=party, kind=kinds[each.kind],
                year=each.on.year, lapses=lapses,
            )
        )  # fmt: skip
        grants.append(
            LeaveGrant(
                subject_id=party.subject_id, on=each.on, minutes=minutes, what=CORRECTED,
                reason=each.reason.strip(), user_id=actor.user_id, made_at=now,
            )
        )  # fmt: skip
    for lot, grant in zip(LeaveLot.objects.bulk_create(lots), grants, strict=True):
        grant.lot = lot
    LeaveGrant.objects.bulk_create(grants)
    keep_ledgers(actor.company_id, {party.pk for party in people.values()})
    if len(people) == 1:
        concerns(f"kernel.party/{next(iter(people.values())).pk}")


@action(permission=MANAGE, title=_("Correct leave"))
def correct_leave(actor: Actor, /, *, correction: LeaveCorrection) -> None:
    """Give one employee hours or take them off, with the reason."""
    correct_leaves(actor, corrections=[correction])
