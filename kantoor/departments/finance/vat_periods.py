"""The periods of VAT returns: months (`2024-03`), quarters (`2024-Q1`) and years (`2024`)."""

import re
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.dates import DAY, EARLIEST, LATEST, months_before
from kantoor.kernel.errors import InvalidInput

MONTHS = {"month": 1, "quarter": 3, "year": 12}
"""How many months a period has, by the rhythm."""
_CODE = re.compile(r"([0-9]{4})(?:-(?:(0[1-9]|1[0-2])|Q([1-4])))?", re.ASCII)


class TaxPeriod(NamedTuple):
    """A period of a return, both days included."""

    code: str
    rhythm: str
    starts_on: date
    ends_on: date

    @property
    def due_on(self) -> date:
        """The last day to file and pay: of the month behind it, of a year the third month.

        AWR, art. 10 and 19; Uitvoeringsregeling AWR 1994, art. 26 for a year.
        """
        months = 3 if self.rhythm == "year" else 1
        return months_before(self.ends_on + DAY, -months) - DAY

    @property
    def number(self) -> str:
        """The Dutch Tax Administration's two digits: 01 to 12, 21, 24, 27 and 30, or 40."""
        month = self.ends_on.month
        if self.rhythm == "month":
            return f"{month:02}"
        return "40" if self.rhythm == "year" else str(18 + month)


def period_holding(day: date, rhythm: str) -> TaxPeriod:
    """The period of that rhythm that a day lies in."""
    months = MONTHS[rhythm]
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    last = months_before(first, -months) - DAY
    code = {
        "month": f"{first.year}-{first.month:02}",
        "quarter": f"{first.year}-Q{(first.month + 2) // 3}",
        "year": str(first.year),
    }[rhythm]
    return TaxPeriod(code, rhythm, first, last)


def period_coded(code: str) -> TaxPeriod:
    """The period with that code; raises InvalidInput."""
    found = _CODE.fullmatch(code)
    if found is None or not EARLIEST <= int(found[1]) <= LATEST:
        message = _("“{code}” is no period; write 2024-03, 2024-Q1 or 2024.").format(code=code[:20])
        raise InvalidInput(message, field="period")
    year, month, quarter = found.groups()
    if month:
        return period_holding(date(int(year), int(month), 1), "month")
    if quarter:
        return period_holding(date(int(year), int(quarter) * 3, 1), "quarter")
    return period_holding(date(int(year), 1, 1), "year")
