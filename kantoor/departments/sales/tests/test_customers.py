"""Customers and articles: made, changed, found; what they owe and may buy."""

from dataclasses import replace
from decimal import Decimal

import pytest

from kantoor.departments.sales.actions.articles import (
    ArticleChange,
    ArticleDraft,
    alter_article,
    alter_articles,
    create_article,
    create_articles,
)
from kantoor.departments.sales.actions.customers import (
    CustomerChange,
    CustomerDraft,
    alter_customer,
    alter_customers,
    create_customer,
    create_customers,
    set_credit_limit,
)
from kantoor.departments.sales.actions.invoices import invoice_order
from kantoor.departments.sales.actions.orders import confirm_order, take_order, take_orders
from kantoor.departments.sales.errors import (
    KnownAlready,
    OverCreditLimit,
    UnknownArticle,
    UnknownCustomer,
    WrongLine,
)
from kantoor.departments.sales.queries.articles import article, articles
from kantoor.departments.sales.queries.credit import customer_debt, may_buy
from kantoor.departments.sales.queries.customers import customer, customers
from kantoor.departments.sales.tests.people import DAY, Shop, an_order
from kantoor.kernel.actions.runner import NeedsSecondPair
from kantoor.kernel.actors.models import User
from kantoor.kernel.actors.users import add_user
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.numbering.numbers import series_in_use


@pytest.fixture
def desk(shop: Shop) -> Shop:
    """A shop with two articles and two customers."""
    shop.assortment()
    return shop


def test_a_customer_without_a_code_gets_the_next_of_our_own(desk: Shop) -> None:
    names = [CustomerDraft(name="Ada", kind="person"), CustomerDraft(name="Bob", code="B7")]
    assert create_customers(desk.anne, customers=names) == ["C00001", "B7"]
    assert create_customer(desk.anne, customer=CustomerDraft(name="Cas")) == "C00002"
    used = {series: last for series, _first, last, _count in series_in_use()}
    assert used[f"sales.customer/{desk.anne.company_id}"] == 2


def test_a_code_is_given_once(desk: Shop) -> None:
    with pytest.raises(KnownAlready):
        create_customer(desk.anne, customer=CustomerDraft(name="Ada", code="17850"))
    with pytest.raises(InvalidInput):
        create_customer(desk.anne, customer=CustomerDraft(name=" ", code="1"))
    with pytest.raises(InvalidInput):
        create_customer(desk.anne, customer=CustomerDraft(name="Ada", country="Atlantis"))
    with pytest.raises(InvalidInput):
        create_customer(desk.anne, customer=CustomerDraft(name="Ada", code="X" * 41))


def test_a_change_leaves_the_rest_as_it_was(desk: Shop) -> None:
    alter_customer(desk.anne, change=CustomerChange(code="12583", city="Lille", payment_days=14))
    shown = customer(desk.anne, code="12583")
    assert (shown.customer.name, shown.city, shown.customer.payment_days) == ("Fleur", "Lille", 14)
    with pytest.raises(UnknownCustomer):
        alter_customers(desk.anne, changes=[CustomerChange(code="nobody")])
    with pytest.raises(InvalidInput):
        alter_customer(desk.anne, change=CustomerChange(code="12583", name=""))


def test_the_register_shows_what_each_owes(desk: Shop) -> None:
    take_order(desk.anne, order=an_order())
    confirm_order(desk.anne, number="1")
    invoice_order(desk.anne, number="1", on=DAY)
    rows = {row.code: row for row in customers(desk.anne).rows}
    assert (rows["17850"].open, rows["17850"].overdue, rows["12583"].open) == (3000, 3000, 0)
    assert [row.code for row in customers(desk.anne, search="fleur").rows] == ["12583"]
    debt = customer_debt(desk.anne, customer="17850")
    assert (debt.open, debt.overdue, debt.currency) == (3000, 3000, "GBP")


def test_the_credit_limit_counts_debts_and_orders_under_way(desk: Shop) -> None:
    set_credit_limit(desk.anne, customer="17850", limit=6000)
    take_orders(desk.anne, orders=[an_order(), an_order(), an_order()])
    confirm_order(desk.anne, number="1")
    invoice_order(desk.anne, number="1", on=DAY)
    confirm_order(desk.anne, number="2")
    answer = may_buy(desk.anne, customer="17850", amount=500)
    assert (answer.may_buy, answer.room, answer.open, answer.under_way) == (True, 500, 3000, 2500)
    assert may_buy(desk.anne, customer="17850", amount=501).reason == "credit_limit"
    with pytest.raises(OverCreditLimit):
        confirm_order(desk.anne, number="3")
    set_credit_limit(desk.anne, customer="17850", limit=None)
    confirm_order(desk.anne, number="3")


def test_a_blocked_customer_may_buy_nothing(desk: Shop) -> None:
    alter_customer(desk.anne, change=CustomerChange(code="17850", blocked=True))
    assert may_buy(desk.anne, customer="17850").reason == "blocked"
    with pytest.raises(UnknownCustomer):
        may_buy(desk.anne, customer="nobody")


def test_a_limit_above_ones_own_needs_a_second_person(desk: Shop) -> None:
    add_user(desk.anne, sign_in="carl", name="Carl", password="eleven grey herons")
    clerk = replace(
        desk.anne,
        user_id=User.objects.get(sign_in="carl").pk,
        permissions=frozenset({"sales.set_credit_limit", "kernel.ask"}),
        limits={"sales.set_credit_limit": 100_000},
    )
    set_credit_limit(clerk, customer="17850", limit=100_000)
    for limit in (100_001, None):
        with pytest.raises(NeedsSecondPair):
            set_credit_limit(clerk, customer="17850", limit=limit)
    with pytest.raises(InvalidInput):
        set_credit_limit(desk.anne, customer="17850", limit=-1)


def test_customers_of_another_company_are_not_found(desk: Shop, other_shop: Shop) -> None:
    assert customers(other_shop.anne).rows == []
    with pytest.raises(UnknownCustomer):
        customer(other_shop.anne, code="17850")
    with pytest.raises(UnknownCustomer):
        customer_debt(other_shop.anne, customer="17850")


def test_articles_are_made_and_changed(desk: Shop) -> None:
    drafts = [ArticleDraft(code="CUP", name="Cup", unit_price=Decimal("1.25"))]
    assert create_articles(desk.anne, articles=drafts) == 1
    with pytest.raises(KnownAlready):
        create_article(desk.anne, article=drafts[0])
    alter_article(desk.anne, change=ArticleChange(code="CUP", unit_price=Decimal("1.35")))
    alter_articles(desk.anne, changes=[ArticleChange(code="VASE", active=False)])
    assert article(desk.anne, code="CUP").unit_price == Decimal("1.35")
    assert [row.code for row in articles(desk.anne, active=True).rows] == ["CUP", "LAMP"]
    with pytest.raises(UnknownArticle):
        alter_article(desk.anne, change=ArticleChange(code="SOAP", name="Soap"))
    with pytest.raises(WrongLine):
        alter_article(desk.anne, change=ArticleChange(code="CUP", unit_price=Decimal("-1")))
    with pytest.raises(UnknownArticle):
        take_order(desk.anne, order=an_order("17850", ("VASE", "1")))
