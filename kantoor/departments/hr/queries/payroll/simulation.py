"""Try out pay: what a wage leaves, and what wage leaves an amount; nobody's own figures."""

from datetime import date
from fractions import Fraction
from typing import Annotated, Literal

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.drafts_pay import AgeClassName
from kantoor.departments.hr.queries.payroll.explaining import ExplainedLine, explained
from kantoor.departments.hr.queries.payroll.slips import SEE
from kantoor.departments.hr.reckoning.nl.parameters import AgeClass
from kantoor.departments.hr.reckoning.simulation import gross_for, net_of
from kantoor.departments.hr.reckoning.slips import Facts
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.queries import query


class Simulated(msgspec.Struct, frozen=True):
    """A month's pay in minor units, with its lines explained."""

    gross: int
    tax: int
    net: int
    employer: int
    lines: list[ExplainedLine]


@query(permission=SEE, title=_("Try out pay"), exposed=True, shows_nobody=True)
def simulated_pay(
    actor: Actor,
    /,
    *,
    year: int,
    amount: Annotated[int, msgspec.Meta(ge=0, le=10**9)],
    what: Literal["gross", "net"] = "gross",
    age_class: AgeClassName = "below-aow",
    credit: bool = True,
) -> Simulated:
    """A whole month at a gross wage in cents, or at the lowest that leaves this net.

    Raises NotCovered for what tables and figures don't know, InvalidInput.
    """
    if not 1 <= year <= 9999:
        raise InvalidInput(_("Give a year such as 2026."), field="year")
    facts = Facts(
        party=0, month=date(year, 1, 1), pay=Fraction(0), full=Fraction(0),
        hour_wage=Fraction(0), hours=Fraction(0), days=0, weekdays=0, credit=credit,
        age=AgeClass(age_class), awf="low", aof="low", whk=0, holiday_rate=800, year_wage=0,
        pays_holiday=False,
    )  # fmt: skip
    slip = net_of(facts, amount) if what == "gross" else gross_for(facts, amount)
    lines = [explained(line, {}) for line in slip.lines]
    return Simulated(slip.gross, slip.tax, slip.net, slip.employer, lines)
