"""A register from one declaration: its page, filters, views, bulk actions; statements bounded."""

import re
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import User
from kantoor.kernel.pages.tests import demo

LIST = "/demo/people"


def text_of(site: Client, query: str = "", **headers: str) -> str:
    answer = site.get(f"{LIST}?{query}", headers=headers)
    assert answer.status_code == 200, answer.content
    return answer.content.decode()


def names_in(page: str) -> list[str]:
    return re.findall(r'class="k-main-link"[^>]*>=?Person (\d+)<', page)


def test_the_page_shows_rows_sums_and_count(site: Client) -> None:
    page = text_of(site)
    assert names_in(page) == ["0003", "0000", "0001", "0002", "0004"]  # "=Person" comes first
    assert "123.45" in page
    assert "<b data-shown>5</b> of <b>5</b>" in page
    assert 'href="/demo/people/1"' in page


def test_pages_follow_each_other_by_cursor(site: Client) -> None:
    demo.more_people(demo.ANNE, people=70)
    first = text_of(site)
    following = re.search(r'data-more href="([^"]+)"', first)
    assert following is not None
    second = site.get(following[1].replace("&amp;", "&")).content.decode()
    assert len(names_in(first)) == 50
    assert len(names_in(second)) == 25
    assert not set(names_in(first)) & set(names_in(second))


def test_the_number_of_statements_does_not_grow_with_the_rows(site: Client) -> None:
    with CaptureQueriesContext(connection) as few:
        text_of(site)
    demo.more_people(demo.ANNE, people=200)
    with CaptureQueriesContext(connection) as many:
        text_of(site)
    assert len(many) == len(few) <= 6


def test_a_swap_gets_the_part_alone(site: Client) -> None:
    part = text_of(site, **{"HX-Request": "true", "HX-Target": "list"})
    assert "<html" not in part
    assert 'id="list"' in part
    restored = {"HX-Request": "true", "HX-Target": "list", "HX-History-Restore-Request": "true"}
    assert "<html" in text_of(site, **restored)


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("kind=machine", 1),
        ("kind=person&kind=machine", 1),  # the query takes one: the last that was chosen
        ("q=0002", 1),
        ("since_from=2099-01-01", 0),
        ("since_to=2099-01-01", 10),
        ("since_from=31-2-2011", 10),  # can't be read: narrows nothing, and says so
        ("balance_min=2,00&balance_max=4", 3),
        ("kind=robot", 10),  # is no choice: likewise
    ],
)
def test_filters_narrow_through_the_query(site: Client, query: str, count: int) -> None:
    demo.more_people(demo.ANNE, people=5)
    assert len(names_in(text_of(site, query))) == count


def test_a_choice_that_there_is_not_is_said_on_the_page(site: Client) -> None:
    assert "is-faulty" not in text_of(site, "kind=machine")
    page = text_of(site, "kind=robot")
    assert "is-faulty" in page
    assert "“robot” is not among the choices" in page or "‘robot’ staat niet bij" in page


def test_sorting_goes_to_the_query_and_unknown_keys_are_left_aside(site: Client) -> None:
    assert names_in(text_of(site, "sort=-balance"))[0] == "0004"
    assert names_in(text_of(site, "sort=password"))[0] == "0003"


def test_columns_are_chosen_in_the_address(site: Client) -> None:
    page = text_of(site, "columns=id&columns=name")
    head = re.findall(r'data-column="(\w+)"', page)
    assert head == ["id", "name"]


def test_tabs_set_a_part_of_the_address(site: Client) -> None:
    page = text_of(site, "kind=machine&sort=-name")
    assert re.search(r'href="/demo/people\?sort=-name&amp;kind=machine" aria-current="page"', page)
    assert 'href="/demo/people?sort=-name"' in page


def test_a_made_up_cursor_is_refused(site: Client) -> None:
    assert site.get(f"{LIST}?cursor=abc").status_code == 400


def test_without_permission_there_is_no_page_and_no_file(site: Client) -> None:
    demo.acting[0] = Actor(user_id=2, name="Bram", company_id=1, permissions=frozenset({"x"}))
    for query in ("", "?format=csv", "?format=xlsx"):
        assert site.get(LIST + query).status_code == 403


def test_who_is_signed_out_comes_back_after_signing_in(site: Client) -> None:
    demo.acting[0] = None
    answer = site.get(f"{LIST}?kind=machine")
    assert answer.status_code == 302
    assert answer["Location"] == "/sign-in?" + urlencode({"next": f"{LIST}?kind=machine"})
    part = site.get(LIST, headers={"HX-Request": "true"})
    assert part["HX-Redirect"].startswith("/sign-in")


