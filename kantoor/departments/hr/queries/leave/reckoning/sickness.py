"""The days that sickness counts, and the steps that the Wet verbetering poortwachter asks by then.

Spells with less than four weeks between are one (BW 7:629 lid 10); the days between do not count.
A step is due on the day on which so many weeks have been counted.
"""

from dataclasses import dataclass
from datetime import date, timedelta

FOUR_WEEKS = timedelta(days=28)
STEPS = {
    "analysis": 6,
    "plan": 8,
    "report_uwv": 42,
    "first_year": 52,
    "end_report": 91,
    "end_of_pay": 104,
}
"""Weeks: problem analysis, plan of action, report to UWV, evaluation of the first year,
reintegration report for the WIA, and the end of the duty to go on paying."""


@dataclass(frozen=True, slots=True)
class Before:
    """The spell before: its first day, the day they were back, and what was counted before it."""

    first: date
    back_on: date
    counted_days: int


def goes_on(before: Before, first: date) -> bool:
    """Whether a spell that begins then goes on with the one before."""
    return first - before.back_on < FOUR_WEEKS


def counted_by(before: Before) -> int:
    """The days counted by the end of a spell, all that it goes on with together."""
    return before.counted_days + (before.back_on - before.first).days


def due_days(first: date, counted_days: int = 0) -> dict[str, date]:
    """By when each step is due that is not past already by what was counted before."""
    return {
        step: first + timedelta(days=weeks * 7 - counted_days)
        for step, weeks in STEPS.items()
        if weeks * 7 > counted_days
    }
