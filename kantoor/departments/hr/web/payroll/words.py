"""Words and addresses that the pages of payroll share."""

from urllib.parse import quote

from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.money import exponent
from kantoor.kernel.pages.columns import States
from kantoor.kernel.ui.cells import Money

STATES: States = {
    "made": (_("To be approved"), "wait"),
    "approved": (_("Approved"), "good"),
    "dropped": (_("Dropped"), "quiet"),
}
KINDS = {
    "pay": _("Pay"),
    "special": _("Special reward"),
    "pretax": _("Off pay before tax"),
    "tax": _("Tax"),
    "net": _("Without tax"),
    "reserve": _("Set aside"),
    "employer": _("Employer"),
    "credit": _("For information"),
}
PERS = {"month": _("a month"), "hour": _("an hour")}


def run_url(run: str) -> str:
    """The page of a run."""
    return f"/hr/pay-runs/{quote(run)}"


def payslip_url(run: str, employee: str) -> str:
    """The page of a payslip."""
    return f"/hr/payslips/{quote(run)}/{quote(employee, safe='')}"


def own_payslip_url(run: str) -> str:
    """The page of one's own payslip."""
    return f"/hr/my-payslips/{quote(run)}"


def money(actor: Actor, minor: int) -> Money:
    """An amount in the company's currency."""
    return Money(minor, exponent(actor.currency))


def alone(actor: Actor, minor: int) -> Money:
    """An amount that names its currency."""
    return Money(minor, exponent(actor.currency), actor.currency)
