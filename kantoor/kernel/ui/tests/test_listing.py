import re
from datetime import date
from decimal import Decimal

from django.test import RequestFactory
from django.utils.translation import override

from kantoor.kernel.ui.address import Address
from kantoor.kernel.ui.cell_html import cell_html, phone_roles, row_cells
from kantoor.kernel.ui.cells import Link, Money, Party
from kantoor.kernel.ui.filters import Choice, Filter, boxes, read_filters
from kantoor.kernel.ui.listing import Column, ListPage, Row

FILTERS = [
    Filter("status", "Status", choices=[Choice("open", "Open"), Choice("paid", "Paid")]),
    Filter("date", "Date", "date_range"),
    Filter("total", "Total", "amount_range"),
    Filter("late", "Late", "boolean"),
]
COLUMNS = [
    Column("number", "Number", "link"),
    Column("customer", "Customer", "party"),
    Column("total", "Total", "money"),
    Column("note", "Note", default=False),
]


def at(query: str) -> Address:
    return Address.of(RequestFactory().get(f"/invoices?{query}"))


def page(query: str = "") -> ListPage:
    return ListPage(
        key="test", title="Invoices", address=at(query), columns=COLUMNS, rows=[], filters=FILTERS,
        next_cursor="abc", sort="-number",
    )  # fmt: skip


def test_filters_are_read_from_the_address() -> None:
    with override("en"):
        status, day, total, late = read_filters(
            FILTERS, at("status=open&status=paid&date_to=2011-06-30&total_min=1.000,50&late=0")
        )
    assert status.values == ("open", "paid")
    assert (day.start, day.end) == (None, date(2011, 6, 30))
    assert total.low == Decimal("1000.50")
    assert late.truth is False


def test_an_unknown_choice_narrows_to_nothing_known() -> None:
    assert read_filters(FILTERS, at("status=other"))[0].values == ()


def test_a_filter_that_cannot_be_read_says_so_and_narrows_nothing() -> None:
    with override("en"):
        day = read_filters(FILTERS, at("date_from=31-2-2011"))[0]
        chip = boxes(FILTERS, at("date_from=31-2-2011"))[1]
    assert day.start is None
    assert "is no date" in day.fault
    assert chip.active
    assert chip.fault == day.fault


def test_a_choice_that_there_is_not_is_said_and_narrows_nothing() -> None:
    for query, place, said in (
        ("status=other", 0, "other"),
        ("status=open&status=other", 0, "other"),
        ("late=maybe", 3, "maybe"),
    ):
        with override("en"):
            [asked] = read_filters(FILTERS, at(query))
            chip = boxes(FILTERS, at(query))[place]
        assert (asked.values, asked.truth) == ((), None)
        assert asked.fault == f"“{said}” is not among the choices. Choose anew."
        assert (chip.active, chip.words, chip.fault) == (True, "can't be read", asked.fault)
        assert not any(option.chosen for option in chip.options)


def test_a_chip_says_what_it_keeps_and_links_to_the_list_without_it() -> None:
    with override("en"):
        chips = boxes(FILTERS, at("status=open&date_from=2011-06-01&cursor=x&sort=total"))
    assert [chip.words for chip in chips] == ["Open", "from 1 Jun 2011", "", ""]
    assert chips[0].clear_url == "/invoices?date_from=2011-06-01&sort=total"


def test_a_head_sorts_and_sorts_the_other_way_when_pressed_again() -> None:
    assert page().head[0].direction == "descending"
    assert page().head[0].url == "/invoices?sort=number"
    assert page("sort=number&cursor=x").head[0].direction == "ascending"
    assert page("sort=number&cursor=x").head[0].url == "/invoices?sort=-number"


def test_the_address_chooses_columns() -> None:
    assert [c.key for c in page().chosen] == ["number", "customer", "total"]
    assert [c.key for c in page("columns=note&columns=number&columns=none").chosen] == [
        "note",
        "number",
    ]


def test_the_next_page_and_the_export_keep_the_filters() -> None:
    shown = page("status=open&cursor=x")
    assert shown.next_url == "/invoices?status=open&cursor=abc"
    assert shown.first_url == "/invoices?status=open"
    assert shown.export_links[0] == ("CSV", "/invoices?status=open&format=csv")
    assert shown.unfiltered_url == "/invoices"


def test_cells_are_escaped() -> None:
    row = Row(
        "1",
        {
            "number": Link("<b>", "javascript:"),
            "customer": Party("<i>", detail="&"),
            "total": Money(1),
        },
        "/1",
    )
    html = "".join(row_cells(row, tuple(COLUMNS[:3]), ("title", "meta", "figure")))
    assert "<b>" not in html
    assert "&lt;b&gt;" in html
    assert '<a class="k-main-link" href="/1">' in html
    assert "javascript:" not in html


def test_a_bare_number_has_the_title_of_its_column_with_it_for_a_phone() -> None:
    columns = (
        Column("name", "Queue", phone="title"),
        Column("share", "Satisfied, %", "number", phone="figure"),
        Column("answers", "Answers", "number"),
        Column("code", "Code"),
        Column("paid", "Paid", "money"),
        Column("total", "Total", "money", phone="figure"),
    )
    row = Row(
        "1",
        {
            "name": "Mail",
            "share": 67,
            "answers": 3,
            "code": "m",
            "paid": Money(1),
            "total": Money(2),
        },
    )
    titled = re.findall(
        'data-title="([^"]+)"', "".join(row_cells(row, columns, phone_roles(columns)))
    )
    assert titled == ["Satisfied, %", "Answers", "Paid"]


def test_nothing_is_shown_as_nothing() -> None:
    assert cell_html(None) == cell_html("") == ""
    with override("en"):
        assert cell_html(Money(0)) == "0.00"


def test_on_a_phone_a_row_has_one_title_and_one_figure() -> None:
    assert phone_roles(tuple(COLUMNS)) == ("title", "meta", "figure", "meta")
    named = (Column("a", "A"), Column("b", "B", phone="title"), Column("c", "C", phone="hidden"))
    assert phone_roles(named) == ("meta", "title", "hidden")
    said = (Column("a", "A"), Column("b", "B", "money"), Column("c", "C", "money", phone="figure"))
    assert phone_roles(said) == ("title", "meta", "figure")
