"""The intranet: what is published for one, the text to read, and what was withdrawn."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kantoor.departments.communication.actions.items.publishing import withdraw_item
from kantoor.departments.communication.errors import UnknownItem
from kantoor.departments.communication.queries.pages.news import events, news, news_item, policies
from kantoor.departments.communication.tests.pages.newsroom import Newsroom, signed_in
from kantoor.departments.communication.web.pages.news import find_news

NEWS = "/communication/news"


def test_the_news_stands_there_the_latest_first_and_what_is_pinned_above_it(room: Newsroom) -> None:
    room.published("First news", pinned=True)
    room.published("Second news")
    room.published("Third news")
    page = signed_in("eva").get(NEWS).content.decode()
    places = [page.index(title) for title in ("First news", "Third news", "Second news")]
    assert places == sorted(places)
    assert page.count("First news") == 1
    assert [row.title for row in news(room.eva).rows] == ["Third news", "Second news", "First news"]


def test_each_reads_it_in_their_own_language_where_it_has_it(room: Newsroom) -> None:
    code = room.published("The new hall", dutch="De nieuwe hal")
    assert "The new hall" in signed_in("eva").get(NEWS).content.decode()
    client = signed_in("eva", "nl")
    assert "De nieuwe hal" in client.get(NEWS).content.decode()
    page = client.get(f"{NEWS}/{code}").content.decode()
    assert "Zo is het." in page and f"{NEWS}/{code}?language=en" in page
    other = client.get(f"{NEWS}/{code}?language=en").content.decode()
    assert "So it is." in other and 'lang="en"' in other
    alone = room.published("Only English")
    assert "Only English" in client.get(f"{NEWS}/{alone}").content.decode()


def test_a_text_is_shown_as_safe_html(room: Newsroom) -> None:
    body = "# Part\n\n<script>alert(1)</script>\n\n[Rules](https://example.org) and **bold**"
    page = signed_in("eva").get(f"{NEWS}/{room.published('Rules', body)}").content.decode()
    assert "<h2>Part</h2>" in page and "<strong>bold</strong>" in page
    assert "alert(1)" not in page.replace("&lt;", "")


def test_what_was_corrected_is_shown_and_what_was_wrong_is_not_found(room: Newsroom) -> None:
    code = room.published("Opening on Monday", "We open on Monday, by the ferry.")
    room.corrected(code, "Opening on Tuesday", "We open on Tuesday.", "The day was wrong.")
    page = signed_in("eva").get(f"{NEWS}/{code}").content.decode()
    assert "The day was wrong." in page and "Tuesday" in page and "Monday" not in page
    assert news(room.eva, search="monday").rows == []
    assert [row.code for row in news(room.eva, search="tuesday open").rows] == [code]
    assert [found.title for found in find_news(room.eva, "tuesday", 5)] == ["Opening on Tuesday"]


def test_what_was_withdrawn_says_so_with_the_reason_and_no_word_of_it(room: Newsroom) -> None:
    code = room.published("A wrong claim", "Nobody else does this.", on_press_page=True)
    withdraw_item(room.dirk, item=code, why="It was not true.")
    answer = signed_in("eva").get(f"{NEWS}/{code}")
    page = answer.content.decode()
    assert answer.status_code == 410 and "It was not true." in page
    assert "A wrong claim" not in page and "Nobody else" not in page
    assert news(room.eva).rows == []
    assert news_item(room.eva, code=code).told is None
    assert signed_in("eva").get(f"{NEWS}/{code}/event.ics").status_code == 404


def test_what_is_not_published_is_nowhere(room: Newsroom) -> None:
    code = room.approved("Not out yet")
    with pytest.raises(UnknownItem):
        news_item(room.eva, code=code)
    client = signed_in("eva")
    assert client.get(f"{NEWS}/{code}").status_code == 404
    assert "Not out yet" not in client.get(NEWS).content.decode()


def test_what_is_not_for_the_intranet_is_not_on_it(room: Newsroom) -> None:
    code = room.published("For the press alone", on_intranet=False, on_press_page=True)
    assert news(room.eva).rows == []
    assert signed_in("eva").get(f"{NEWS}/{code}").status_code == 404


def test_what_left_the_list_by_itself_can_still_be_read_at_its_address(room: Newsroom) -> None:
    code = room.published("Cake today", ends_at=timezone.now() + timedelta(hours=1))
    later = timezone.now() + timedelta(hours=2)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "now", lambda: later)
        assert news(room.eva).rows == []
        assert news_item(room.eva, code=code).told is not None


def test_policies_and_events_have_lists_of_their_own(room: Newsroom) -> None:
    now = timezone.now()
    room.published("Cycling to work", kind="policy", must_read=True)
    soon = room.published(
        "Open day", kind="event", event_from=now + timedelta(days=9), place="The hall"
    )
    past = room.published(
        "Old party", kind="event", event_from=now - timedelta(days=9, hours=2),
        event_until=now - timedelta(days=9),
    )  # fmt: skip
    assert [row.title for row in policies(room.eva).rows] == ["Cycling to work"]
    assert policies(room.eva, must_read="0").rows == []
    assert [row.code for row in events(room.eva).rows] == [soon]
    assert [row.code for row in events(room.eva, past="1").rows] == [past]
    client = signed_in("eva")
    for page, word in (("policies", "Cycling"), ("events", "The hall"), ("events?past=1", "party")):
        assert word in client.get(f"/communication/{page}").content.decode()


def test_the_list_of_news_asks_as_many_statements_whatever_its_length(room: Newsroom) -> None:
    for number in range(25):
        room.published(f"News {number}")
    client = signed_in("eva")
    client.get(NEWS)
    with CaptureQueriesContext(connection) as asked:
        page = client.get(NEWS).content.decode()
    assert len(asked) <= 25
    assert "cursor=" in page and "News 24" in page and "News 2<" not in page
    following = page.partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")
    assert "News 2<" in client.get(following).content.decode()
    assert "News 24" in client.get(f"{NEWS}?q=24").content.decode()
    assert "Nothing has these words." in client.get(f"{NEWS}?q=zeppelin").content.decode()
    assert "News 24" not in client.get(f"{NEWS}?kind=event").content.decode()
