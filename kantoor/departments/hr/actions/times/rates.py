"""Set what an hour is worth and costs, and where hours are booked; each is a new version."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.public import cost_accounts, dimension_values, known_currency
from kantoor.departments.hr.actions.payroll.findings import employees_by_code
from kantoor.departments.hr.actions.times.checking import FIRST, LAST, PROJECT, customers_by_code
from kantoor.departments.hr.drafts_times import HourCostRateDraft, HourRateDraft
from kantoor.departments.hr.models import HourCostRate, HourRate, HourSettings
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput, NotFound

BILL, PAY = "hr.bill_time", "hr.manage_pay"
HIGHEST = Decimal(100_000)
LONGEST_TITLE = 120
MOST_DAYS = 3_650


@action(permission=BILL, title=_("Set rates of hours"), bulk_of="hr.set_hour_rate")
def set_hour_rates(actor: Actor, /, *, rates: Sequence[HourRateDraft]) -> int:
    """Set what an hour is worth from a day on, all or none; gives how many.

    What was invoiced stays as it is. Raises NotFound, InvalidInput with the line.
    """
    customers = customers_by_code(actor, (each.customer for each in rates))
    people = employees_by_code(actor, [each.employee for each in rates if each.employee])
    projects = dimension_values(actor.company_id, PROJECT)
    rows = []
    for line, each in enumerate(rates, 1):
        _refuse_rate(each.rate, each.start.year, line)
        if each.project and each.project not in projects:
            message = _("There is no project “{code}” in use.").format(code=each.project[:30])
            raise NotFound(message, field="project", line=line)
        if each.customer and each.customer not in customers:
            nobody = _("There is no customer “{code}”.").format(code=each.customer[:40])
            raise NotFound(nobody, field="customer", line=line)
        rows.append(
            HourRate(
                company_id=actor.company_id,
                project=each.project,
                customer_id=customers[each.customer] if each.customer else None,
                party_id=people[each.employee] if each.employee else None,
                start=each.start,
                rate=each.rate,  # type: ignore[misc]  # its stubs know no Decimal
                currency=known_currency(each.currency or actor.currency),
            )
        )
    HourRate.objects.bulk_create(rows)
    return len(rows)


@action(permission=BILL, title=_("Set a rate of hours"))
def set_hour_rate(actor: Actor, /, *, rate: HourRateDraft) -> int:
    """Set one rate."""
    return set_hour_rates(actor, rates=[rate])


@action(permission=PAY, title=_("Set what hours cost"), bulk_of="hr.set_hour_cost_rate")
def set_hour_cost_rates(actor: Actor, /, *, rates: Sequence[HourCostRateDraft]) -> int:
    """Set what an hour of a function costs from a day on, all or none; gives how many.

    A day in the past changes months that were booked: booking them again posts the difference.
    Raises InvalidInput with the line.
    """
    rows = []
    for line, each in enumerate(rates, 1):
        _refuse_rate(each.rate, each.start.year, line)
        if len(each.job_title.strip()) > LONGEST_TITLE:
            message = _("Name it in at most 120 characters.")
            raise InvalidInput(message, field="job_title", line=line)
        rows.append(
            HourCostRate(
                company_id=actor.company_id,
                job_title=each.job_title.strip(),
                start=each.start,
                rate=each.rate,  # type: ignore[misc]  # its stubs know no Decimal
            )
        )
    HourCostRate.objects.bulk_create(rows)
    return len(rows)


@action(permission=PAY, title=_("Set what an hour costs"))
def set_hour_cost_rate(actor: Actor, /, *, rate: HourCostRateDraft) -> int:
    """Set one rate of cost."""
    return set_hour_cost_rates(actor, rates=[rate])


@action(permission=BILL, title=_("Set where hours are booked"))
def set_hour_settings(actor: Actor, /, *, cost: str, covered: str, due_days: int = 30) -> None:
    """Set the account debited for hours by cost centre and project, and the one credited.

    Raises InvalidInput for accounts that costs can't be booked on, or two that are the same.
    """
    known = cost_accounts(actor.company_id, {cost, covered})
    for field, code in (("cost", cost), ("covered", covered)):
        if code not in known or (field == "covered" and cost == covered):
            message = _("There is no account “{code}” that costs can be booked on.")
            raise InvalidInput(message.format(code=code[:20]), field=field)
    if not 0 <= due_days <= MOST_DAYS:
        beyond = _("An invoice is due within 0 to {most} days.").format(most=MOST_DAYS)
        raise InvalidInput(beyond, field="due_days")
    HourSettings.objects.create(
        company_id=actor.company_id, cost=cost, covered=covered, due_days=due_days
    )


def _refuse_rate(rate: Decimal, year: int, line: int) -> None:
    if not rate.is_finite() or not 0 < rate <= HIGHEST or round(rate, 6) != rate:
        message = _("A rate lies between 0 and {most}, with at most six decimals.")
        raise InvalidInput(message.format(most=HIGHEST), field="rate", line=line)
    if not FIRST.year <= year <= LAST.year:
        raise InvalidInput(_("Give a day of this century."), field="start", line=line)
