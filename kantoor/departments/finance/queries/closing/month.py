"""How a month stands before it is closed: one answer for who keeps the month-end list."""

from datetime import date

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.dates import check_span
from kantoor.departments.finance.models import Period, PurchaseInvoice, StatementLine
from kantoor.departments.finance.queries.assets import due as assets_due
from kantoor.departments.finance.queries.closing.checklist import closing_checklist
from kantoor.departments.finance.queries.spreading import due as spreads_due
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import NotFound
from kantoor.kernel.queries import query, scoped


class MonthStanding(msgspec.Struct, frozen=True, kw_only=True):
    """A period by its code (`2026-03`), with how many things are open in it.

    `lines_to_book` are movements on bank statements without an entry, `held` purchase invoices on
    hold; `assets_due` and `spreads_due` wait to be depreciated and spread; the others are those of the closing checklist. `ready` says that nothing of these is
    open, `closed` that the period is no longer open.
    """

    period: str
    starts_on: date
    ends_on: date
    state: str
    closed: bool
    ready: bool
    lines_to_book: int
    held: int
    assets_due: int
    spreads_due: int
    purchases: int
    suspense: int
    unsettled: int
    without_party: int
    currency: int
    earlier_periods: int


@query(permission="finance.read_ledger", title=_("How a month stands"), exposed=True)
def month_standing(actor: Actor, /, *, on: date) -> MonthStanding:
    """How the period stands that a day lies in, at its last day. Raises NotFound for no period.

    `ready` leaves out payments that settle nothing yet and items that name nobody: these are
    looked at, and may stay.
    """
    check_span(on, on)
    period = scoped(actor, Period).filter(starts_on__lte=on, ends_on__gte=on).first()
    if period is None:
        raise NotFound(_("There is no period for this day."), field="on")
    last = period.ends_on
    counts = {each.key: each.count for each in closing_checklist(actor, on=last)}
    lines = StatementLine.objects.filter(
        bank_account__company_id=actor.company_id, entry=None, booked_on__lte=last
    ).count()
    invoices = scoped(actor, PurchaseInvoice).filter(date__lte=last, entry=None)
    held = invoices.exclude(hold="").exclude(state="refused").count()
    assets = len(assets_due.due_of(actor.company_id, last))
    spreads = len(spreads_due.due_of(actor.company_id, last))
    must = (counts["purchases"], counts["suspense"], counts["currency"], counts["periods"])
    return MonthStanding(
        period=str(period),
        starts_on=period.starts_on,
        ends_on=last,
        state=period.state,
        closed=period.state != "open",
        ready=not any((lines, held, assets, spreads, *must)),
        lines_to_book=lines,
        held=held,
        assets_due=assets,
        spreads_due=spreads,
        purchases=counts["purchases"],
        suspense=counts["suspense"],
        unsettled=counts["unsettled"],
        without_party=counts["without_party"],
        currency=counts["currency"],
        earlier_periods=counts["periods"],
    )
