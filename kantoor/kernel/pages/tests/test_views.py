"""Records, reports, references, cards and search: declared by a department, shown by the framework."""

import csv
import io
import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import NotAllowed
from kantoor.kernel.pages.acts import act_for, url_of_action
from kantoor.kernel.pages.desk import desks
from kantoor.kernel.pages.references import links, page_of, parted, words_for
from kantoor.kernel.pages.report_view import Span, ends_near, spans_near
from kantoor.kernel.pages.search import found, search_in
from kantoor.kernel.pages.tests import demo
from kantoor.kernel.pages.today import Card, cards, today_card, together
from kantoor.kernel.ui.cells import Link
from kantoor.kernel.ui.today_page import Figure

NOBODY = Actor(user_id=2, name="Bram", company_id=1, permissions=frozenset({"x"}))
READER = Actor(user_id=2, name="Bram", company_id=1, permissions=frozenset({"demo.read"}))


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


# --- records


def test_a_record_shows_its_past_and_what_one_may_do(site: Client) -> None:
    demo.rename_people(demo.ANNE, users=[2], name="Kim")
    page = text_of(site.get("/demo/people/2"))
    assert re.search(r'<span class="k-kind">Colleague</span>\s*Kim', page)
    assert 'href="/kernel/do/rename-people?users=%5B2%5D"' in page
    assert re.search(r'method="post" action="/kernel/do/make-key"', page)
    assert "Rename people" in page  # in its history
    assert "More people" in page  # why it is there
    assert 'href="/management/record/' in page
    assert 'href="/demo/people"' in page  # the way back


def test_a_record_without_permission_shows_no_steps_nor_past(site: Client) -> None:
    demo.acting[0] = READER
    page = text_of(site.get("/demo/people/2"))
    assert "rename-people" not in page
    assert "side-history" not in page
    demo.acting[0] = NOBODY
    assert site.get("/demo/people/2").status_code == 403


def test_what_is_not_there_says_so(site: Client) -> None:
    answer = site.get("/demo/people/999")
    assert answer.status_code == 404
    assert "There is no such colleague." in text_of(answer)


# --- references


def test_references_are_looked_up_once_for_each_kind(site: Client) -> None:
    demo.asked_for.clear()
    pages = links(demo.ANNE, ["kernel.user/1", "kernel.user/2", "odd", "kernel.user/999", ""])
    assert set(pages) == {"kernel.user/1", "kernel.user/2"}
    assert demo.asked_for == [["1", "2", "999"]]
    assert words_for("kernel.user/1", pages["kernel.user/1"]) == "Colleague Person 0000"
    assert words_for("kernel.thing_of_old/7", None) == "thing of old 7"


@pytest.mark.parametrize(
    ("reference", "parts"),
    [
        ("finance.entry/12", ("finance.entry", "12")),
        ("record:7", ("record", "7")),
        ("event:webshop/536365", ("event", "webshop/536365")),
        ("nonsense", ("", "nonsense")),
    ],
)
def test_references_have_a_kind_and_a_key(reference: str, parts: tuple[str, str]) -> None:
    assert parted(reference) == parts


def test_a_kind_that_the_actor_may_not_see_has_no_links(site: Client) -> None:
    @page_of("demo.secret", title="Secret")
    def secrets(actor: Actor, keys: Any) -> dict[str, Link]:
        raise NotAllowed("no")

    assert links(demo.ANNE, ["demo.secret/1"]) == {}


# --- reports


def test_a_report_begins_with_its_own_period_and_takes_another(site: Client) -> None:
    page = text_of(site.get("/demo/totals"))
    assert "1 Jan 2011 to 30 Jun 2011" in page
    assert "181.00" in page
    assert 'href="/demo/people"' in page
    other = text_of(site.get("/demo/totals?from=2011-02-01&to=28-2-2011"))
    assert "28.00" in other
    assert re.search(r'aria-current="true">February<', other)


