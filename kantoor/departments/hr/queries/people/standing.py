"""How somebody stands here: what others need to prepare for who comes, and to close for who goes."""

from datetime import date

import msgspec
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.errors_people import UnknownEmployee
from kantoor.departments.hr.models import (
    ContractVersion,
    Employment,
    Payslip,
    PersonDocument,
    PersonFile,
    Salary,
)
from kantoor.departments.hr.models.payroll.runs import APPROVED
from kantoor.departments.hr.queries.people.register import READ
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.parties.employees import EMPLOYEE
from kantoor.kernel.parties.models import Party, PartyUser
from kantoor.kernel.queries import query, scoped


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """How an employee stands: the employment that holds or comes, else the last one.

    `last_day` is None while no end was said. `sign_in` and `manager_sign_in` are empty without an
    account. `signed_on` is the day of the last contract that was signed.
    """

    employee: str
    name: str
    sign_in: str
    starts_on: date | None
    last_day: date | None
    job_title: str
    unit: str
    cost_centre: str
    manager: str
    manager_name: str
    manager_sign_in: str
    signed_on: date | None


class PayStanding(msgspec.Struct, frozen=True, kw_only=True):
    """Whether pay is arranged, without any amount.

    `paid_until` is the first day of the latest month of which a payslip was approved, `final_paid`
    whether that is the month of the last day or a later one.
    """

    employee: str
    salary_set: bool
    account_known: bool
    paid_until: date | None
    final_paid: bool


@query(permission=READ, title=_("How somebody stands"), exposed=True)
def employment_standing(actor: Actor, /, *, employee: str) -> Standing:
    """How the employee with this number stands today, in five statements.

    Raises UnknownEmployee.
    """
    party = _party(actor, employee)
    work = _employment(party)
    terms = _terms(work) if work else None
    manager = terms.manager if terms else None
    wanted = [party.pk, *([manager.pk] if manager else [])]
    users = PartyUser.objects.filter(party__in=wanted, user__active=True)
    names = dict(users.values_list("party_id", "user__sign_in"))
    signed = PersonDocument.objects.filter(party=party, kind="contract", signed_on__isnull=False)
    return Standing(
        employee=party.code,
        name=party.name,
        sign_in=names.get(party.pk, ""),
        starts_on=work.starts_on if work else None,
        last_day=work.ends_on if work else None,
        job_title=terms.job_title if terms else "",
        unit=terms.unit.code if terms and terms.unit else "",
        cost_centre=terms.cost_centre if terms else "",
        manager=manager.code if manager else "",
        manager_name=manager.name if manager else "",
        manager_sign_in=names.get(manager.pk, "") if manager else "",
        signed_on=signed.order_by("-signed_on").values_list("signed_on", flat=True).first(),
    )


@query(permission=READ, title=_("Whether pay is arranged"), exposed=True)
def pay_standing(actor: Actor, /, *, employee: str) -> PayStanding:
    """Whether somebody's pay is arranged and what was paid until when; no amount is told.

    Five statements. Raises UnknownEmployee.
    """
    party = _party(actor, employee)
    work = _employment(party)
    slips = Payslip.objects.filter(company_id=actor.company_id, party=party, run__state=APPROVED)
    until = slips.order_by("-month").values_list("month", flat=True).first()
    last = work.ends_on if work else None
    account = PersonFile.objects.filter(party=party).values_list("iban", flat=True).first()
    return PayStanding(
        employee=party.code,
        salary_set=scoped(actor, Salary).filter(party=party).exists(),
        account_known=bool(account),
        paid_until=until,
        final_paid=bool(last and until and until >= last.replace(day=1)),
    )


def _party(actor: Actor, code: str) -> Party:
    found = scoped(actor, Party).filter(code=code, roles__role=EMPLOYEE, erased_at=None).first()
    if found is None:
        message = _("There is no employee “{code}”.").format(code=code[:40])
        raise UnknownEmployee(message, field="employee")
    return found


def _employment(party: Party) -> Employment | None:
    """The employment that holds or comes next, else the last."""
    today = timezone.localdate()
    rows = list(Employment.objects.filter(party=party).order_by("starts_on"))
    running = [row for row in rows if row.ends_on is None or row.ends_on >= today]
    return running[0] if running else (rows[-1] if rows else None)


def _terms(work: Employment) -> ContractVersion | None:
    """The version of the contract that holds, the first where it has yet to begin."""
    rows = ContractVersion.objects.filter(employment=work, replaced_at=None)
    rows = rows.select_related("manager", "unit").order_by("valid_from")
    found = list(rows)
    today = timezone.localdate()
    begun = [row for row in found if row.valid_from <= today]
    return begun[-1] if begun else (found[0] if found else None)
