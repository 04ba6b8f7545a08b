"""Warn people that leave lapses: only who was warned in time loses it then.

Leave by law lapses six months after its year (BW 7:640a), but not that of somebody whom the
employer did not tell so and gave the chance to take it (CJEU C-684/16, Max-Planck; HR 23 June
2023, ECLI:NL:HR:2023:955). It stays five years then (BW 7:642).
"""

from collections.abc import Sequence
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.actions.leave.finding import employees_by_code
from kantoor.departments.hr.actions.leave.keeping import keep_ledgers
from kantoor.departments.hr.actions.leave.kinds import MANAGE
from kantoor.departments.hr.errors_leave import WarnedTooLate
from kantoor.departments.hr.models import LeaveLot
from kantoor.departments.hr.queries.leave.reckoning.accrual import lapses_on
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import scoped


@action(permission=MANAGE, title=_("Warn that leave lapses"))
def warn_of_lapse(
    actor: Actor, /, *, year: int, employees: Sequence[str] = (), on: date | None = None
) -> int:
    """Note that everybody, or these employees, were told when their leave of a year lapses.

    `on` is the day they were told, today unless said. From then on it does lapse, and their page
    says so. Who was warned stays so. Gives how many lots. Raises WarnedTooLate, NotFound.
    """
    told = on or timezone.localdate()
    lots = lots_to_warn_of(actor, year, employees, told)
    for lot in lots:
        assert lot.rule is not None
        lot.warned_on, lot.lapses = told, lapses_on(lot.year, lot.rule.months)
    LeaveLot.objects.bulk_update(lots, ["warned_on", "lapses"])
    keep_ledgers(actor.company_id, {lot.party_id for lot in lots})
    return len(lots)


def lots_to_warn_of(
    actor: Actor, year: int, employees: Sequence[str], told: date
) -> list[LeaveLot]:
    """The lots of a year, of everybody or of these, that nobody was warned of yet; locked.

    Raises WarnedTooLate where they lapse before somebody told on that day can take them.
    """
    people = employees_by_code(actor, employees, "employees")
    rows = scoped(actor, LeaveLot).select_for_update(of=("self",)).select_related("rule", "kind")
    rows = rows.filter(year=year, rule__must_warn=True, warned_on=None)
    if employees:
        rows = rows.filter(party_id__in=[row.pk for row in people.values()])
    lots = list(rows.order_by("pk"))
    for lot in lots:
        assert lot.rule is not None
        lapses = lapses_on(lot.year, lot.rule.months)
        if not date(lot.year, 1, 1) <= told < lapses or told > timezone.localdate():
            message = _("Warn from the year itself on, and before {day}, when it lapses.")
            raise WarnedTooLate(message.format(day=lapses.isoformat()), field="on")
    return lots
