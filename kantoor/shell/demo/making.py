"""Make the demonstration: found the company, let its people work, and count what there is.

All at once, or so much that there is something to look at: the rest is then taken in by a job
while it is served (`going_on.py`).
"""

import time

import msgspec
from django.utils import timezone
from django.utils.translation import gettext as _

from kantoor.kernel.actors.actor import installation_actor
from kantoor.kernel.actors.models import Company
from kantoor.kernel.console.answers import Told
from kantoor.kernel.errors import Conflict
from kantoor.kernel.record.signing import sign_head
from kantoor.shell.demo.going_on import go_on
from kantoor.shell.demo.people import Staff
from kantoor.shell.demo.shop import Booked, book_sales, close_what_is_over
from kantoor.shell.demo.sources import MONTH, sales_file
from kantoor.shell.demo.trade.making import make_trade
from kantoor.shell.demo.trade.processes import have_procedures
from kantoor.shell.founding import found_company

NAME = "Giftware Online Ltd"


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """What the demonstration has: rows taken in, what was made of them, and a second company.

    `goes_on` says that the rest of the sales comes in while the company is served.
    """

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
    goes_on: bool
    sign_in: list[dict[str, str]]
    seconds: float


def make_demo(language: str, told: Told, *, begin: bool = False) -> Made:
    """Make the demonstration in an empty installation; raises Conflict where there is a company.

    `begin` takes in no more than a month of sales, and leaves the others to a job.
    """
    if Company.objects.exists():
        message = _("There is a company here already; make the demonstration in an empty folder.")
        raise Conflict(message, field="--data")
    began = time.perf_counter()
    founded = found_company(
        installation_actor(), name=NAME, country="GB", currency="GBP", language=language
    )
    staff = Staff.hired(Company.objects.get(name=NAME), founded, language)
    whole = sales_file()
    file = MONTH if begin else whole
    booked = book_sales(staff, file, lambda received: told(received, None))
    closed, waiting = ([], False) if file != whole else close_what_is_over(staff, booked)
    trading = make_trade(timezone.localdate())
    if file != whole:
        go_on.enqueue_once("demonstration", staff[founded.user], file=str(whole))
    else:
        have_procedures(Company.objects.get(name=trading), timezone.localdate())
    sign_head()
    staff.note()
    return Made(
        company=NAME,
        trading=trading,
        file=file.name,
        **_counts(booked),
        closed=closed,
        approvals_waiting=int(waiting),
        goes_on=file != whole,
        sign_in=staff.sign_ins(),
        seconds=round(time.perf_counter() - began, 3),
    )


def _counts(booked: Booked) -> dict[str, int]:
    return {
        "received": booked.taken.received,
        "accepted": booked.taken.accepted,
        "rejected": booked.taken.rejected,
        "entries": booked.entries,
        "payments": booked.payments,
    }
