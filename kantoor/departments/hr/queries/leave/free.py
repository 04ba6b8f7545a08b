"""Days on which nobody works, or less than else: public holidays and the company's own."""

from collections.abc import Mapping
from datetime import date

from kantoor.kernel.actors.models import Company
from kantoor.kernel.calendars.engine import holidays_of, of_terms
from kantoor.kernel.calendars.models import Calendar
from kantoor.kernel.calendars.queries import latest_versions

CALENDAR = "holidays"
"""The code of the calendar that has them, for who wants other days than the public holidays."""


def free_days(company_id: int, first: date, last: date) -> Mapping[date, int]:
    """The most minutes that are worked on each special day: none on a holiday.

    Of the calendar `holidays` where the company has one, else the public holidays of its country.
    """
    years = range(first.year, last.year + 1)
    calendar = Calendar.objects.filter(company_id=company_id, code=CALENDAR).first()
    if calendar is None:
        country = Company.objects.values_list("country", flat=True).get(pk=company_id)
        return {day: 0 for year in years for day in holidays_of(country, "", year)}
    working = of_terms(latest_versions([calendar.pk])[calendar.pk].terms)
    return {
        day: sum(end - start for start, end in hours) // 60
        for year in years
        for day, hours in working.special_days(year).items()
    }
