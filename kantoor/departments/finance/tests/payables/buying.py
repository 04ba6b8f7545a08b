"""Suppliers and purchase invoices in tests, made with few words."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from kantoor.departments.finance.actions.payables.entering import enter_purchase_invoices
from kantoor.departments.finance.actions.payables.posting import post_purchase_invoices
from kantoor.departments.finance.actions.payables.suppliers import create_suppliers
from kantoor.departments.finance.drafts_purchases import (
    PurchaseDraft,
    PurchaseEntered,
    PurchaseLineDraft,
    SupplierDraft,
)
from kantoor.departments.finance.models import Line, PurchaseInvoice
from kantoor.departments.finance.tests.people import PURCHASES, Books

PAYABLES, INPUT_VAT, RENT = "16011", "13305", "42101"
"""More accounts of the Dutch chart."""
BEFORE = date(2012, 10, 1)
"""From this day the Dutch standard rate is 21 %."""


def supplier(books: Books, code: str = "L1", **more: Any) -> str:
    """A supplier whose lines are purchases taxed at 21 %, unless said otherwise; gives the code."""
    given = {"account": PURCHASES, "tax": "P21", "country": "NL", **more}
    name = given.pop("name", f"Supplier {code}")
    create_suppliers(books.anne, suppliers=[SupplierDraft(code=code, name=name, **given)])
    return code


def bought(amount: int | None, **more: Any) -> PurchaseLineDraft:
    """A line of a purchase invoice that comes to so much, in cents."""
    return PurchaseLineDraft(**{"text": "Goods", "amount": amount, **more})


def purchase(
    reference: str, *lines: PurchaseLineDraft, on: str = "2026-03-02", **more: Any
) -> PurchaseDraft:
    """A purchase invoice of 100 euro from L1, unless said otherwise."""
    given = {"supplier": "L1", **more}
    drafts: Sequence[PurchaseLineDraft] = lines or (bought(10_000),)
    return PurchaseDraft(reference=reference, date=date.fromisoformat(on), lines=drafts, **given)


def enter(books: Books, *drafts: PurchaseDraft, **more: Any) -> list[PurchaseEntered]:
    """Enter purchase invoices as Anne."""
    return enter_purchase_invoices(books.anne, invoices=drafts, **more)


def post(books: Books, *numbers: str, **more: Any) -> None:
    """Post purchase invoices as Anne."""
    post_purchase_invoices(books.anne, invoices=numbers, **more)


def booked(number: str) -> dict[str, int]:
    """What the entry of a purchase invoice moves, by account."""
    moved: dict[str, int] = {}
    lines = Line.objects.filter(entry__purchase_invoice__number=number)
    for code, amount in lines.values_list("account__code", "amount"):
        moved[code] = moved.get(code, 0) + amount
    return moved


def state_of(number: str) -> str:
    """The state of a purchase invoice."""
    return PurchaseInvoice.objects.get(number=number).state
