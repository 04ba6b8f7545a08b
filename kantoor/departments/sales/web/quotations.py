"""Quotations as pages: the register, and one quotation until it becomes an order."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.sales.queries.numbers_of import quotation_numbers
from kantoor.departments.sales.queries.quotations import QuotationShown, quotation, quotations
from kantoor.departments.sales.web import papers
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView, Tab
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.pages.references import page_of
from kantoor.kernel.ui.cells import Cell, Link
from kantoor.kernel.ui.listing import Act
from kantoor.kernel.ui.record_page import Fact, Related, Relation

QUOTATIONS = ListView(
    key="sales.quotations",
    title=_("Quotations"),
    query=quotations,
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
        Col(key="offered_on", title=_("Offered"), kind="date", sort=True),
        Col(key="valid_until", title=_("Good until"), kind="date", phone="meta"),
        Col(key="reference", title=_("Reference"), default=False),
        Col(key="state", title=_("State"), kind="status", states=papers.STATES),
        Col(key="net", title=_("Net"), kind="money", sort=True, sum=True, phone="figure"),
    ],
    narrows=[
        Narrow(
            key="state",
            title=_("State"),
            choices=papers.choices("offered", "accepted", "declined", "withdrawn"),
        ),
        Narrow(key="date", title=_("Offered"), kind="date_range", to=("since", "until")),
        Narrow(key="customer", title=_("Customer"), kind="text", hint=_("The customer's code.")),
    ],
    tabs=[Tab(_("All")), Tab(_("Offered"), {"state": "offered"})],
    sort="-number",
    row_url=lambda row: papers.quotation_url(row.number),
    new="sales.offer_quotation",
    empty=Empty(
        _("No quotations yet"),
        _("Offer something: when the customer accepts, it becomes an order."),
        icon="file-text",
    ),
)


def show(actor: Actor, shown: QuotationShown) -> Thing:
    """A quotation as its paper, with what the customer can say to it."""
    row = shown.quotation
    url = papers.quotation_url(row.number)
    order = []
    if row.order:
        page = Related(Link(row.order, papers.order_url(row.order)))
        order = [Relation(gettext("Became"), [page])]
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
        relations=[*order, *papers.states_relation(shown.states, url)],
        steps=_steps(actor, shown),
        breadcrumb=[Link(gettext("Quotations"), QUOTATIONS.url)],
    )


def _facts(shown: QuotationShown) -> list[Fact]:
    row = shown.quotation
    found: list[tuple[str, Cell]] = [
        (gettext("Offered"), row.offered_on),
        (gettext("Good until"), row.valid_until),
        (gettext("Reference"), row.reference),
    ]
    return [Fact(label, value) for label, value in found if value]


def _steps(actor: Actor, shown: QuotationShown) -> list[Act | None]:
    row = shown.quotation
    if row.state != "offered":
        return []
    url = papers.quotation_url(row.number)
    return [
        act_for(
            actor,
            "sales.accept_quotation",
            label=_("The customer accepts"),
            icon="check",
            key="a",
            hint=_("Makes it a confirmed order, dated today."),
            at_once=True,
            number=row.number,
        ),
        act_for(
            actor,
            "sales.close_quotation",
            label=_("Declined"),
            icon="x",
            at_once=True,
            back=url,
            number=row.number,
            outcome="declined",
        ),
        act_for(
            actor,
            "sales.close_quotation",
            label=_("Withdraw"),
            icon="arrow-back-up",
            at_once=True,
            back=url,
            number=row.number,
            outcome="withdrawn",
        ),
    ]


QUOTATION = RecordView(
    key="sales.quotations",
    title=_("Quotation"),
    kind="sales.quotation",
    path="<str:number>",
    find=quotation,
    show=show,
)


@page_of("sales.quotation", title=_("Quotation"))
def quotation_pages(actor: Actor, keys: Sequence[str]) -> Mapping[str, Link]:
    """The pages of quotations by their keys."""
    found = quotation_numbers(actor, keys=[int(key) for key in keys if key.isdigit()])
    return {str(key): Link(number, papers.quotation_url(number)) for key, number in found.items()}
