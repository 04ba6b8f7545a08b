"""Payables in the browser and at the console: every page opens, and files come in by both."""

from io import BytesIO

import pytest
from django.test import Client

from kantoor.departments.finance.models import PurchaseInvoice
from kantoor.departments.finance.tests.payables.arriving import PNG, ubl
from kantoor.departments.finance.tests.people import PURCHASES
from tests.complete_payables import buying
from tests.founded import PASSWORD, House, found

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    """A bakery that bought something; Bo is its bookkeeper, Cas its controller."""
    house = found()
    buying(house.administrator, PURCHASES)
    house.person("bo", "bookkeeper")
    house.person("cas", "controller")
    return house


def client_of(sign_in: str) -> Client:
    """Somebody's browser."""
    client = Client()
    answer = client.post("/sign-in", {"user": sign_in, "password": PASSWORD})
    assert answer.status_code == 302
    return client


PAGES = [
    "/",
    "/finance",
    "/finance/purchase-invoices",
    "/finance/purchase-invoices?status=waiting&flagged=1",
    "/finance/purchase-invoices?q=F1",
    "/finance/purchase-invoices/PI-000001",
    "/finance/purchase-invoices/PI-000003",
    "/finance/payables",
    "/finance/payables?overdue=1",
    "/finance/payables-by-age",
    "/finance/purchase-orders",
    "/finance/purchase-orders/PO-000001",
    "/finance/suppliers",
    "/finance/suppliers/V1",
    "/finance/bring-in-invoices",
    "/finance/do/enter-purchase-invoice?supplier=V1",
    "/finance/do/order-purchase",
    "/finance/do/create-supplier",
]


def test_every_page_opens(house: House) -> None:
    client = client_of("bo")
    for language in ("en", "nl"):
        for page in PAGES:
            answer = client.get(page, headers={"accept-language": language}, follow=True)
            assert answer.status_code == 200, f"{page}: {answer.content[:500]!r}"


def test_the_form_of_a_supplier_begins_with_what_is_known(house: House) -> None:
    client = client_of("bo")
    answer = client.get("/finance/do/alter-supplier", {"change.code": "V1"})
    assert answer.status_code == 200
    assert b"Leverancier V1" in answer.content
    answer = client.get("/finance/do/alter-purchase-invoice", {"invoice": "PI-000003"})
    assert b"F2-V1" in answer.content
    assert b"100.00" in answer.content or b"100,00" in answer.content


def test_files_are_brought_in_and_served_sealed(house: House) -> None:
    client = client_of("bo")
    files = [BytesIO(ubl("77")), BytesIO(PNG)]
    files[0].name, files[1].name = "77.xml", "scan.png"
    answer = client.post("/finance/bring-in-invoices", {"files": files})
    assert answer.status_code == 200
    assert b"PI-000005" in answer.content
    assert b"PI-000006" in answer.content
    picture = client.get("/finance/purchase-invoices/PI-000006/file")
    assert picture["Content-Type"] == "image/png"
    assert "sandbox" in picture["Content-Security-Policy"]
    assert picture["X-Frame-Options"] == "SAMEORIGIN"
    xml = client.get("/finance/purchase-invoices/PI-000005/file")
    assert xml["Content-Type"] == "application/octet-stream"
    assert xml["Content-Disposition"].startswith("attachment")
    assert client.get("/finance/purchase-invoices/PI-000006").status_code == 200
    one = BytesIO(ubl("78"))
    one.name = "78.xml"
    to = client.post("/finance/bring-in-invoices", {"files": [one]})
    assert to.status_code in (200, 302)
    again = client.post("/finance/bring-in-invoices", {"files": [BytesIO(b"<html></html>")]})
    assert b"not_an_invoice" in again.content
    assert PurchaseInvoice.objects.count() == 7


def test_who_may_not_see_payables_sees_none(house: House) -> None:
    house.person("eva", "sales_desk")
    client = Client()
    client.post("/sign-in", {"user": "eva", "password": PASSWORD})
    for page in ("/finance/purchase-invoices", "/finance/purchase-invoices/PI-000001/file"):
        assert client.get(page).status_code in (302, 403, 404)


def test_an_order_is_a_pdf(house: House) -> None:
    answer = client_of("bo").get("/finance/purchase-orders/PO-000001/pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")


def test_bulk_posting_goes_through_the_action(house: House) -> None:
    client = client_of("cas")
    answer = client.post(
        "/finance/purchase-invoices/bulk/finance-post-purchase-invoices",
        {"selected": ["PI-000001"]},
        follow=True,
    )
    assert answer.status_code == 200
    assert "PI-000001" in answer.content.decode()
