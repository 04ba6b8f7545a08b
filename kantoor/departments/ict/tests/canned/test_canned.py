"""Canned answers and templates: filled in, in the language of who asks, never twice over."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kantoor.departments.ict.actions.canned.answering import answer_case, answer_cases
from kantoor.departments.ict.actions.canned.keeping import (
    keep_canned_answer,
    keep_case_template,
    put_away_answers,
    put_away_templates,
)
from kantoor.departments.ict.drafts_canned import AnswerDraft, TemplateDraft
from kantoor.departments.ict.errors import UnknownText
from kantoor.departments.ict.queries.canned.texts import (
    answers_for,
    canned_answers,
    case_template,
    case_templates,
)
from kantoor.departments.ict.queries.cases.record import case
from kantoor.departments.ict.tests.people import Desk
from kantoor.kernel.errors import InvalidInput
from tests.founded import PASSWORD

ANSWER = AnswerDraft(
    code="again",
    name="Try again",
    text_nl="Beste {first_name}, probeer {number} nog eens. Groet, {me}",
    text_en="Dear {first_name}, try again.",
)


@pytest.fixture
def kept(desk: Desk) -> Desk:
    keep_canned_answer(desk.anne, answer=ANSWER)
    template = TemplateDraft(
        code="password", name="Password", title_nl="Wachtwoord van {requester}", kind="request",
        text_en="Forgotten", service="mail", queue="desk", urgency=1,
    )  # fmt: skip
    keep_case_template(desk.anne, template=template)
    return desk


def test_an_answer_is_filled_in_for_each_case_in_its_language(kept: Desk) -> None:
    numbers = [kept.opened("{me} {number}", requester="E1"), kept.opened(contact="Jan Smit")]
    answer_cases(kept.bo, numbers=numbers, answer="again")
    texts = [case(kept.bo, number=each).happened[-2].text for each in numbers]
    assert texts[0] == f"Beste Eva, probeer {numbers[0]} nog eens. Groet, {kept.bo.name}"
    # Nobody's language is known: that of the company goes.
    assert texts[1].partition(",")[0] in ("Beste Jan", "Dear Jan")
    answer_case(kept.bo, number=numbers[0], answer="again")
    with pytest.raises(UnknownText):
        answer_case(kept.bo, number=numbers[0], answer="never")


def test_a_text_with_a_place_that_is_none_is_refused(kept: Desk) -> None:
    for wrong in (
        AnswerDraft(code="x", name="X", text_nl="Dag {naam}"), AnswerDraft(code="x", name="X"),
        AnswerDraft(code="X y", name="X", text_nl="Dag"), AnswerDraft(code="x", name=" "),
        AnswerDraft(code="x", name="X", text_en="x" * 20_001),
    ):  # fmt: skip
        with pytest.raises(InvalidInput):
            keep_canned_answer(kept.anne, answer=wrong)
    with pytest.raises(InvalidInput):
        keep_case_template(kept.anne, template=TemplateDraft(code="x", name="X"))


def test_texts_are_said_anew_under_their_code_and_put_away(kept: Desk) -> None:
    keep_canned_answer(kept.anne, answer=AnswerDraft(code="again", name="New", text_en="Hello"))
    assert [(row.name, row.text_nl) for row in canned_answers(kept.bo)] == [("New", "")]
    put_away_answers(kept.anne, codes=["again"])
    put_away_templates(kept.anne, codes=["password"])
    assert not canned_answers(kept.bo) and not case_templates(kept.bo)
    with pytest.raises(UnknownText):
        put_away_answers(kept.anne, codes=["never"])
    with pytest.raises(UnknownText):
        case_template(kept.bo, code="password")


def test_many_answers_take_as_many_statements_as_few(kept: Desk) -> None:
    counts = []
    for many in (2, 12):
        numbers = [kept.opened(requester="E1") for _ in range(many)]
        with CaptureQueriesContext(connection) as asked:
            answer_cases(kept.bo, numbers=numbers, answer="again")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_pages_offer_answers_and_templates(kept: Desk) -> None:
    client = Client()
    client.post("/sign-in", {"user": "bo", "password": PASSWORD})
    number = kept.opened(requester="E1")
    page = client.get(f"/ict/cases/{number}").content.decode()
    assert f"Beste Eva, probeer {number} nog eens." in page
    assert answers_for(kept.bo, case_id=0) == []
    for address in ("/ict/canned-answers", "/ict/case-templates"):
        assert client.get(address).status_code == 200
    call = client.get("/ict/telephone?template=password&caller=E1").content.decode()
    assert "Wachtwoord van Eva Jansen" in call
    assert case_template(kept.bo, code="password", requester="E1").text == "Forgotten"
