"""Timesheets by what people call them: `2026-W11-E1`, the week and the number of the employee."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from kantoor.departments.hr.models import HourSheet
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import scoped

FORM = re.compile(r"(2\d{3}-W\d{2})-(.{1,40})", re.ASCII)
ASKED_BY_KEY = 500


def monday_of(day: date) -> date:
    """The Monday of the week of a day."""
    return day - timedelta(days=day.weekday())


def read_number(number: str) -> tuple[date, str] | None:
    """The Monday and the employee that a number names, or None for anything else."""
    read = FORM.fullmatch(number)
    if read is None:
        return None
    try:
        return date.fromisoformat(f"{read[1]}-1"), read[2]
    except ValueError:
        return None


def by_numbers(actor: Actor, numbers: Sequence[str], *, lock: bool = False) -> dict[str, HourSheet]:
    """The sheets of these numbers that there are, in one statement."""
    wanted = {number: read for number in numbers if (read := read_number(number))}
    rows = scoped(actor, HourSheet).select_related("party")
    if lock:
        rows = rows.select_for_update(of=("self",))
    rows = rows.filter(monday__in={monday for monday, _code in wanted.values()})
    if len(wanted) <= ASKED_BY_KEY:
        rows = rows.filter(party__code__in={code for _monday, code in wanted.values()})
    found = {row.number: row for row in rows.order_by("pk")}
    return {number: found[number] for number in numbers if number in found}