@pytest.mark.parametrize(
    ("query", "days"),
    [
        ("from=2011-06-30&to=2011-06-01", 30),  # the wrong way round
        ("from=31-2-2011&to=x", 181),
        ("to=2011-03-31", 90),
        ("from=2011-04-01", 91),
    ],
)
def test_odd_periods_are_read_as_well_as_can_be(site: Client, query: str, days: int) -> None:
    assert f"{days}.00" in text_of(site.get(f"/demo/totals?{query}"))


def test_a_report_is_a_file_too(site: Client) -> None:
    answer = site.get("/demo/totals?format=csv")
    rows = list(csv.reader(io.StringIO(answer.getvalue().decode().removeprefix("\ufeff"))))
    assert rows == [["Account", "Name", "Figure"], ["100", "Days", "181.00"]]
    assert site.get("/demo/totals?format=xlsx").status_code == 200
    demo.acting[0] = NOBODY
    assert site.get("/demo/totals?format=csv").status_code == 403


def test_the_periods_one_press_away_lie_around_the_one_shown() -> None:
    spans = dict(spans_near(Span(date(2011, 4, 1), date(2012, 2, 29))))
    assert spans["February"] == Span(date(2012, 2, 1), date(2012, 2, 29))
    assert spans["1st quarter"] == Span(date(2012, 1, 1), date(2012, 3, 31))
    assert spans["2011"] == Span(date(2011, 1, 1), date(2011, 12, 31))
    ends = [span.end for _name, span in ends_near(Span(date(2011, 1, 1), date(2011, 5, 3)))]
    assert ends == [date(2010, 12, 31), date(2011, 5, 31), date(2011, 6, 30), date(2011, 12, 31)]


def test_a_report_on_a_day_asks_the_day_alone(site: Client) -> None:
    page = text_of(site.get("/demo/on-day?to=2011-06-30"))
    assert 'name="from"' not in page
    assert "30 Jun 2011" in page


# --- cards and search


def test_cards_are_gathered_for_who_may_see_them() -> None:
    @today_card("demo", permission="demo.read", order=2)
    def second(actor: Actor) -> Card:
        return Card(figures=[Figure("Second", 2, "/")])

    @today_card("other", order=1)
    def first(actor: Actor) -> Card:
        return Card(figures=[Figure("First", 1, "/")])

    @today_card("demo")
    def refused(actor: Actor) -> Card:
        raise NotAllowed("no")

    labels = [figure.label for figure in together(list(cards(READER))).figures]
    assert labels == ["First", "Second"]
    assert [f.label for f in together(list(cards(NOBODY))).figures] == ["First"]
    assert [f.label for f in together(list(cards(READER, "demo"))).figures] == ["Second"]


def test_a_list_finds_its_rows_by_words(site: Client) -> None:
    search_in(demo.PEOPLE, icon="user", hint="kind")
    groups = list(found(demo.ANNE, "Person 0002", 5))
    assert [group.title for group in groups] == ["People"]
    item = groups[0].items[0]
    assert (item.title, item.url, item.hint) == ("Person 0002", "/demo/people/3", "person")
    assert list(found(NOBODY, "Person", 5)) == []
    assert len(next(found(demo.ANNE, "Person", 3)).items) == 3


# --- desks and buttons


def test_a_desk_shows_what_one_may_open() -> None:
    desk = next(desk for desk in desks() if desk.name == "demo")
    shown = desk.in_frame(READER, "/demo/totals")
    assert shown is not None
    assert [(r.title, r.active) for r in shown.registers] == [
        ("People", False),
        ("Totals", True),
        ("On a day", False),
    ]
    elsewhere = desk.in_frame(READER, "/finance")
    assert elsewhere is not None
    assert not elsewhere.registers
    assert desk.in_frame(NOBODY, "/demo") is None


def test_a_button_carries_what_is_known() -> None:
    url = url_of_action("kernel.set_limit", {"user": "anne", "limit_minor": 5, "on": None})
    assert url == "/kernel/do/set-limit?user=anne&limit_minor=5"
    at_once = act_for(demo.ANNE, "kernel.make_key", {"user": "anne"}, at_once=True, back="/x")
    assert at_once is not None
    assert at_once.method == "post"
    assert dict(at_once.fields) == {"user": "anne", "next": "/x", "at_once": "1"}
    assert act_for(NOBODY, "kernel.make_key") is None
