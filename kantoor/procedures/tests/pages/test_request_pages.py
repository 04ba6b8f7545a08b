"""The pages of requests: what is offered, the form of each, one with its steps, and figures."""

import re

import pytest
from django.test import Client

from kantoor.procedures.actions.request_kinds import AskedField, KindDraft, keep_request_kind
from kantoor.procedures.models import AskedRequest, RequestKind
from kantoor.procedures.queries.request_kinds import request_kinds
from kantoor.procedures.tests.conftest import Office
from tests.founded import PASSWORD


def _browser(name: str, language: str = "en") -> Client:
    client = Client()
    assert client.post("/sign-in", {"user": name, "password": PASSWORD}).status_code == 302
    client.cookies["language"] = language
    return client


@pytest.fixture
def offered(office: Office) -> Office:
    """A copy of an invoice, within two working days."""
    draft = KindDraft(code="copy", name="Copy", name_nl="Kopie", role="bookkeeper", days=2)
    field = AskedField(name="which", label="Which", label_nl="Welke", required=True)
    keep_request_kind(office.anne, draft=draft, fields=[field])
    return office


def test_something_is_asked_taken_and_done_in_the_browser(offered: Office) -> None:
    dewi, bo = _browser("dewi"), _browser("bo")
    page = dewi.get("/procedures/ask").content.decode()
    assert "within 2 working days" in page
    wrong = dewi.post("/procedures/ask/copy", {"asked-which": ""})
    assert wrong.status_code == 422
    sent = dewi.post("/procedures/ask/copy", {"asked-which": "F-12"})
    assert sent["Location"] == "/procedures/requests/1"
    page = bo.get("/procedures/requests?whose=for_me").content.decode()
    assert "Copy: F-12" in page
    page = bo.get("/procedures/requests/1").content.decode()
    assert "take-request" in page
    bo.post("/procedures/do/take-request", {"request": "1", "at_once": "1"})
    said = {"request": "1", "text": "Of which year?", "at_once": "1"}
    bo.post("/procedures/do/remark-on-request", said)
    bo.post("/procedures/do/do-request", {"request": "1", "answer": "On your desk"})
    assert AskedRequest.objects.get().state == "done"
    page = dewi.get("/procedures/requests/1").content.decode()
    assert "On your desk" in page
    assert "Of which year?" in page
    assert re.search(r'k-badge">1<', dewi.get("/").content.decode()), "one notice is counted"
    assert "Done: Copy: F-12" in dewi.get("/today/notices").content.decode()


def test_what_one_may_do_stands_on_the_page_of_a_request(offered: Office) -> None:
    dewi = _browser("dewi", "nl")
    dewi.post("/procedures/ask/copy", {"asked-which": "F-12"})
    mine = dewi.get("/procedures/requests/1").content.decode()
    assert "withdraw-request" in mine
    assert "do-request" not in mine
    assert "Kopie: F-12" in mine
    offered.house.person("eva", "employee")
    assert _browser("eva").get("/procedures/requests/1").status_code == 404


def test_a_kind_is_changed_in_its_form_and_nothing_else_of_it_changes(offered: Office) -> None:
    offered.house.person("anne", "administrator")
    anne = _browser("anne")
    before = request_kinds(offered.anne)
    page = anne.get("/procedures/do/keep-request-kind?draft.code=copy").content.decode()
    assert 'value="Copy"' in page
    assert 'value="Which"' in page
    assert anne.get("/procedures/request-kinds").status_code == 200
    assert anne.get("/procedures/kept-times").status_code == 200
    assert request_kinds(offered.anne) == before
    assert RequestKind.objects.count() == 1
