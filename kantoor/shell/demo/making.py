"""Make the demonstration: found the company, let its people work, and count what there is."""

import time

import msgspec
from django.utils import timezone
from django.utils.translation import gettext as _

from kantoor.kernel.actors.actor import installation_actor
from kantoor.kernel.actors.models import Company
from kantoor.kernel.console.answers import Told
from kantoor.kernel.errors import Conflict
from kantoor.kernel.intake.files import intake_file
from kantoor.kernel.record.signing import sign_head
from kantoor.shell.demo.books import (
    ask_to_reopen,
    close_months,
    months_of_sales,
    post_costs,
    receive_money,
)
from kantoor.shell.demo.people import SHOP, Staff
from kantoor.shell.demo.sources import sales_file
from kantoor.shell.demo.trade.making import make_trade
from kantoor.shell.founding import found_company

NAME = "Giftware Online Ltd"


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """What the demonstration has: rows taken in, what was made of them, and a second company."""

    company: str
    trading: str
    file: str
    received: int
    accepted: int
    rejected: int
    entries: int
    payments: int
    closed: list[str]
    approvals_waiting: int
    sign_in: list[dict[str, str]]
    seconds: float


def make_demo(language: str, told: Told) -> Made:
    """Make the demonstration in an empty installation; raises Conflict where there is a company."""
    if Company.objects.exists():
        message = _("There is a company here already; make the demonstration in an empty folder.")
        raise Conflict(message, field="--data")
    began = time.perf_counter()
    founded = found_company(
        installation_actor(), name=NAME, country="GB", currency="GBP", language=language
    )
    staff = Staff(Company.objects.get(name=NAME), founded, language)
    file = sales_file()
    taken = intake_file(
        staff[SHOP], file, "webshop", None, lambda so_far: told(so_far.received, None)
    )
    months, today = months_of_sales(staff["boris"])
    entries = post_costs(staff["boris"], months, today)
    payments = receive_money(staff["boris"], today)
    closed = close_months(staff["carla"], months)
    waiting = bool(closed) and ask_to_reopen(staff["carla"], closed[0])
    trading = make_trade(timezone.localdate())
    sign_head()
    staff.note()
    return Made(
        company=NAME,
        trading=trading,
        file=file.name,
        received=taken.received,
        accepted=taken.accepted,
        rejected=taken.rejected,
        entries=entries,
        payments=payments,
        closed=closed,
        approvals_waiting=int(waiting),
        sign_in=staff.sign_ins(),
        seconds=round(time.perf_counter() - began, 3),
    )
