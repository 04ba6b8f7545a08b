"""Set salaries and how the employer pays; each is a new version, the old one stays known."""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.actions.payroll.findings import employees_by_code, whole
from kantoor.departments.hr.drafts_pay import SalaryDraft, SettingsDraft
from kantoor.departments.hr.models import PaySettings, Salary
from kantoor.departments.hr.reckoning.nl.parameters import years
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput

MANAGE = "hr.manage_pay"


@action(permission=MANAGE, title=_("Set salaries"), bulk_of="hr.set_salary")
def set_salaries(actor: Actor, /, *, salaries: Sequence[SalaryDraft]) -> int:
    """Set what employees earn from a day on, all or none; gives how many.

    A day in the past changes months that were paid: the next run corrects them. Raises NotFound,
    InvalidInput with the line.
    """
    parties = employees_by_code(actor, [each.employee for each in salaries])
    now = timezone.now()
    rows = []
    for place, each in enumerate(salaries, 1):
        if not years()[0] <= each.start.year <= years()[-1] + 1:
            raise InvalidInput(
                _("A salary starts in {first} or later, and not far ahead.").format(first=years()[0]),
                field="start", line=place,
            )  # fmt: skip
        rows.append(
            Salary(
                company_id=actor.company_id, party_id=parties[each.employee], start=each.start,
                per=each.per, amount=each.amount,
                week_minutes=whole(each.week_hours, 60, "week_hours", place),
                credit=each.credit, age_class=each.age_class, awf=each.awf,
                year_wage=each.year_wage, recorded_at=now,
            )
        )  # fmt: skip
    Salary.objects.bulk_create(rows)
    return len(rows)


@action(permission=MANAGE, title=_("Set a salary"))
def set_salary(actor: Actor, /, *, salary: SalaryDraft) -> int:
    """Set what one employee earns from a day on."""
    return set_salaries(actor, salaries=[salary])


@action(permission=MANAGE, title=_("Set how we pay"))
def set_pay_settings(actor: Actor, /, *, settings: SettingsDraft) -> None:
    """Set premiums, holiday allowance and accounts from a day on. Raises InvalidInput."""
    for field in ("whk_percent", "holiday_percent"):
        whole(getattr(settings, field), 100, field)
    PaySettings.objects.create(
        company_id=actor.company_id,
        recorded_at=timezone.now(),
        **{name: getattr(settings, name) for name in settings.__struct_fields__},
    )
