"""Companies, customers, articles and files for tests, made with few words."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec

from kantoor.departments.sales.actions.articles import ArticleDraft, create_articles
from kantoor.departments.sales.actions.customers import CustomerDraft, create_customers
from kantoor.departments.sales.drafts import LineDraft, OrderDraft
from kantoor.kernel.actions.registry import action_named
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.companies import create_company
from kantoor.kernel.intake.cloudevents import Event, structured
from kantoor.kernel.intake.eventhttp import events_from_http
from kantoor.kernel.intake.files import intake_file
from kantoor.kernel.intake.http import EventOutcome, take_events
from kantoor.kernel.intake.result import IntakeResult
from kantoor.kernel.store.lookup import fetch
from tests.remembered import remembered

FOUNDER = Actor(user_id=None, name="founder", company_id=0, permissions=frozenset({"*"}))
COLUMNS = (
    "InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID",
    "Country",
)  # fmt: skip
UK = "United Kingdom"
DAY = date(2011, 6, 1)


@dataclass(frozen=True)
class Shop:
    """A company that sells: `anne` may do everything, `bob` what a test gives him."""

    anne: Actor

    def bob(self, *permissions: str, **changes: Any) -> Actor:
        """Somebody with these permissions only."""
        return replace(self.anne, name="Bob", permissions=frozenset(permissions), **changes)

    def intake(self, path: Path, source: str = "webshop") -> IntakeResult:
        """Take in a file as Anne."""
        return intake_file(self.anne, path, source)

    def event(self, kind: str, data: Mapping[str, Any], id: str = "1") -> EventOutcome:
        """Hand in one event over HTTP."""
        event = Event(
            id=id,
            source="https://shop.example",
            type=f"kantoor.sales.{kind}",
            time=datetime(2011, 6, 1, 12, 0, tzinfo=UTC),
            data=msgspec.json.encode(data),
        )
        headers = {"Content-Type": "application/cloudevents+json"}
        return take_events(self.anne, events_from_http(headers, structured(event)))[0]

    def assortment(self) -> None:
        """Two articles and two customers."""
        create_articles(
            self.anne,
            articles=[
                ArticleDraft(code="LAMP", name="Lamp", unit_price=Decimal("12.50")),
                ArticleDraft(code="VASE", name="Vase", unit_price=Decimal("3.333")),
            ],
        )
        create_customers(
            self.anne,
            customers=[
                CustomerDraft(code="17850", name="Daisy Ltd", country="GB"),
                CustomerDraft(code="12583", name="Fleur", country="FR", kind="person"),
            ],
        )

    def invoiced(self) -> int:
        """Net of everything invoiced, credit notes taken off, in minor units."""
        rows = fetch(
            "SELECT sum(CASE kind WHEN 'invoice' THEN net ELSE -net END) FROM finance_invoice"
            " WHERE company_id = %s",
            [self.anne.company_id],
        )
        return int(rows[0][0] or 0)


def begin_shop(name: str, *, country: str = "GB", currency: str = "GBP", chart: str = "uk") -> Shop:
    """Found a company and set up its books."""
    return remembered(
        ("shop", name, country, currency, chart),
        lambda: _begun(name, country=country, currency=currency, chart=chart),
    )


def _begun(name: str, *, country: str, currency: str, chart: str) -> Shop:
    company = create_company(FOUNDER, name=name, country=country, currency=currency)
    anne = Actor(
        user_id=None,
        name="Anne",
        company_id=company,
        currency=currency,
        country=country,
        permissions=frozenset({"*"}),
    )
    set_up_books = action_named("finance.set_up_books")
    assert set_up_books is not None
    set_up_books.call(anne, chart=chart)
    return Shop(anne)


def row(
    number: str,
    article: str = "85123A",
    quantity: str | int = 6,
    price: str = "2.55",
    *,
    text: str = "HANGING HEART",
    at: str = "2010-12-01 08:26:00",
    customer: str = "17850.0",
    country: str = UK,
) -> tuple[str, ...]:
    """A row of the web shop's file."""
    return (number, article, text, str(quantity), at, price, customer, country)


def shop_file(path: Path, *rows: Sequence[str]) -> Path:
    """A file of the web shop with these rows."""
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([COLUMNS, *rows])
    return path


def an_order(customer: str = "17850", *lines: tuple[str, str], **more: Any) -> OrderDraft:
    """An order of articles with quantities."""
    drafts = [
        LineDraft(article=article, quantity=Decimal(quantity))
        for article, quantity in lines or (("LAMP", "2"),)
    ]
    return OrderDraft(customer=customer, lines=drafts, ordered_on=DAY, **more)
