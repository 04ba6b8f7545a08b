"""The components that need nothing typed: what HR knows by itself comes into the payslip by these."""

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.reckoning.slips import Kind

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

ILLNESS, UNPAID_LEAVE, LEAVE_PAID_OUT, MILEAGE_TAXED, MILEAGE_REPAID, OVERTIME = (
    "illness", "unpaid_leave", "leave_paid_out", "mileage_taxed", "mileage_repaid", "overtime",
)  # fmt: skip
SOURCES = {
    ILLNESS: _("Civil Code (BW), article 7:629"),
    UNPAID_LEAVE: _("Civil Code (BW), article 7:628"),
    LEAVE_PAID_OUT: _("Civil Code (BW), article 7:641"),
    MILEAGE_TAXED: _("Wage Tax Act (Wet LB), article 31a"),
    OVERTIME: _("The company's rules of overtime"),
    MILEAGE_REPAID: _("Repaid with the expense claim already"),
}
"""Where the rule of a standard component is from, as a payslip cites it."""


class Standard(NamedTuple):
    """A component as it is set for everybody."""

    code: str
    name: "_StrPromise"
    kind: Kind
    formula: str


def standard_components(first: Decimal, second: Decimal) -> list[Standard]:
    """The components, with the percent of pay that goes on in the first and second 52 weeks sick.

    Beyond these the law asks no pay. Leave that was taken too much is not taken back: that has to
    be agreed. Mileage above what is free of tax was repaid with its claim, so it is taxed here
    and not paid again.
    """
    return [
        Standard(ILLNESS, _("Not paid during sickness"), Kind.PAY, _of_sickness(first, second)),
        Standard(UNPAID_LEAVE, _("Unpaid leave"), Kind.PAY, "-unpaid_pay"),
        Standard(
            LEAVE_PAID_OUT, _("Leave that was left"), Kind.SPECIAL, "hour_wage * max(0, leave_left)"
        ),
        Standard(OVERTIME, _("Overtime"), Kind.PAY, "hour_wage * overtime_paid"),
        Standard(MILEAGE_TAXED, _("Taxable mileage"), Kind.PAY, "taxable_mileage"),
        Standard(
            MILEAGE_REPAID, _("Taxable mileage, repaid before"), Kind.NET, "-taxable_mileage"
        ),
    ]  # fmt: skip


def _of_sickness(first: Decimal, second: Decimal) -> str:
    """What is not paid of the time away; in the first 52 weeks pay stays at the minimum wage.

    At least that, but not more than was earned (BW 7:629 lid 1).
    """
    parts = [
        f"{name} * {(100 - percent) / 100:f}"
        for name, percent in (("sick_pay", first), ("sick_pay_later", second))
    ]
    unpaid = f"-({' + '.join(parts)} + sick_pay_beyond)"
    if first == 100:
        return unpaid
    return f"{unpaid} + max(0, min(sick_pay, sick_minimum) - sick_pay * {first / 100:f})"
