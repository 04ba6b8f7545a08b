"""Keep the company's own components of pay, and their values for employees."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.actions.payroll.findings import employees_by_code
from kantoor.departments.hr.actions.payroll.salaries import MANAGE
from kantoor.departments.hr.drafts_pay import ComponentDraft, ValueDraft
from kantoor.departments.hr.errors_pay import UnknownPay
from kantoor.departments.hr.models import Component, ComponentValue
from kantoor.departments.hr.queries.payroll.weekdays import first_of
from kantoor.departments.hr.reckoning.formulas import in_order, read_formula
from kantoor.departments.hr.reckoning.slips import RESERVED_CODES, VARIABLES
from kantoor.departments.hr.reckoning.standard import standard_components
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.queries import scoped

CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
MOST = 200
LEAST_SICK_PERCENT = 70


@action(permission=MANAGE, title=_("Set a pay component"))
def set_pay_component(actor: Actor, /, *, component: ComponentDraft) -> None:
    """Set a component's formula from a month on; the one before holds until then.

    Raises WrongFormula for a formula that can't be read, uses an unknown name, or makes a circle
    of components (with their names).
    """
    code = component.code.strip()
    if not CODE.fullmatch(code) or code in RESERVED_CODES | VARIABLES:
        raise InvalidInput(
            _("A code is small letters, digits and _, and not one that has a meaning already."),
            field="code",
        )
    if not component.name.strip():
        raise InvalidInput(_("Give the name."), field="name")
    latest = {each.code: each for each in scoped(actor, Component).order_by("start", "pk")}
    if len(latest) >= MOST and code not in latest:
        raise InvalidInput(
            _("A company has at most {most} components.").format(most=MOST), field="code"
        )
    known = VARIABLES | {key for key, each in latest.items() if not each.ended} | {code}
    formulas = {
        key: read_formula(each.formula)
        for key, each in latest.items()
        if key != code and not each.ended
    }
    formulas[code] = read_formula(component.formula, frozenset(known))
    in_order(formulas)
    Component.objects.create(
        company_id=actor.company_id, code=code, name=component.name.strip()[:100],
        kind=component.kind, formula=component.formula.strip(), everyone=component.everyone,
        account=component.account.strip()[:20], start=first_of(component.start),
        ended=component.ended, recorded_at=timezone.now(),
    )  # fmt: skip


@action(permission=MANAGE, title=_("Set the components that HR fills"))
def set_standard_components(
    actor: Actor, /, *, start: date, first_year: Decimal = Decimal(100),
    second_year: Decimal = Decimal(70),
) -> int:  # fmt: skip
    """Let sickness, unpaid leave, leave that is left and taxable mileage come into pay by themselves.

    From the month of `start` on, for everybody. `first_year` and `second_year` are the percent of
    pay that goes on in the first and second 52 weeks of sickness: 70 at least (BW 7:629 lid 1).
    Other percentages from another month are a new version; the same again changes nothing. Gives
    how many components were set. Raises InvalidInput.
    """
    for field, percent in (("first_year", first_year), ("second_year", second_year)):
        if not percent.is_finite() or not LEAST_SICK_PERCENT <= percent <= 100:
            message = _("Give 70 to 100 percent: the law asks 70 at least.")
            raise InvalidInput(message, field=field)
        if percent != round(percent, 2):
            raise InvalidInput(_("Give at most two decimals."), field=field)
    month, now = first_of(start), timezone.now()
    held: dict[str, Component] = {}
    for each in scoped(actor, Component).filter(start__lte=month).order_by("start", "pk"):
        held[each.code] = each
    rows = [
        Component(
            company_id=actor.company_id, code=code, name=str(name)[:100], kind=kind,
            formula=formula, everyone=True, account=held[code].account if code in held else "",
            start=month, recorded_at=now,
        )
        for code, name, kind, formula in standard_components(first_year, second_year)
        if not (code in held and _is_so(held[code], kind, formula))
    ]  # fmt: skip
    Component.objects.bulk_create(rows)
    return len(rows)


def _is_so(held: Component, kind: str, formula: str) -> bool:
    return (held.kind, held.formula, held.everyone, held.ended) == (kind, formula, True, False)


@action(permission=MANAGE, title=_("Set values of pay components"), bulk_of="hr.set_pay_value")
def set_pay_values(actor: Actor, /, *, values: Sequence[ValueDraft]) -> int:
    """Give employees a component with a value, from a month to a month, all or none.

    Raises NotFound, UnknownPay, InvalidInput with the line.
    """
    parties = employees_by_code(actor, [each.employee for each in values])
    codes = set(scoped(actor, Component).values_list("code", flat=True))
    now, rows = timezone.now(), []
    for place, each in enumerate(values, 1):
        if each.code not in codes:
            message = _("There is no component “{code}”.").format(code=each.code[:40])
            raise UnknownPay(message, field="code", line=place)
        if each.until is not None and each.until < first_of(each.start):
            raise InvalidInput(_("It ends before it starts."), field="until", line=place)
        if not each.value.is_finite() or abs(each.value) > 10**9:
            raise InvalidInput(_("This value is too large."), field="value", line=place)
        rows.append(
            ComponentValue(
                company_id=actor.company_id, party_id=parties[each.employee], code=each.code,
                value=each.value,  # type: ignore[misc]  # its stubs know no Decimal
                start=first_of(each.start),
                until=first_of(each.until) if each.until else None, recorded_at=now,
            )
        )  # fmt: skip
    ComponentValue.objects.bulk_create(rows)
    return len(rows)


@action(permission=MANAGE, title=_("Set a value of a pay component"))
def set_pay_value(actor: Actor, /, *, value: ValueDraft) -> int:
    """Give one employee a component with a value."""
    return set_pay_values(actor, values=[value])
