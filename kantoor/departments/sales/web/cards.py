"""What sales says on Today and on its desk: orders that wait, what was refused, and how it sells."""

from babel import dates
from django.utils.translation import gettext, ngettext

from kantoor.departments.sales.queries.desk_figures import (
    orders_by_week,
    sales_by_month,
    top_customers,
)
from kantoor.departments.sales.queries.orders import orders
from kantoor.departments.sales.web import papers
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.intake.queries import intake_events
from kantoor.kernel.money import exponent
from kantoor.kernel.pages.inbox import hand_in_act, inbox_url
from kantoor.kernel.pages.today import Card, today_card
from kantoor.kernel.ui.cells import Status
from kantoor.kernel.ui.charts import Chart, Series
from kantoor.kernel.ui.formats import day, number, reader_locale
from kantoor.kernel.ui.today_page import Figure, FirstStep, Waiting

FEW = 4


@today_card("sales", permission="kernel.read_intake", order=10)
def refused_card(actor: Actor) -> Card:
    """What the front office handed over and was refused."""
    found = intake_events(actor, state="open", limit=1)
    if not found.rows:
        return Card()
    count = found.count or 1
    words = ngettext(
        "%(n)s event of the front office was refused",
        "%(n)s events of the front office were refused",
        count,
    )
    waiting = Waiting(
        words % {"n": number(count)},
        f"{inbox_url()}?state=open",
        found.rows[0].message,
        status=Status("open", gettext("Refused"), "bad"),
    )
    return Card(waiting=[waiting])


@today_card("sales", permission="sales.read_orders", order=11)
def orders_card(actor: Actor) -> Card:
    """Orders to be dealt with, what was sold by month, and who buys most."""
    months = sales_by_month(actor)
    if not months:
        act = hand_in_act(actor)
        text = gettext("The sales of your web shop, as CSV or as events.")
        return Card(first_steps=[FirstStep(act, text)] if act else [])
    return Card(waiting=_waiting(actor), figures=_figures(actor), charts=_charts(actor))


def _waiting(actor: Actor) -> list[Waiting]:
    found = orders(actor, state="placed", sort="ordered_on", limit=FEW)
    shown = [
        Waiting(
            gettext("Confirm order %(number)s") % {"number": row.number},
            papers.order_url(row.number),
            f"{row.customer_name} · {day(row.ordered_on)}",
            amount=papers.alone(actor, row.net),
            status=papers.status(row.state),
        )
        for row in found.rows
    ]
    if (found.count or 0) > FEW:
        words = ngettext("%(n)s order to confirm", "%(n)s orders to confirm", found.count or 0)
        shown.append(Waiting(words % {"n": number(found.count or 0)}, "/sales/orders?state=placed"))
    return shown


def _figures(actor: Actor) -> list[Figure]:
    months = sales_by_month(actor)
    last = months[-1]
    named = dates.format_date(last.start, "LLLL yyyy", locale=reader_locale())
    found = [
        Figure(
            gettext("Sold in %(month)s") % {"month": named},
            papers.alone(actor, last.net),
            f"/sales/orders?date_from={last.start}",
            spark=[each.net for each in months],
        )
    ]
    if under_way := orders(actor, state="open", limit=1).count:
        found.append(Figure(gettext("Orders under way"), under_way, "/sales/orders?state=open"))
    return found


def _charts(actor: Actor) -> list[Chart]:
    months = sales_by_month(actor)
    while len(months) > 1 and not months[0].net:
        months = months[1:]
    # A company that has just begun sees its weeks; months would be one bar.
    weeks = len(months) < 3
    shown = orders_by_week(actor) if weeks else months
    if not shown:
        return []
    pattern = "d MMM" if weeks else "LLL yy"
    found = [
        Chart(
            key="sales",
            title=gettext("Orders by week") if weeks else gettext("Sales by month"),
            labels=[
                dates.format_date(each.start, pattern, locale=reader_locale()) for each in shown
            ],
            series=[Series(gettext("Net"), [each.net for each in shown], "1")],
            exponent=exponent(actor.currency),
            currency=actor.currency,
            url=f"/sales/orders?date_from={shown[0].start}",
        )
    ]
    best = top_customers(actor)
    if best and best.customers:
        since = dates.format_date(best.since, "d MMMM", locale=reader_locale())
        title = gettext("Who ordered most since %(day)s") % {"day": since}
        found.append(
            Chart(
                key="customers",
                title=title,
                labels=[_brief(each.name) for each in best.customers],
                series=[Series(gettext("Net"), [each.net for each in best.customers], "1")],
                exponent=exponent(actor.currency),
                currency=actor.currency,
                url="/sales/customers",
            )
        )
    return found


def _brief(name: str) -> str:
    """A name that fits under a bar."""
    return name if len(name) <= 16 else f"{name[:15]}…"
