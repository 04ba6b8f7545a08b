"""Every page of every desk: it opens for who may, for nobody else, in a bounded number of steps."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kantoor.kernel.actors.users import change_user
from kantoor.kernel.inboxes import sources
from kantoor.kernel.pages.desk import desks
from kantoor.kernel.pages.list_view import ListView
from kantoor.kernel.pages.view import View
from kantoor.kernel.parties.employees import EmployeeDraft, add_employee
from kantoor.shell.pages import urls
from tests.founded import House

SignedIn = Callable[..., Client]
VIEWS = [view for desk in desks() for view in desk.views if view.in_menu or type(view) is ListView]
LISTS = [view for view in VIEWS if isinstance(view, ListView)]
assert urls.urlpatterns


def named(view: View) -> str:
    return view.key


def of_an_administrator(house: House, signed_in: SignedIn, language: str = "en") -> Client:
    house.person("anne", "administrator")
    change_user(house.administrator, user="anne", administrator=True)
    # What is one's own is there for who works here.
    add_employee(house.administrator, employee=EmployeeDraft(name="Anne", sign_in="anne"))
    return signed_in("anne", language=language)


@pytest.mark.parametrize("language", ["en", "nl"])
def test_every_page_opens_for_an_administrator(
    house: House, signed_in: SignedIn, language: str
) -> None:
    browser = of_an_administrator(house, signed_in, language=language)
    for view in VIEWS:
        answer = browser.get(view.url)
        if answer.streaming:  # a file to take away
            assert answer.status_code == 200, view.key
            continue
        assert answer.status_code == 200, (view.key, answer.content)
        assert f'<html lang="{language}"' in answer.content.decode()


def test_no_page_shows_to_who_may_not_see_it(house: House, signed_in: SignedIn) -> None:
    house.person("bram", "employee")
    browser = signed_in("bram")
    hidden = [view for view in VIEWS if not view.shows_to(house.people["bram"])]
    assert len(hidden) > 5
    menu = browser.get("/").content.decode()
    for view in hidden:
        assert browser.get(view.url).status_code == 403, view.key
        assert f'href="{view.url}"' not in menu


def test_every_page_asks_who_it_is(db: None) -> None:
    browser = Client()
    for view in VIEWS:
        answer = browser.get(view.url)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/sign-in?next=")


@pytest.mark.parametrize("view", LISTS, ids=named)
def test_every_list_takes_a_bounded_number_of_statements(
    house: House, signed_in: SignedIn, view: ListView
) -> None:
    browser = of_an_administrator(house, signed_in)
    browser.get(view.url)
    with CaptureQueriesContext(connection) as asked:
        browser.get(view.url)
    # Session, person, companies, roles and duties: 6; the menu and the views: 3; the list: the rest.
    # The inbox over all departments asks each of its sources how much waits, and what comes first;
    # whose inboxes one works from is asked once for all of them, in two.
    most = 24 if view.key != "today.inbox" else 11 + 2 * len(sources(house.administrator))
    assert len(asked) <= most, [each["sql"] for each in asked]


@pytest.mark.parametrize("view", LISTS, ids=named)
def test_every_filter_of_a_list_is_one_that_its_query_takes(view: ListView) -> None:
    known = view.declared.parameters.__struct_fields__
    for narrow in view.narrows:
        assert set(narrow.parameters(view.declared)) <= set(known), narrow.key
    assert set(view.fixed) <= set(known)
    for bulk in view.bulk:
        assert bulk.parameter in bulk.declared.parameters.__struct_fields__


def test_every_list_sorts_by_what_its_heads_offer(house: House, signed_in: SignedIn) -> None:
    browser = of_an_administrator(house, signed_in)
    offered = [(view, col) for view in LISTS for col in view.columns if col.sort]
    for view, col in offered:
        answer = browser.get(f"{view.url}?sort=-{col.key}")
        assert answer.status_code == 200, (view.key, col.key)


def test_the_desks_have_pages_of_their_own(house: House, signed_in: SignedIn) -> None:
    browser = of_an_administrator(house, signed_in)
    for desk in desks():
        assert browser.get(desk.url).status_code == 200, desk.name
    bram = signed_in("bram", "employee")
    assert bram.get("/management").status_code == 403
