"""The press page: for everybody, what is published for it and not a word more."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from kantoor.departments.communication.actions.items.agreeing import (
    ask_items_approval,
)
from kantoor.departments.communication.actions.items.placing import schedule_item
from kantoor.departments.communication.actions.items.publishing import withdraw_item
from kantoor.departments.communication.actions.items.working import anything_due, publish_due
from kantoor.departments.communication.actions.items.writing import write_item
from kantoor.departments.communication.actions.pages.feeding import renew_feed_address
from kantoor.departments.communication.actions.pages.press import close_press_page, set_press_page
from kantoor.departments.communication.drafts_items import ItemDraft
from kantoor.departments.communication.errors import NotReady
from kantoor.departments.communication.queries.pages.press import press_page
from kantoor.departments.communication.tests.agreeing import agree
from kantoor.departments.communication.tests.pages.newsroom import Newsroom, signed_in
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.queries import queries

SECRET = "Bakker buys Oven"


def test_everybody_reads_what_is_published_for_the_press(room: Newsroom) -> None:
    room.published("An inside matter")
    code = room.published("Bakker buys Oven", kind="press", dutch="Bakker koopt Oven")
    page = Client().get(room.press).content.decode()
    assert "Bakker buys Oven" in page and "An inside matter" not in page
    assert "press@bakker.example" in page and "We bake since 1923." in page
    one = Client().get(f"{room.press}/{code}")
    assert "So it is." in one.content.decode() and "max-age=30" in one["Cache-Control"]
    dutch = Client().get(f"{room.press}/{code}?language=nl").content.decode()
    assert "Zo is het." in dutch


def test_a_closed_press_page_and_that_of_no_company_are_nothing(room: Newsroom) -> None:
    code = room.published("Bakker buys Oven", kind="press")
    close_press_page(room.nora)
    for address in (room.press, f"{room.press}/{code}", f"{room.press}/feed/rss"):
        assert Client().get(address).status_code == 404
    for nothing in ("999", "99999999999999"):
        assert Client().get(f"/communication/press/{nothing}").status_code == 404
    with pytest.raises(NotReady):
        close_press_page(room.nora)


def test_what_was_withdrawn_is_told_with_the_reason_alone(room: Newsroom) -> None:
    code = room.published("Bakker buys Oven", kind="press")
    withdraw_item(room.dirk, item=code, why="The sale is off.")
    answer = Client().get(f"{room.press}/{code}")
    page = answer.content.decode()
    assert answer.status_code == 410 and "The sale is off." in page and "Oven" not in page
    assert "Oven" not in Client().get(room.press).content.decode()
    assert "Oven" not in Client().get(f"{room.press}/feed/atom").content.decode()


def test_who_has_the_newest_feed_is_told_so(room: Newsroom) -> None:
    code = room.published("Bakker buys Oven", kind="press")
    feed = f"{room.press}/feed/rss"
    first = Client().get(feed)
    assert "Bakker buys Oven" in first.content.decode()
    known = {"if-none-match": first["ETag"]}
    assert Client().get(feed, headers=known).status_code == 304
    withdraw_item(room.dirk, item=code, why="No")
    assert Client().get(feed, headers=known).status_code == 200
    assert Client().get(f"{room.press}/feed/pdf").status_code == 404


def test_a_public_event_can_be_put_in_a_calendar(room: Newsroom) -> None:
    begins = timezone.now().replace(microsecond=0) + timedelta(days=3)
    code = room.published("Open day", kind="event", event_from=begins, on_press_page=True)
    file = Client().get(f"{room.press}/{code}/event.ics")
    assert Calendar.from_ical(file.content).walk("VEVENT")[0].decoded("DTSTART") == begins
    news = room.published("No event", kind="press")
    assert Client().get(f"{room.press}/{news}/event.ics").status_code == 404


def test_the_page_and_its_settings_in_the_house(room: Newsroom) -> None:
    page = signed_in("nora").get("/communication/press-page").content.decode()
    assert room.press in page and "Nora Smit" in page
    assert press_page(room.dirk).about == "We bake since 1923."
    with pytest.raises(InvalidInput):
        set_press_page(room.nora, contact="x" * 501)
    assert signed_in("eva").get("/communication/press-page").status_code == 403


def everywhere(room: Newsroom, who: Actor, code: str, token: str) -> list[str]:
    """Where the release can be seen: by somebody, by everybody, by page, feed, search and query."""
    name = who.name.lower()
    inside = [
        "/communication/news", f"/communication/news/{code}", "/communication/news?q=Oven",
        f"/communication/news/{code}/event.ics", "/communication", "/", "/search?q=Oven",
        "/search?q=Oven&format=palette",
    ]  # fmt: skip
    outside = [
        room.press, f"{room.press}/{code}", f"{room.press}/feed/rss", f"{room.press}/feed/atom",
        *(f"/intranet/{each}/{token}" for each in ("rss", "atom", "calendar")),
    ]  # fmt: skip
    visits = [(signed_in(name), inside), (Client(), outside)]
    answers = {each: client.get(each) for client, pages in visits for each in pages}
    seen = [each for each, answer in answers.items() if SECRET in answer.content.decode()]
    for query in queries():
        if query.name.startswith("communication.") and who.may(query.permission):
            with suppress(TypeError):  # those that ask for one thing
                seen += [query.name] if SECRET in repr(query.call(who)) else []
    return seen


def test_an_embargo_holds_everywhere_until_its_time_and_not_a_minute_longer(room: Newsroom) -> None:
    embargo = timezone.now() + timedelta(hours=3)
    draft = ItemDraft(kind="press", title=SECRET, body=f"{SECRET} for a lot.", language="en")
    code = write_item(room.nora, item=draft)
    schedule_item(room.nora, item=code, publish_at=embargo)
    ask_items_approval(room.nora, codes=[code])
    agree(room.dirk, code)
    ivan = room.house.person("ivan", "ict_manager")  # sees items, but none under embargo
    tokens = {each.name: renew_feed_address(each).token for each in (room.eva, ivan)}
    for who in (room.eva, ivan):
        assert everywhere(room, who, code, tokens[who.name]) == []
    assert not anything_due()
    assert publish_due(room.nora, now=embargo - timedelta(seconds=1)) == 0

    assert publish_due(room.nora, now=embargo) == 1
    seen = everywhere(room, room.eva, code, tokens["Eva"])
    assert {room.press, f"{room.press}/feed/rss", f"/communication/news/{code}"} <= set(seen)
    assert {"/search?q=Oven", f"/intranet/atom/{tokens['Eva']}", "communication.news"} <= set(seen)
