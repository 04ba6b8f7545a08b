"""Pages: an expense entered with its picture, handed in, approved and looked at."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kantoor.departments.hr.models import ExpenseLine
from kantoor.departments.hr.tests.expenses.office import PNG, Office
from tests.founded import PASSWORD


def signed_in(name: str) -> Client:
    client = Client()
    answer = client.post("/sign-in", {"user": name, "password": PASSWORD})
    assert answer.status_code == 302, answer.content[:500]
    return client


def test_an_expense_goes_from_a_picture_to_the_books(office: Office) -> None:
    emma, mo, carla = signed_in("emma"), signed_in("mo"), signed_in("carla")
    form = emma.get("/hr/my-claims/expense")
    assert b'type="file"' in form.content and b"image/*" in form.content
    given: dict[str, object] = {
        "category": "tools", "amount": "60,50", "date": "2026-03-10", "currency": "EUR",
        "text": "Drill", "receipt": SimpleUploadedFile("bon.png", PNG),
    }  # fmt: skip
    answer = emma.post("/hr/my-claims/expense", given)
    assert answer.status_code == 302, answer.content.decode()
    url = answer["Location"]
    assert url == "/hr/claims/EX-000001"
    del given["receipt"]
    again = emma.post("/hr/my-claims/expense", {**given, "category": "km", "amount": ""})
    assert again.status_code == 422 and b"kilometers" in again.content
    number = {"claim": "EX-000001", "at_once": "1", "next": url}
    assert emma.post("/hr/do/submit-claim", number)["Location"] == url
    assert b"EX-000001" in mo.get("/hr/claims-to-decide").content
    line = ExpenseLine.objects.get()
    receipt = mo.get(f"/hr/receipts/{line.pk}")
    assert b"".join(receipt.streaming_content) == PNG  # type: ignore[attr-defined]
    assert receipt["X-Content-Type-Options"] == "nosniff"
    mo.post("/hr/do/approve-claim", number)
    carla.post("/hr/do/post-claim", number)
    page = emma.get(url).content
    assert b"Geboekt" in page and b"Drill" in page and b"volgende betalingen" in page
    assert b"EX-000001" in carla.get("/hr/claims").content


def test_pages_of_others_are_refused(office: Office) -> None:
    number = office.claimed()
    office.staff.house.person("sara", "employee")
    sara = signed_in("sara")
    assert sara.get(f"/hr/claims/{number}").status_code == 404
    line = ExpenseLine.objects.get()
    assert sara.get(f"/hr/receipts/{line.pk}").status_code == 404
    assert sara.get("/hr/claims").status_code == 403
    assert signed_in("helen").get("/hr/expense-categories").status_code == 200
