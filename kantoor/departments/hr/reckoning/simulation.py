"""From gross to net and back: what a month's wage leaves, and what wage leaves an amount."""

from dataclasses import replace
from fractions import Fraction

from django.utils.translation import gettext as _

from kantoor.departments.hr.errors_pay import NotCovered
from kantoor.departments.hr.reckoning.nl.parameters import rules_of
from kantoor.departments.hr.reckoning.payslip import reckon
from kantoor.departments.hr.reckoning.slips import Facts, Slip, SoFar


def net_of(facts: Facts, gross: int) -> Slip:
    """The payslip of a whole month at this gross wage in cents, as the first of the year."""
    return reckon(replace(facts, pay=Fraction(gross), full=Fraction(gross)), SoFar())


def gross_for(facts: Facts, net: int) -> Slip:
    """The payslip with the lowest gross wage that leaves at least `net` cents.

    Net pay falls where the table steps (each 4.50), by less than 0.6 of a step, so that the first
    wage lies at most three steps below one found by halving. NotCovered where none leaves it.
    """
    highest = rules_of(facts.month.year, facts.age).highest * 100 // 12
    low, high = 0, highest
    if net_of(facts, high).net < net:
        raise NotCovered(_("No wage in the table leaves so much."), field="net")
    while low < high:
        middle = (low + high) // 2
        if net_of(facts, middle).net >= net:
            high = middle
        else:
            low = middle + 1
    step = 450
    for wage in range(max(0, high - 3 * step), high):
        slip = net_of(facts, wage)
        if slip.net >= net:
            return slip
    return net_of(facts, high)
