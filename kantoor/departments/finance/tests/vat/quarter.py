"""A Dutch company with every kind of taxed transaction in one quarter, and the figures by hand."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from kantoor.departments.finance.actions.single_invoices import issue_invoice
from kantoor.departments.finance.actions.vat.filing import (
    Filed,
    file_vat_return,
    file_vat_supplement,
)
from kantoor.departments.finance.drafts import EntryDraft, LineDraft
from kantoor.departments.finance.drafts_invoices import InvoiceLineInput
from kantoor.departments.finance.queries.vat.returns import VatReturnCard
from kantoor.departments.finance.tests.billing import customer
from kantoor.departments.finance.tests.people import BANK, PURCHASES, SALES, VAT, Books
from kantoor.kernel.actions.context import approved

INPUT, REVERSED, LOST, SETTLED, DRAWINGS = "13305", "16210", "46445", "16225", "05011"

EXPECTED = {
    # Sold: 1,000.99 less 100.49 credited at 21 %, and 250.50 by hand; 89.90 at 9 %.
    "1a": (1_151_00, 241_00),  # 1,151.00; 210.21 - 21.10 + 52.61 = 241.72
    "1b": (89_00, 8_00),  # 89.90; 8.09
    "1d": (200_00, 42_00),
    "1e": (500_00, None),
    "2a": (800_00, 168_00),
    "3a": (300_00, None),
    "3b": (1_600_00, None),  # 700 of goods, 600 of services, 300 triangular
    "4a": (1_500_00, 315_00),  # a service of 500 and an import of 1,000
    "4b": (1_234_00, 259_00),  # 1,234.56; 259.26
    "5a": (None, 1_033_00),
    # 0.50 × 21 % of 100 = 10.50; 210 of 1,000; 42 at customs; and all that is reversed.
    "5b": (None, 1_005_00),
}
"""Boxes as they are filed: output down, input up, to whole euros."""


def taxed(on: str, *lines: tuple[str, int, str], base: int | None = None) -> EntryDraft:
    """An entry of account, amount and tax code; `base` is said on the last line."""
    last = len(lines) - 1
    return EntryDraft(
        date=date.fromisoformat(on),
        text="Taxed",
        lines=[
            LineDraft(
                account=account,
                amount=amount,
                tax=tax,
                tax_base=base if n == last else None,
            )
            for n, (account, amount, tax) in enumerate(lines)
        ],
    )


def reversed_purchase(on: str, code: str, base: int, tax: int) -> EntryDraft:
    """A purchase whose tax the company owes itself."""
    return taxed(
        on, (BANK, -base, ""), (PURCHASES, base, code), (INPUT, tax, code), (REVERSED, -tax, code)
    )


def bill(books: Books, party: str, on: str, price: str, tax: str = "", **more: object) -> str:
    """A sales invoice of one line; gives its number."""
    line = InvoiceLineInput(text="Goods", quantity=Decimal(1), unit_price=Decimal(price), tax=tax)
    made = issue_invoice(
        books.anne, party=party, date=date.fromisoformat(on), lines=[line],
        **more,  # type: ignore[arg-type]
    )  # fmt: skip
    return made.number


def a_quarter(books: Books) -> None:
    """Everything there is, between January and March 2024."""
    customer(books, "NL1")
    customer(books, "BE1", "BE", "BE0428759497")
    customer(books, "DE1", "DE", "DE136695976")
    customer(books, "US1", "US")
    bill(books, "NL1", "2024-01-10", "1000.99")
    bill(books, "NL1", "2024-01-20", "100.49", credit=True)
    bill(books, "NL1", "2024-02-10", "89.90", "S9")
    bill(books, "NL1", "2024-02-11", "500", "AED")
    bill(books, "US1", "2024-02-12", "300")
    bill(books, "DE1", "2024-02-13", "700")
    bill(books, "BE1", "2024-02-14", "600", supply="services")
    bill(books, "BE1", "2024-03-31", "300", "KT")
    bill(books, "NL1", "2024-03-01", "77", "E")
    books.post(
        taxed("2024-03-02", (BANK, 303_11, ""), (SALES, -250_50, "S21"), (VAT, -52_61, "S21")),
        taxed("2024-03-03", (DRAWINGS, 42_00, ""), (VAT, -42_00, "V21"), base=200_00),
        taxed("2024-03-04", (BANK, -1210_00, ""), (PURCHASES, 1000_00, "P21"),
              (INPUT, 210_00, "P21")),
        taxed("2024-03-05", (BANK, -121_00, ""), (PURCHASES, 100_00, "P21-50"),
              (INPUT, 10_50, "P21-50"), (LOST, 10_50, "P21-50")),
        taxed("2024-03-06", (BANK, -42_00, ""), (INPUT, 42_00, "PC21"), base=200_00),
        reversed_purchase("2024-03-07", "PR21", 800_00, 168_00),
        reversed_purchase("2024-03-08", "PX21", 500_00, 105_00),
        reversed_purchase("2024-03-09", "PI21", 1000_00, 210_00),
        reversed_purchase("2024-03-10", "PK21", 1234_56, 259_26),
        taxed("2024-03-11", (BANK, -50_00, ""), (PURCHASES, 50_00, "PE")),
        # The day before and the day after belong to other quarters.
        taxed("2023-12-31", (BANK, 121_00, ""), (SALES, -100_00, "S21"), (VAT, -21_00, "S21")),
        taxed("2024-04-01", (BANK, 121_00, ""), (SALES, -100_00, "S21"), (VAT, -21_00, "S21")),
    )  # fmt: skip


def boxes(card: VatReturnCard) -> dict[str, tuple[int | None, int | None]]:
    """The boxes that are not nought."""
    return {each.box: (each.base, each.tax) for each in card.boxes if each.base or each.tax}


def file(books: Books, period: str, **more: object) -> Filed:
    """File a return as two persons do."""
    with approved("finance.file_vat_return"):
        return file_vat_return(books.anne, period=period, **more)  # type: ignore[arg-type]


def supplement(books: Books, **more: object) -> Filed:
    """File a supplement as two persons do."""
    with approved("finance.file_vat_supplement"):
        return file_vat_supplement(books.anne, **more)  # type: ignore[arg-type]


def file_all(books: Books, periods: Iterable[str]) -> list[Filed]:
    """File these one after another."""
    return [file(books, each) for each in periods]
