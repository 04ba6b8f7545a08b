"""What payables say on Today: what waits to be approved and coded, and what is due this week."""

from django.utils.translation import gettext, ngettext

from kantoor.departments.finance.queries.payables.invoices import PurchaseRow, purchase_invoices
from kantoor.departments.finance.queries.payables.owed import payable_figures
from kantoor.departments.finance.web.figures import money_alone
from kantoor.departments.finance.web.payables.invoices import STATES
from kantoor.departments.finance.web.payables.urls import purchase_url
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.money import exponent
from kantoor.kernel.pages.today import Card, today_card
from kantoor.kernel.ui.cells import Money, Status
from kantoor.kernel.ui.formats import number
from kantoor.kernel.ui.today_page import Figure, Waiting

FEW = 4


@today_card("finance", permission="finance.read_payables", order=22)
def payables_card(actor: Actor) -> Card:
    """Invoices that wait for this reader, and what is to be paid within a week."""
    found = payable_figures(actor)
    if not found.total and not found.waiting:
        return Card()
    figures = [
        Figure(
            gettext("Payables"),
            money_alone(actor, found.total),
            "/finance/payables-by-age",
            gettext("what we owe suppliers"),
        )
    ]
    if found.due_this_week or found.overdue:
        figures.append(
            Figure(
                gettext("To pay this week"),
                money_alone(actor, found.due_this_week + found.overdue),
                "/finance/payables",
                status=Status("overdue", gettext("Overdue in part"), "bad")
                if found.overdue
                else None,
            )
        )
    return Card(waiting=_waiting(actor), figures=figures)


def _waiting(actor: Actor) -> list[Waiting]:
    """What somebody can do now: approve or post what is proposed, code what came in."""
    if actor.may("finance.approve_purchase") or actor.may("finance.post_purchase"):
        status, address = "proposed", "/finance/purchase-invoices?status=proposed"
    elif actor.may("finance.enter_purchase"):
        status, address = "received", "/finance/purchase-invoices?status=received"
    else:
        return []
    page = purchase_invoices(actor, status=status, sort="number", limit=FEW)  # type: ignore[arg-type]
    shown = [_one(row) for row in page.rows]
    if (count := page.count or 0) > FEW:
        words = ngettext("%(n)s purchase invoice waits", "%(n)s purchase invoices wait", count)
        shown.append(Waiting(words % {"n": number(count)}, address))
    return shown


def _one(row: PurchaseRow) -> Waiting:
    word, tone = STATES[row.status]
    return Waiting(
        gettext("Purchase invoice %(number)s") % {"number": row.number},
        purchase_url(row.number),
        row.name,
        due=row.due_on,
        status=Status(row.status, str(word), tone),
        amount=Money(row.gross, exponent(row.currency), row.currency),
    )
