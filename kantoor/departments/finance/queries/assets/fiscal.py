"""What Dutch tax law allows to be depreciated a year at most: a warning, never a refusal.

Wet inkomstenbelasting 2001, art. 3.30: goodwill at most 10 % of its cost a year (paragraph 3),
other assets at most 20 % (paragraph 2); for companies by Wet Vpb 1969, art. 8. The books may be
faster (BW 2:386); the tax return then differs from them, which a bookkeeper wants to know.
"""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.dates import months_before
from kantoor.departments.finance.schedules.depreciation import YEAR, Terms, schedule
from kantoor.departments.finance.schedules.slots import Slot

MOST_PERCENTAGE = {"other": 20, "goodwill": 10}


def beyond_the_law(country: str, fiscal: str, terms: Terms, cost: int) -> str:
    """Why depreciation is faster than the tax authority takes, or nothing.

    The fastest twelve months count.
    """
    most = MOST_PERCENTAGE.get(fiscal)
    if country != "NL" or most is None or terms.method in ("units", "none") or cost <= 0:
        return ""
    slots = schedule(terms)
    highest = _fastest_year(slots)
    # What rounding down left to the last month is no excess: less than a cent for each month.
    if (highest - len(slots)) * 100 <= cost * most:
        return ""
    message = _("Up to {percentage} % of the cost in a year: the tax authority takes {most} % at most.")  # fmt: skip
    return str(message.format(percentage=-(-highest * 100 // cost), most=most))


def _fastest_year(slots: Sequence[Slot]) -> int:
    highest = 0
    for place, slot in enumerate(slots):
        after = months_before(slot.starts_on, -YEAR)
        within = (each.amount for each in slots[place : place + YEAR + 1] if each.ends_on < after)
        highest = max(highest, sum(within))
    return highest
