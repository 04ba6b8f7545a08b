"""Returns as pages: the register, and one return with its credit note."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.sales.queries.numbers_of import return_numbers
from kantoor.departments.sales.queries.returns import ReturnShown, returns, taken_return
from kantoor.departments.sales.web import papers
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.bulk import Bulk
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView, Tab
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.pages.references import page_of
from kantoor.kernel.ui.cells import Cell, Link
from kantoor.kernel.ui.listing import Act
from kantoor.kernel.ui.record_page import Fact

RETURNS = ListView(
    key="sales.returns",
    title=_("Returns"),
    query=returns,
    columns=[
        Col(key="number", title=_("Number"), sort=True, phone="meta"),
        Col(
            key="customer",
            title=_("Customer"),
            kind="party",
            value="customer_name",
            url=lambda row: papers.customer_url(row.customer),
            phone="title",
        ),
        Col(key="taken_on", title=_("Taken"), kind="date", sort=True, phone="meta"),
        Col(
            key="order",
            title=_("Order"),
            kind="link",
            value=lambda row: row.order or None,
            url=lambda row: papers.order_url(row.order),
        ),
        Col(key="source", title=_("Source"), default=False),
        Col(key="reference", title=_("Reference")),
        Col(key="state", title=_("State"), kind="status", states=papers.STATES),
        Col(key="net", title=_("Net"), kind="money", sort=True, sum=True, phone="figure"),
    ],
    narrows=[
        Narrow(key="state", title=_("State"), choices=papers.choices("taken", "credited")),
        Narrow(key="date", title=_("Taken"), kind="date_range", to=("since", "until")),
        Narrow(key="customer", title=_("Customer"), kind="text", hint=_("The customer's code.")),
        Narrow(key="source", title=_("Source"), kind="text"),
    ],
    tabs=[Tab(_("All")), Tab(_("To credit"), {"state": "taken"})],
    sort="-number",
    row_key="number",
    row_url=lambda row: papers.return_url(row.number),
    bulk=[Bulk(action="sales.credit_returns", parameter="numbers", icon="receipt-refund")],
    new="sales.take_return",
    search_hint=_("Reference"),
    empty=Empty(_("No returns yet"), _("What customers bring back stands here."), "truck-return"),
)


def show(actor: Actor, shown: ReturnShown) -> Thing:
    """A return as its paper, with its credit note or the button that makes it."""
    row = shown.taken
    url = papers.return_url(row.number)
    return Thing(
        title=row.number,
        row=row.id,
        state=papers.status(row.state),
        document=papers.paper(
            actor,
            shown.lines,
            customer=(row.customer, row.customer_name),
            facts=_facts(shown),
            net=row.net,
            text=shown.text,
        ),
        relations=[
            *papers.invoice_relation(actor, shown.credit_note, gettext("Credit note")),
            *papers.states_relation(shown.states, url),
        ],
        steps=_steps(actor, shown),
        breadcrumb=[Link(gettext("Returns"), RETURNS.url)],
    )


def _facts(shown: ReturnShown) -> list[Fact]:
    row = shown.taken
    found: list[tuple[str, Cell]] = [
        (gettext("Taken"), row.taken_on),
        (gettext("Order"), Link(row.order, papers.order_url(row.order)) if row.order else None),
        (gettext("Country"), row.country),
        (gettext("Source"), row.source),
        (gettext("Reference"), row.reference),
    ]
    return [Fact(label, value) for label, value in found if value]


def _steps(actor: Actor, shown: ReturnShown) -> list[Act | None]:
    if shown.taken.state != "taken":
        return []
    return [
        act_for(
            actor,
            "sales.credit_returns",
            label=_("Credit it"),
            icon="receipt-refund",
            key="c",
            at_once=True,
            back=papers.return_url(shown.taken.number),
            numbers=[shown.taken.number],
        )
    ]


RETURN = RecordView(
    key="sales.returns",
    title=_("Return"),
    kind="sales.return",
    path="<str:number>",
    find=taken_return,
    show=show,
)


@page_of("sales.return", title=_("Return"))
def return_pages(actor: Actor, keys: Sequence[str]) -> Mapping[str, Link]:
    """The pages of returns by their keys."""
    found = return_numbers(actor, keys=[int(key) for key in keys if key.isdigit()])
    return {str(key): Link(number, papers.return_url(number)) for key, number in found.items()}
