"""The pages of the catalogue: chosen, filled in, decided on and worked off by hand."""

import pytest
from django.test import Client

from kantoor.departments.ict.actions.catalogue.arranging import add_catalogue_item
from kantoor.departments.ict.drafts_catalogue import FieldDraft, ItemDraft
from kantoor.departments.ict.tests.people import Desk
from kantoor.kernel.parties.actions import link_user
from tests.founded import PASSWORD


def browser(user: str) -> Client:
    client = Client()
    assert client.post("/sign-in", {"user": user, "password": PASSWORD}).status_code == 302
    return client


@pytest.fixture
def offered(desk: Desk) -> Desk:
    link_user(desk.anne, user="eva", party="E1")
    fields = [
        FieldDraft(label="Model", kind="choice", choices="A; B", required=True),
        FieldDraft(label="Pieces", kind="number", least=1, most=3),
        FieldDraft(label="On", kind="date"),
        FieldDraft(label="Device", kind="device"),
        FieldDraft(label="Who", kind="person"),
        FieldDraft(label="Why", kind="long"),
    ]
    add_catalogue_item(
        desk.anne,
        item=ItemDraft(
            code="phone", name="Telephone", fields=fields, approval="role", role="help_desk",
            tasks="Order it",
        ),
    )  # fmt: skip
    return desk


def test_an_employee_asks_and_a_colleague_agrees(offered: Desk) -> None:
    eva, bo = browser("eva"), browser("bo")
    assert "Telephone" in eva.get("/ict/catalogue").content.decode()
    assert "Telephone" not in eva.get("/ict/catalogue?q=nothing").content.decode()
    page = eva.get("/ict/catalogue/phone").content.decode()
    assert "answer-model" in page and "requester" not in page
    wrong = eva.post("/ict/catalogue/phone", {"answer-model": "A", "answer-pieces": "7"})
    assert wrong.status_code == 422 and "Hoogstens 3" in wrong.content.decode()
    sent = eva.post("/ict/catalogue/phone", {"answer-model": "A", "answer-pieces": "2"})
    assert (sent.status_code, sent["Location"]) == (302, "/ict/my-questions/REQ-000001")
    assert "Model" in eva.get(sent["Location"]).content.decode()
    assert "Telephone" in bo.get("/").content.decode()
    assert "Telephone" in bo.get("/ict/decisions").content.decode()
    assert "Model" in bo.get("/ict/decisions/REQ-000001").content.decode()
    assert eva.get("/ict/decisions/REQ-000001").status_code == 404
    given = {"at_once": "1", "number": "REQ-000001", "next": "/ict/decisions/REQ-000001"}
    assert bo.post("/ict/do/approve-request", given).status_code == 302
    case = bo.get("/ict/cases/REQ-000001").content.decode()
    assert "Order it" in case and "gaf akkoord" in case
    given = {"at_once": "1", "number": "REQ-000001", "places": "[1]", "done": "true"}
    assert bo.post("/ict/do/tick-tasks", given).status_code == 302
    assert "Order it" in bo.get("/ict/cases/REQ-000001").content.decode()


def test_the_desk_asks_for_a_colleague(offered: Desk) -> None:
    bo = browser("bo")
    assert "requester" in bo.get("/ict/catalogue/phone").content.decode()
    sent = bo.post("/ict/catalogue/phone", {"requester": "E2", "answer-model": "B"})
    assert sent["Location"] == "/ict/cases/REQ-000001"
    wrong = bo.post("/ict/catalogue/phone", {"requester": "E9", "answer-model": "B"})
    assert wrong.status_code == 422
    assert bo.get("/ict/catalogue-items").status_code == 200
    for address in ("/ict/catalogue/phone", "/ict/do/open-case"):
        assert '<option value="E2">Piet de Boer</option>' in bo.get(address).content.decode()
    assert "Piet de Boer" not in browser("eva").get("/ict/catalogue/phone").content.decode()
    assert bo.get("/ict/do/redirect-approvals?numbers=REQ-000001").status_code == 403
