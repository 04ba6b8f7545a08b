"""Customers by what they ordered, for audiences."""

from datetime import timedelta

from django.utils import timezone
from msgspec.structs import replace

from kantoor.departments.sales.actions.orders import cancel_order, confirm_order, take_order
from kantoor.departments.sales.tests.people import Shop, an_order
from kantoor.kernel.audiences import kind_named


def codes(shop: Shop, kind: str, *values: str) -> list[str]:
    found = kind_named(kind).find(shop.anne.company_id, list(values))
    return sorted(found.values_list("code", flat=True))


def test_customers_are_found_by_their_orders(shop: Shop, other_shop: Shop) -> None:
    shop.assortment()
    other_shop.assortment()
    take_order(other_shop.anne, order=an_order())
    assert codes(shop, "sales.customers") == ["12583", "17850"]
    placed = take_order(shop.anne, order=an_order("17850", ("LAMP", "1")))
    dropped = take_order(shop.anne, order=an_order("12583", ("VASE", "1")))
    assert codes(shop, "sales.orders_in_state", "placed") == ["12583", "17850"]
    confirm_order(shop.anne, number=placed.number)
    cancel_order(shop.anne, number=dropped.number)
    assert codes(shop, "sales.orders_in_state", "confirmed") == ["17850"]
    assert codes(shop, "sales.orders_in_state", "confirmed", "cancelled") == ["12583", "17850"]
    assert codes(shop, "sales.ordered_article", "LAMP") == ["17850"]
    assert codes(shop, "sales.ordered_article", "VASE") == []


def test_who_ordered_lately_is_told_from_who_did_long_ago(shop: Shop) -> None:
    shop.assortment()
    today = timezone.localdate()
    for customer, days in (("17850", 10), ("12583", 60)):
        order = replace(an_order(customer), ordered_on=today - timedelta(days=days))
        take_order(shop.anne, order=order)
    assert codes(shop, "sales.ordered_within", "30") == ["17850"]
    assert codes(shop, "sales.ordered_within", "30", "90") == ["12583", "17850"]
