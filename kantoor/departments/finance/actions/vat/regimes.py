"""Say how a company files its VAT from a day on."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.periods import lock_company
from kantoor.departments.finance.dates import EARLIEST, LATEST, out_of_range
from kantoor.departments.finance.errors import NotToFile
from kantoor.departments.finance.models import VatRegime
from kantoor.departments.finance.queries.vat.facts import chain_of
from kantoor.departments.finance.queries.vat.regimes import Distance, Rhythm
from kantoor.departments.finance.vat_periods import period_holding
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput

LONGEST_NUMBER = 20


@action(permission="finance.manage_vat", title=_("Say how VAT is filed"))
def set_vat_regime(
    actor: Actor,
    /,
    *,
    starts_on: date,
    rhythm: Rhythm,
    distance: Distance = "origin",
    small: bool = False,
    tax_number: str = "",
) -> None:
    """File by month, quarter or year from a day on, the first of such a period.

    `distance` is whose tax sales to consumers in other EU countries have (Directive 2006/112/EC,
    art. 59c: up to EUR 10,000 a year that of the own country); `small` is the small businesses'
    exemption (Wet OB 1968, art. 25). Raises NotToFile for a day in a period that was filed,
    InvalidInput for one that begins no period.
    """
    if not EARLIEST <= starts_on.year <= LATEST:
        raise out_of_range(starts_on.isoformat(), field="starts_on")
    if period_holding(starts_on, rhythm).starts_on != starts_on:
        raise InvalidInput(_("Begin on the first day of a period."), field="starts_on")
    if len(tax_number) > LONGEST_NUMBER or "\0" in tax_number:
        message = _("This is longer than {most} characters.").format(most=LONGEST_NUMBER)
        raise InvalidInput(message, field="tax_number")
    lock_company(actor.company_id)
    filed = chain_of(actor.company_id, "vat")
    if filed and starts_on <= filed[-1].ends_on:
        message = _("VAT was filed up to {day}; begin after it.").format(day=filed[-1].ends_on)
        raise NotToFile(message, field="starts_on")
    values = {
        "rhythm": rhythm,
        "distance": distance,
        "small": small,
        "tax_number": tax_number.strip(),
    }
    known = VatRegime.objects.filter(company_id=actor.company_id, starts_on=starts_on).first()
    regime = known or VatRegime(company_id=actor.company_id, starts_on=starts_on)
    for name, value in values.items():
        setattr(regime, name, value)
    regime.save()
