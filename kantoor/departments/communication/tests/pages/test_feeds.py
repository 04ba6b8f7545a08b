"""Feeds and calendars: what other programs follow, by an address that opens nothing else."""

import re
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from kantoor.departments.communication.actions.items.publishing import withdraw_item
from kantoor.departments.communication.actions.pages.feeding import (
    renew_feed_address,
    withdraw_feed_address,
)
from kantoor.departments.communication.queries.pages.feeds import feed_address_made
from kantoor.departments.communication.tests.pages.newsroom import Newsroom, signed_in
from kantoor.kernel.actors.tokens import create_token

ATOM = "{http://www.w3.org/2005/Atom}"
PAGE = "/communication/feeds"


def titles(answer: object) -> list[str]:
    found = ElementTree.fromstring(answer.content)  # type: ignore[attr-defined]
    each = found.iter("item") if found.tag == "rss" else found.iter(f"{ATOM}entry")
    return [item.findtext("title") or item.findtext(f"{ATOM}title") or "" for item in each]


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_a_feed_carries_what_its_owner_sees_and_follows_what_is_withdrawn(
    room: Newsroom, form: str
) -> None:
    room.published("First <news> & more", "With a [link](/communication/news).")
    second = room.published("Second news")
    address = f"/intranet/{form}/{renew_feed_address(room.eva).token}"
    answer = Client().get(address)
    assert titles(answer) == ["Second news", "First <news> & more"]
    assert "no-store" in answer["Cache-Control"]
    assert "http://testserver/communication/news/second-news" in answer.content.decode()
    assert 'href="http://testserver/communication/news"' in answer.content.decode()
    withdraw_item(room.dirk, item=second, why="No")
    assert titles(Client().get(address)) == ["First <news> & more"]


def test_characters_that_xml_can_not_have_break_no_feed(room: Newsroom) -> None:
    room.published("News", "A page\x0c break")
    answer = Client().get(f"/intranet/atom/{renew_feed_address(room.eva).token}")
    assert titles(answer) == ["News"]


def test_without_a_token_there_is_nothing(room: Newsroom) -> None:
    for name in ("rss", "atom", "calendar"):
        assert Client().get(f"/intranet/{name}").status_code == 401
        assert Client().get(f"/intranet/{name}/kb.wrong").status_code in (401, 403)
        token = create_token(room.eva, name=f"other-{name}", scopes=["kernel.read_parties"]).token
        assert Client().get(f"/intranet/{name}/{token}").status_code == 401
        mine = create_token(room.eva, name=name, scopes=["communication.see_news"]).token
        assert Client().get(f"/intranet/{name}/{mine}").status_code == 200
        assert Client().post(f"/intranet/{name}/{mine}").status_code == 405


def test_the_address_opens_the_feeds_alone_and_stops_when_it_is_withdrawn(room: Newsroom) -> None:
    client = signed_in("eva")
    assert "You have no addresses yet." in client.get(PAGE).content.decode()
    answer = client.post(PAGE, {"make": "1"})
    found = re.findall(r'value="http://testserver(/intranet/[^"]+)"', answer.content.decode())
    assert len(found) == 3
    assert [Client().get(each).status_code for each in found] == [200] * 3
    token = found[0].rpartition("/")[2]
    elsewhere = Client().get(
        "/api/v1/communication/news", headers={"authorization": f"Bearer {token}"}
    )
    assert elsewhere.status_code == 403
    assert feed_address_made(room.eva) is not None
    again = renew_feed_address(room.eva).token
    assert Client().get(found[0]).status_code == 401
    client.post(PAGE, {"withdraw": "1"})
    assert Client().get(f"/intranet/atom/{again}").status_code == 401
    assert feed_address_made(room.eva) is None
    withdraw_feed_address(room.eva)


def test_events_come_into_calendars_with_their_time_and_go_when_withdrawn(room: Newsroom) -> None:
    begins = timezone.now().replace(microsecond=0) + timedelta(days=3)
    code = room.published(
        "Open day; bring cake", kind="event", event_from=begins,
        event_until=begins + timedelta(hours=2), place="Hall, Utrecht",
    )  # fmt: skip
    address = f"/intranet/calendar/{renew_feed_address(room.eva).token}"
    answer = Client().get(address)
    assert answer["Content-Type"].startswith("text/calendar")
    event = Calendar.from_ical(answer.content).walk("VEVENT")[0]
    assert event["SUMMARY"] == "Open day; bring cake" and event["LOCATION"] == "Hall, Utrecht"
    assert event.decoded("DTSTART") == begins and event["STATUS"] == "CONFIRMED"
    file = signed_in("eva").get(f"/communication/news/{code}/event.ics")
    one = Calendar.from_ical(file.content)
    assert one.walk("VEVENT")[0]["UID"] == event["UID"] and one["METHOD"] == "PUBLISH"
    withdraw_item(room.dirk, item=code, why="Rain")
    assert Calendar.from_ical(Client().get(address).content).walk("VEVENT") == []
