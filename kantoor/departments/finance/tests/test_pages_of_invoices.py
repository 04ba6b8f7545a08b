"""Pages of what is paid in parts, prepaid, or in another currency, in both languages."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from html import unescape

import pytest
from django.test import Client

from kantoor.departments.finance.actions.currency.rates import set_rate
from kantoor.departments.finance.actions.instalments import TermDraft, set_payment_terms
from kantoor.departments.finance.actions.payables.entering import enter_purchase_invoices
from kantoor.departments.finance.actions.payables.suppliers import create_suppliers
from kantoor.departments.finance.actions.single_invoices import issue_invoice
from kantoor.departments.finance.drafts_invoices import InvoiceLineInput
from kantoor.departments.finance.drafts_purchases import SupplierDraft
from kantoor.departments.finance.tests.billing import add_customer_row
from kantoor.departments.finance.tests.payables.buying import bought, purchase
from kantoor.departments.finance.tests.people import PURCHASES
from tests.founded import House, found

DAY = date(2026, 3, 2)


@pytest.fixture
def house(db: None) -> House:
    """An invoice in two parts, a prepayment, and a purchase invoice in dollars."""
    house = found()
    anne = house.administrator
    house.person("cora", "controller")
    add_customer_row(anne, code="A", country="NL", vat_number="", person=False)
    set_rate(anne, currency="USD", date=DAY, rate=Decimal("1.25"))
    parts = [TermDraft(share=30), TermDraft(share=70, days=30)]
    set_payment_terms(anne, code="30/70", parts=parts)
    lines = [InvoiceLineInput(text="Boat", quantity=Decimal(1), unit_price=Decimal(100))]
    issue_invoice(anne, party="A", date=DAY, lines=lines, terms="30/70")
    issue_invoice(anne, party="A", date=DAY, lines=lines, prepayment=True)
    bill = SupplierDraft(code="L1", name="Supplier", country="NL", account=PURCHASES, tax="P21")
    create_suppliers(anne, suppliers=[bill])
    draft = purchase("F1", bought(10_000), currency="USD")
    enter_purchase_invoices(anne, invoices=[draft], post_them=True)
    return house


@pytest.fixture
def client(house: House) -> Client:
    client = Client()
    client.post("/sign-in", {"user": "cora", "password": "eleven grey herons"})
    return client


@pytest.mark.parametrize(
    ("address", "english", "dutch"),
    [
        ("invoices/2026-00001", ["Paid in parts", "2026-00001#2"], ["In delen betaald", "84,70"]),
        ("invoices/2026-00002", ["Prepayment invoice", "final invoice"], ["eindfactuur"]),
        ("prepayments", ["2026-00002", "100.00"], ["Vooruitbetalingen", "100,00"]),
        ("payment-terms", ["30/70", "70% after 30 days"], ["70% na 30 dagen"]),
        ("purchase-invoices/PI-000001", ["Booked in EUR", "96.80"], ["Geboekt in EUR", "USD"]),
        ("purchase-invoices", ["US$121.00"], ["US$"]),
        ("payables?on=2026-03-31", ["PI-000001", "96.80"], ["96,80"]),
        ("payables?on=2026-03-01", ["Nothing"], ["Niets"]),
        ("suppliers/L1", ["US$121.00"], ["US$"]),
        (
            'do/issue-invoice?party=A&deduct=["2026-00002"]',
            ["2026-00002", "Deduct prepayments", "Payment terms"],
            ["2026-00002", "Breng vooruitbetalingen in mindering"],
        ),
        ("do/set-payment-terms?code=30/70", ["70", "Share"], ["Aandeel"]),
        ("do/enter-purchase-invoice", ["Currency"], ["Valuta"]),
        ("do/settle-one", ["In the currency of the second"], ["In de valuta van de tweede"]),
    ],
)
def test_a_page_says_it(
    client: Client, address: str, english: Sequence[str], dutch: Sequence[str]
) -> None:
    for language, words in (("en", english), ("nl", dutch)):
        client.cookies["language"] = language
        answer = client.get(f"/finance/{address}")
        assert answer.status_code == 200
        said = unescape(answer.content.decode())
        assert not [each for each in words if each not in said]


def test_a_final_invoice_is_made_from_the_form(client: Client) -> None:
    client.cookies["language"] = "en"
    answer = client.post(
        "/finance/do/issue-invoice",
        {
            "lines-TOTAL_FORMS": "1", "lines-INITIAL_FORMS": "0", "party": "A", "date": "2026-03-10", "lines-0-text": "Boat", "lines-0-quantity": "1",
            "lines-0-unit_price": "500", "due_days": "30", "supply": "goods",
            "deduct": "2026-00002",
        },
    )  # fmt: skip
    assert answer.status_code == 302
    page = unescape(client.get("/finance/invoices/2026-00003").content.decode())
    assert "Deducts" in page
    assert "484.00" in page
