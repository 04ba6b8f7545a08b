"""The web shop's books: its sales as they come in, and what its people make of them.

Each step can be done again when more sales came in, or when it was broken off.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kantoor.departments.finance.queries.calendar import periods
from kantoor.kernel.intake.files import intake_file
from kantoor.kernel.intake.result import IntakeResult
from kantoor.shell.demo.books import (
    ask_to_reopen,
    close_months,
    months_of_sales,
    post_costs,
    receive_money,
)
from kantoor.shell.demo.calendar import Month
from kantoor.shell.demo.people import SHOP, Staff


@dataclass(frozen=True)
class Booked:
    """What was taken in and booked: the months that the sales are of, how many of each."""

    taken: IntakeResult
    months: list[Month]
    entries: int
    payments: int


def book_sales(staff: Staff, file: Path, told: Callable[[int], None]) -> Booked:
    """Take in a file of sales, book the costs around them, and let customers pay."""
    taken = intake_file(staff[SHOP], file, "webshop", None, lambda so_far: told(so_far.received))
    months, today = months_of_sales(staff["boris"])
    entries = post_costs(staff["boris"], months, today)
    payments = receive_money(staff["boris"], today)
    return Booked(taken, months, entries, payments)


def close_what_is_over(staff: Staff, booked: Booked) -> tuple[list[str], bool]:
    """Close the months that are over; the names of those closed, and whether approval is asked."""
    if any(period.state != "open" for period in periods(staff["carla"])):
        return [], False
    closed = close_months(staff["carla"], booked.months)
    return closed, bool(closed) and ask_to_reopen(staff["carla"], closed[0])