def test_nothing_yet_says_what_to_do(site: Client) -> None:
    User.objects.all().query.clear_ordering()
    page = text_of(site, "since_from=2099-01-01")
    assert "Nothing matches these filters" in page


# --- saved views


def test_a_view_is_kept_opened_and_forgotten(site: Client) -> None:
    address = f"{LIST}?kind=machine&sort=-name&cursor=x"
    kept = site.post(f"{LIST}/views", {"address": address, "title": "Robots"})
    assert kept["Location"] == f"{LIST}?kind=machine&sort=-name"
    page = text_of(site, "kind=machine&sort=-name")
    assert re.search(r'href="/demo/people\?kind=machine&amp;sort=-name" aria-current="true"', page)
    forget = re.search(r'action="(/demo/people/views/\d+/forget)"', page)
    assert forget is not None
    demo.acting[0] = Actor(user_id=2, name="Bram", company_id=1, permissions=frozenset({"*"}))
    assert site.post(forget[1]).status_code == 404
    assert "Robots" not in text_of(site)
    demo.acting[0] = demo.ANNE
    site.post(forget[1])
    assert "Robots" not in text_of(site).replace("View “Robots” is kept.", "")


def test_a_view_needs_a_name(site: Client) -> None:
    site.post(f"{LIST}/views", {"address": LIST, "title": "  "})
    assert "Give the view a name." in text_of(site)


# --- bulk actions


def test_a_bulk_action_is_done_at_once_with_one_answer(site: Client) -> None:
    chosen = {"selected": ["1", "2", "3"], "kind": "person"}
    answer = site.post(f"{LIST}/bulk/kernel-close-accounts", chosen)
    assert answer["Location"] == f"{LIST}?kind=person"
    page = text_of(site, "kind=person")
    assert "2 done" in page
    assert "Anne stays." in page
    assert User.objects.filter(active=False).count() == 2
    assert "Anne stays." not in text_of(site)


def test_everything_is_what_is_filtered(site: Client) -> None:
    demo.more_people(demo.ANNE, people=200)
    chosen = {"everything": "1", "kind": "machine"}
    site.post(f"{LIST}/bulk/kernel-close-accounts", chosen)
    assert User.objects.filter(active=False).count() == 20
    assert not User.objects.filter(active=False, kind="person").exists()


def test_a_bulk_action_that_asks_more_shows_a_form_first(site: Client) -> None:
    url = f"{LIST}/bulk/kernel-rename-people"
    form = site.post(url, {"selected": ["2", "3"], "sort": "-name"}).content.decode()
    assert "This is done to 2 rows." in form
    assert re.findall(r'name="selected" value="(\d)"', form) == ["2", "3"]
    wrong = site.post(url, {"selected": ["2", "3"], "asked": "1", "name": ""})
    assert wrong.status_code == 422
    assert "Fill this in." in wrong.content.decode()
    asked = {"selected": ["2", "3"], "asked": "1", "name": "Kim", "sort": "-name"}
    assert site.post(url, asked)["Location"] == f"{LIST}?sort=-name"
    assert set(User.objects.filter(name="Kim").values_list("pk", flat=True)) == {2, 3}


def test_what_refuses_is_named_and_nothing_is_done(site: Client) -> None:
    asked = {"selected": ["2", "3"], "asked": "1", "name": "Nobody"}
    site.post(f"{LIST}/bulk/kernel-rename-people", asked)
    page = text_of(site)
    assert "This name is taken." in page
    assert re.search(r"<td>3</td>\s*<td>This name is taken", page)


def test_nothing_selected_is_said(site: Client) -> None:
    site.post(f"{LIST}/bulk/kernel-close-accounts", {})
    assert "Select rows first." in text_of(site)


def test_rows_that_are_no_rows_are_refused(site: Client) -> None:
    answer = site.post(f"{LIST}/bulk/kernel-close-accounts", {"selected": ["1; DROP"]})
    assert answer.status_code == 400


def test_a_bulk_action_is_not_offered_nor_done_without_permission(site: Client) -> None:
    demo.acting[0] = Actor(
        user_id=2, name="Bram", company_id=1, permissions=frozenset({"demo.read"})
    )
    assert "Close accounts" not in text_of(site)
    answer = site.post(f"{LIST}/bulk/kernel-close-accounts", {"selected": ["2"]})
    assert answer.status_code == 403
    assert not User.objects.filter(active=False).exists()


def test_bulk_actions_are_posted(site: Client) -> None:
    assert site.get(f"{LIST}/bulk/kernel-close-accounts").status_code == 405
