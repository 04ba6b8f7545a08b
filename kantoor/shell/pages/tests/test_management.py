"""Management: people and their roles, who may do what, and the record with its proofs."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from kantoor.kernel.actors.models import User
from kantoor.kernel.record.auditor import check
from kantoor.kernel.record.models import Record
from tests.founded import House, found

SignedIn = Callable[..., Client]


@pytest.fixture
def anne(house: House, signed_in: SignedIn) -> Client:
    return signed_in("anne", "administrator")


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_colleague_is_added_and_the_password_shown_once(anne: Client) -> None:
    form = text_of(anne.get("/kernel/do/add-user"))
    assert re.search(r'type="checkbox" name="roles" value="bookkeeper"', form)
    typed = {"sign_in": "kim@example.com", "name": "Kim", "kind": "person", "roles": ["bookkeeper"]}
    answer = anne.post("/kernel/do/add-user", typed)
    assert answer.status_code == 200
    assert "shown once" in text_of(answer)
    assert answer["Cache-Control"] == "no-store"
    assert re.search(r"[a-z0-9]{5}-[a-z0-9]{5}", text_of(answer))
    page = text_of(anne.get("/management/people/kim@example.com"))
    assert "Bookkeeper" in page
    assert "Add a user" in page


def test_a_user_s_details_are_filled_in_and_changed(anne: Client) -> None:
    url = "/kernel/do/change-user?user=anne&next=/management/people/anne"
    form = text_of(anne.get(url))
    assert 'name="name" value="Anne"' in form
    typed = {"user": "anne", "name": "Anne Bakker", "email": "a@b.nl", "language": "nl"}
    typed["administrator"] = ""
    answer = anne.post(url, typed)
    assert answer.status_code == 302, text_of(answer)
    assert answer["Location"] == "/management/people/anne"
    assert User.objects.get(sign_in="anne").name == "Anne Bakker"


def test_a_role_is_given_and_taken_away(house: House, anne: Client) -> None:
    house.person("bo", "employee")
    anne.post("/kernel/do/grant-role?user=bo", {"user": "bo", "role": "bookkeeper"})
    assert "Bookkeeper" in text_of(anne.get("/management/people/bo"))
    take = {"user": "bo", "role": "bookkeeper", "at_once": "1", "next": "/management/people/bo"}
    assert anne.post("/kernel/do/end-grant", take)["Location"] == "/management/people/bo"
    assert "Bookkeeper" not in text_of(anne.get("/management/people/bo")).partition("History")[0]


def test_a_refusal_stands_at_its_field(anne: Client) -> None:
    typed = {"sign_in": "anne", "name": "Anne", "kind": "person", "roles": ["employee"]}
    answer = anne.post("/kernel/do/add-user", typed)
    assert answer.status_code == 422
    assert 'href="#id_sign_in"' in text_of(answer)
    assert "is taken" in text_of(answer)


def test_the_matrix_has_every_permission_against_every_role(anne: Client) -> None:
    page = text_of(anne.get("/management/permissions"))
    assert "<code>kernel.manage_users</code>" in page
    assert "Bookkeeper" in page
    assert "Add a user" in page


# --- the record


def test_an_act_shows_what_it_wrote_and_why(anne: Client) -> None:
    seq = Record.objects.filter(action="kernel.add_user").order_by("-seq").first()
    assert seq is not None
    page = text_of(anne.get(f"/management/record/{seq.seq}"))
    assert "kernel_user" in page
    assert "User Anne" in page


def test_the_proof_of_an_act_is_a_file_that_an_auditor_can_check(anne: Client) -> None:
    last = Record.objects.exclude(company_id=0).order_by("-seq").first()
    assert last is not None
    answer = anne.get(f"/management/record/{last.seq}?format=proof")
    proof = json.loads(answer.content)
    assert "attachment" in answer["Content-Disposition"]
    assert check(proof) == []


def test_the_record_names_things_and_links_them(anne: Client) -> None:
    page = text_of(anne.get("/management/record?action=kernel.add_user"))
    assert "User Anne" in page
    assert 'href="/management/people/anne"' in page


def test_refusals_are_a_tab_of_the_record(house: House, anne: Client) -> None:
    anne.post(
        "/kernel/do/add-user",
        {"sign_in": "anne", "name": "x", "kind": "person", "roles": ["employee"]},
    )
    page = text_of(anne.get("/management/record?outcome=refused"))
    assert "Add a user" in page


def test_the_record_of_another_company_is_not_found(house: House, anne: Client) -> None:
    found("Garage Vos")
    last = Record.objects.exclude(company_id__in=[0, house.company.pk]).order_by("-seq").first()
    assert last is not None
    assert anne.get(f"/management/record/{last.seq}").status_code == 404
    assert anne.get("/management/record/999999").status_code == 404
