"""What sales writes is proved by the record: rows, numbers, and what was booked twice."""

from pathlib import Path

import pytest

from kantoor.departments.sales.actions.booking import Sold, book_sales
from kantoor.departments.sales.actions.orders import cancel_orders, confirm_orders, take_orders
from kantoor.departments.sales.actions.shop_customers import Shopper
from kantoor.departments.sales.errors import KnownAlready
from kantoor.departments.sales.events import OrdersMoved, OrdersTaken
from kantoor.departments.sales.models import Order
from kantoor.departments.sales.tests.people import Shop, an_order, row, shop_file
from kantoor.kernel.actions.events import subscribe
from kantoor.kernel.numbering.numbers import series_in_use
from kantoor.kernel.record.verify.system import verify


def test_everything_that_came_in_is_proved(shop: Shop, tmp_path: Path) -> None:
    shop.assortment()
    rows = [row(str(number)) for number in range(536365, 536375)]
    refused = row("600000", at="2999-01-01 10:00:00")
    shop.intake(shop_file(tmp_path / "1.csv", *rows, refused, row("C536379", quantity=-1)))
    shop.intake(shop_file(tmp_path / "2.csv", row("A1"), row("9", price="0", customer="")))
    take_orders(shop.anne, orders=[an_order(), an_order()])
    confirm_orders(shop.anne, numbers=["SO-000012"])
    cancel_orders(shop.anne, numbers=["SO-000013"])
    company = shop.anne.company_id
    used = {name: (first, last, count) for name, first, last, count in series_in_use()}
    assert used[f"sales.order/{company}"] == (1, 13, 13)
    assert used[f"sales.return/{company}"] == (1, 1, 1)
    found = verify()
    assert found.faults == [] and found.ok


def a_sale(reference: str) -> Sold:
    return Sold(
        kind="sale",
        shopper=Shopper("17850", "United Kingdom", "GB", "till"),
        source="till",
        reference=reference,
        event=reference,
        day="2011-06-01",
        country="GB",
        lines=[("LAMP", "Lamp", 2_000_000, 12_500_000, 2500)],
        net=2500,
    )


def test_what_was_booked_is_not_booked_again(shop: Shop) -> None:
    assert book_sales(shop.anne, sales=[a_sale("1")]) == [f"sales.order/{Order.objects.get().pk}"]
    with pytest.raises(KnownAlready):
        book_sales(shop.anne, sales=[a_sale("2"), a_sale("1")])
    assert shop.invoiced() == 2500


def test_orders_are_told_of_once_they_are_kept(shop: Shop) -> None:
    told: list[object] = []
    subscribe(OrdersTaken)(told.append)
    subscribe(OrdersMoved)(told.append)
    shop.assortment()
    take_orders(shop.anne, orders=[an_order(), an_order()])
    confirm_orders(shop.anne, numbers=["1"])
    company = shop.anne.company_id
    keys = list(Order.objects.order_by("pk").values_list("pk", flat=True))
    assert told == [
        OrdersTaken(company, range(keys[0], keys[1] + 1), "SO-000001", "SO-000002"),
        OrdersMoved(company, "confirmed", ("SO-000001",)),
    ]
