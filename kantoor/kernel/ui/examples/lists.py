"""A list of invoices, an empty list and a bulk answer for the style guide."""

from datetime import UTC, date, datetime, timedelta

from django.utils.translation import gettext as _

from kantoor.kernel.ui.address import Address
from kantoor.kernel.ui.cells import Cell, Link, Money, Party, Status
from kantoor.kernel.ui.examples.framing import example_url
from kantoor.kernel.ui.filters import Choice, Filter
from kantoor.kernel.ui.listing import (
    Act,
    BulkAct,
    BulkAnswer,
    Column,
    Empty,
    ListPage,
    Refused,
    Row,
    SavedView,
)

_CUSTOMERS = (
    ("Kwekerij De Linde", "Boskoop"), ("Boekhandel Praamstra", "Deventer"), ("Studio Zuidas", "Amsterdam"),
    ("Łódź Papier Sp. z o.o.", "Łódź"), ("Harbour & Finch Ltd", "Bristol"), ("Bakkerij Van Vessem", "Hoofddorp"),
    ("Stichting Het Nieuwe Museum voor Toegepaste Kunst en Vormgeving", "Den Haag"), ("Atelier Grès", "Lille"),
    ("Gemeente Zwolle", "Zwolle"), ("J. Öztürk", "Utrecht"), ("Fietsenmakerij Rap", "Groningen"),
)  # fmt: skip


def _state(place: int) -> Status:
    states = (
        Status("paid", _("Paid"), "good"),
        Status("open", _("Open"), "info"),
        Status("open", _("Open"), "info"),
        Status("overdue", _("Overdue"), "bad"),
        Status("partly", _("Partly paid"), "wait"),
        Status("paid", _("Paid"), "good"),
        Status("draft", _("Draft"), "quiet"),
    )
    return states[(place * 5) % len(states)]


def _row(place: int) -> Row:
    number = f"2011-{4286 - place:05d}"
    name, town = _CUSTOMERS[(place * 7) % len(_CUSTOMERS)]
    day = date(2011, 6, 30) - timedelta(days=place // 3)
    net = (place * 7919 + 12345) % 480_000 + 950
    if place % 17 == 5:
        net = -net // 6
    state = _state(place)
    left = 0 if state.code == "paid" else net * 121 // 100 // (2 if state.code == "partly" else 1)
    cells: dict[str, Cell] = {
        "number": Link(number, example_url("record")),
        "customer": Party(name, "", town),
        "date": day,
        "due": day + timedelta(days=30),
        "net": Money(net),
        "total": Money(net * 121 // 100),
        "open": Money(left),
        "status": state,
        "sent": datetime.now(UTC) - timedelta(hours=place * place + 1),
        "reference": f"SO-{11_670 - place}",
    }
    return Row(number, cells, example_url("record"), example_url("lines"))


def _columns() -> list[Column]:
    return [
        Column("number", _("Number"), "link", phone="meta"),
        Column("customer", _("Customer"), "party", phone="title"),
        Column("status", _("Status"), "status"),
        Column("date", _("Date"), "date"),
        Column("due", _("Due"), "date", phone="hidden"),
        Column("reference", _("Order"), default=False),
        Column("net", _("Net"), "money", sum=True, currency="EUR", default=False),
        Column("total", _("Total"), "money", sum=True, currency="EUR"),
        Column("open", _("Open"), "money", sum=True, currency="EUR", phone="hidden"),
        Column("sent", _("Sent"), "datetime", phone="hidden"),
    ]


def _filters() -> list[Filter]:
    states = [
        ("draft", _("Draft")),
        ("open", _("Open")),
        ("partly", _("Partly paid")),
        ("overdue", _("Overdue")),
        ("paid", _("Paid")),
    ]
    return [
        Filter("status", _("Status"), choices=[Choice(value, label) for value, label in states]),
        Filter("date", _("Date"), "date_range"),
        Filter("total", _("Total"), "amount_range"),
        Filter("customer", _("Customer"), "text"),
        Filter("reminded", _("Reminded"), "boolean"),
    ]


def invoices(address: Address) -> ListPage:
    """Fifty invoices with everything a list can have."""
    later = bool(address.get("cursor"))
    rows = [_row(place + (50 if later else 0)) for place in range(50)]
    wanted = address.all("status")
    if wanted:
        rows = [
            row for row in rows if isinstance(s := row.cells["status"], Status) and s.code in wanted
        ]
    return ListPage(
        key="guide.invoices",
        title=_("Invoices"),
        address=address,
        columns=_columns(),
        rows=rows,
        next_cursor="" if later or wanted else "2011-04236",
        count=len(rows) if wanted else 286,
        sums=[("net", Money(58_120_334)), ("total", Money(70_325_604)), ("open", Money(31_408_977))],
        filters=_filters(),
        sort="-number",
        search_hint=_("Number or customer"),
        bulk=[
            BulkAct(_("Send reminder"), example_url("list"), "mail"),
            BulkAct(_("Reverse"), example_url("list"), "arrow-back-up", "danger"),
        ],
        main_action=Act(_("New invoice"), example_url("lines"), key="n", icon="plus"),
        views=[
            SavedView(_("All invoices"), example_url("list"), not address.pairs),
            SavedView(_("Overdue above 1,000"), example_url("list") + "?status=overdue&total_min=1000", False, example_url("list")),
        ],
        save_view_url=example_url("list"),
    )  # fmt: skip


def nothing(address: Address) -> ListPage:
    """A list that has no rows yet."""
    return ListPage(
        key="guide.orders",
        title=_("Orders"),
        address=address,
        columns=_columns(),
        rows=[],
        filters=_filters()[:2],
        empty=Empty(
            _("No orders yet"),
            _("Orders come in from your web shop by themselves, or from a file that you bring."),
            Act(_("Bring in a file"), example_url("form"), key="n", icon="upload"),
            "package-import",
        ),
    )


def answer() -> BulkAnswer:
    """What a bulk action says when a part was refused."""
    refused = [
        Refused(
            "2011-04285",
            _("Period June 2011 is closed. Reverse it into July."),
            example_url("record"),
        ),
        Refused("2011-04279", _("Already reversed by 2011-04281."), example_url("record")),
    ]
    return BulkAnswer(48, refused)
