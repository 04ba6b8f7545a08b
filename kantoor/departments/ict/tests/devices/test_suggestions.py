"""Colleagues are suggested as somebody types, beyond those that a page begins with."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kantoor.departments.ict.tests.cases.test_pages import browser
from kantoor.departments.ict.tests.devices.desk import Desk, begin
from kantoor.departments.ict.tests.people import Person, write_employees_for_test
from kantoor.kernel.pages.suggesting import MOST
from tests.founded import found

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    """Twelve hundred colleagues, of whom Zwaantje is the last by name."""
    desk = begin()
    people = [Person(f"N{n:04}", f"Anna {n:04}") for n in range(1200)]
    write_employees_for_test(desk.anne, people=[*people, Person("Z1", "Zwaantje <b>Ypma</b>")])
    other = found("Visser BV")
    write_employees_for_test(other.administrator, people=[Person("V1", "Zwaantje Visser")])
    return desk


def offered(user: str, words: str, *, of: str = "employees") -> list[tuple[str, str]]:
    """What a field called `party` gets for what was typed in it."""
    answer = browser(user).get(
        "/suggestions", {"of": of, "party": words}, headers={"HX-Trigger-Name": "party"}
    )
    assert answer.status_code == 200
    return re.findall(r'<option value="([^"]*)">(.*?)</option>', answer.content.decode())


def test_a_colleague_after_the_first_thousand_is_found_as_one_types(desk: Desk) -> None:
    assert offered("iris", "zwaan") == [("Z1", "Zwaantje &lt;b&gt;Ypma&lt;/b&gt;")]
    assert offered("iris", "N1199") == [("N1199", "Anna 1199")]
    assert len(offered("iris", "")) == len(offered("iris", "anna")) == MOST
    assert offered("iris", "nobody") == offered("iris", "zwaan", of="nothing") == []


def test_an_address_with_a_character_that_no_text_has_is_refused_in_words(desk: Desk) -> None:
    """PostgreSQL takes no NUL in a text."""
    visit = browser("iris")
    assert visit.get("/search?q=abca%00b").status_code == 200
    for path in ("suggestions?of=employees&q=", "ict/devices?q=", "ict/cases?state="):
        answer = visit.get(f"/{path}a%00b")
        assert answer.status_code == 400
        assert "NUL" in answer.content.decode()


def test_nothing_is_suggested_to_who_may_not_see_colleagues(desk: Desk) -> None:
    desk.house.person("eva", "employee")
    assert offered("eva", "zwaan") == []


def test_the_form_asks_as_one_types_and_begins_with_few(desk: Desk) -> None:
    visit = browser("iris")
    for path in ("hand-out", "take-back", "open-case"):
        page = visit.get(f"/ict/do/{path}").content.decode()
        assert 'hx-get="/suggestions?of=employees"' in page
        assert page.count('<option value="N0') == MOST
    with CaptureQueriesContext(connection) as asked:
        visit.get("/suggestions", {"of": "employees", "q": "zwaan"})
    assert len(asked) <= 8
