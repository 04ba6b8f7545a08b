"""Items are written in versions and languages, cleaned when they come in, and refused with a line."""

from datetime import datetime

import pytest
from django.utils import timezone

from kantoor.departments.communication.actions.items.placing import (
    place_item,
    schedule_item,
    set_event,
)
from kantoor.departments.communication.actions.items.writing import (
    write_item,
    write_items,
    write_text,
    write_texts,
)
from kantoor.departments.communication.drafts_items import (
    EventDraft,
    ItemDraft,
    PlacesDraft,
    TextDraft,
)
from kantoor.departments.communication.errors import (
    BadPicture,
    KnownAlready,
    NotReady,
    UnknownItem,
)
from kantoor.departments.communication.models import ItemText
from kantoor.departments.communication.tests.items.newsroom import Newsroom
from kantoor.kernel.errors import InvalidInput, NotAllowed


def test_an_item_begins_as_a_draft_with_its_first_text(newsroom: Newsroom) -> None:
    code = newsroom.written("  The canteen opens ", summary="At last")
    row = newsroom.item(code)
    assert (code, row.state, row.version, row.title) == (
        "the-canteen-opens", "draft", 1, "The canteen opens",
    )  # fmt: skip
    assert row.owner_id == newsroom.lot.user_id and row.uid[14] == "7"
    text = ItemText.objects.get(item=row)
    assert (text.number, text.language, text.summary, text.body) == (
        1,
        "en",
        "At last",
        "At *noon*.",
    )
    with pytest.raises(NotAllowed):
        write_item(newsroom.eva, item=ItemDraft(title="x", body="y"))


def test_items_of_the_same_title_have_codes_of_their_own(newsroom: Newsroom) -> None:
    drafts = [ItemDraft(title="Canteen", body=str(n)) for n in range(3)]
    assert write_items(newsroom.lot, items=drafts) == ["canteen", "canteen-2", "canteen-3"]
    assert newsroom.written("Canteen") == "canteen-4"
    assert newsroom.written("Столовая") == "news" and newsroom.written("食堂") == "news-2"
    with pytest.raises(KnownAlready) as refused:
        newsroom.written("Other", code="canteen")
    assert refused.value.place.field == "code"


def test_the_code_of_a_press_release_cannot_be_guessed(newsroom: Newsroom) -> None:
    first, second = (newsroom.written("We buy the mill", kind="press") for _ in range(2))
    assert first.startswith("we-buy-the-mill-") and second.startswith("we-buy-the-mill-")
    assert first != second and len(first) == len("we-buy-the-mill-") + 6


def test_each_text_stays_and_an_unchanged_one_is_none(newsroom: Newsroom) -> None:
    code = newsroom.written()
    same = TextDraft(item=code, title="The canteen opens", body="At *noon*.")
    assert write_text(newsroom.mo, text=same) == 1
    other = TextDraft(item=code, title="The canteen is open", body="At one.", based_on=1)
    assert write_text(newsroom.mo, text=other) == 2
    dutch = TextDraft(item=code, language="nl", title="De kantine is open", body="Om één.")
    assert write_text(newsroom.mo, text=dutch) == 3
    row = newsroom.item(code)
    assert (row.version, row.title) == (3, "The canteen is open")
    kept = ItemText.objects.filter(item=row).order_by("number").values_list("language", "body")
    assert list(kept) == [("en", "At *noon*."), ("en", "At one."), ("nl", "Om één.")]


def test_who_writes_over_another_is_told(newsroom: Newsroom) -> None:
    code = newsroom.written()
    write_text(newsroom.mo, text=TextDraft(item=code, title="A", body="Mine", based_on=1))
    with pytest.raises(NotReady, match="text 2"):
        write_text(newsroom.lot, text=TextDraft(item=code, title="A", body="Old", based_on=1))


def test_many_texts_are_written_as_one(newsroom: Newsroom) -> None:
    codes = [newsroom.written(f"News {n}") for n in range(3)]
    drafts = [TextDraft(item=code, title="Anew", body="Anew") for code in codes]
    again = TextDraft(item=codes[0], title="Anew", body="Anew")
    third = TextDraft(item=codes[0], title="Once more", body="Anew")
    assert write_texts(newsroom.lot, texts=[*drafts, again, third]) == [2, 2, 2, 2, 3]
    assert newsroom.item(codes[0]).title == "Once more"
    with pytest.raises(UnknownItem) as refused:
        write_texts(newsroom.lot, texts=[drafts[0], TextDraft(item="never", title="x", body="y")])
    assert refused.value.place.line == 2


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        ({"title": " ", "body": "x"}, "title"),
        ({"title": "x", "body": " "}, "body"),
        ({"title": "x" * 201, "body": "x"}, "title"),
        ({"title": "!!", "body": "x"}, "title"),
        ({"title": "x\r\nBcc: all@example.org", "body": "x"}, "title"),
        ({"title": "x", "body": "x", "summary": "a\x00b"}, "summary"),
        ({"title": "x", "body": "x" * 100_001}, "body"),
        ({"title": "x", "body": "x", "language": "xx"}, "language"),
        ({"title": "x", "body": "x", "kind": "event"}, "event_from"),
        ({"title": "x", "body": "x", "picture": "nowhere"}, "picture"),
        ({"title": "x", "body": "<script>x</script>"}, "body"),
    ],
)
def test_what_cannot_be_kept_is_refused_at_its_field(
    newsroom: Newsroom, draft: dict[str, str], field: str
) -> None:
    with pytest.raises((InvalidInput, BadPicture)) as refused:
        write_item(newsroom.lot, item=ItemDraft(**draft))  # type: ignore[arg-type]
    assert refused.value.place.field == field


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("Look:\n\n![](media:cat)", "Line 3: say what"),
        ("Look:\nand ![a cat](https://tracker.example/cat.png)", "Line 2: use a picture"),
        ("![a cat](media:NOT_ONE)", "Line 1: “NOT_ONE” is no code"),
        ("- a\n- b ![a cat](media:cat)", "Line 2: there is no picture “cat”"),
    ],
)
def test_a_picture_is_of_the_library_and_described(
    newsroom: Newsroom, body: str, words: str
) -> None:
    with pytest.raises(BadPicture, match=words):
        newsroom.written(body=body)


def test_pasted_html_comes_in_without_what_runs_or_reports(newsroom: Newsroom) -> None:
    pasted = (
        '<h2 onclick="x()">News</h2><script>steal()</script><p>Dear <b>all</b>,'
        ' <a href="javascript:x()">click</a> <a href="https://example.org/">here</a>'
        '<img src="https://tracker.example/p.gif" width="1" alt="spy"></p>'
        "<iframe src=//x></iframe><style>p{}</style><ul><li>one<li>two</ul>"
    )
    code = newsroom.written("Pasted", body=pasted)
    body = ItemText.objects.get(item=newsroom.item(code)).body
    assert body == "## News\n\nDear **all**, click [here](https://example.org/)\n\n- one\n- two"


def test_a_text_that_only_looks_like_html_stays_as_it_is(newsroom: Newsroom) -> None:
    body = "If a < b then `<b>` and <https://example.org>\n\n```\n<div onclick='x'>\n```"
    code = newsroom.written("Code", body=body)
    assert ItemText.objects.get(item=newsroom.item(code)).body == body


def test_one_cannot_write_at_what_one_does_not_see(newsroom: Newsroom) -> None:
    code = newsroom.written("We buy the mill", kind="press")
    with pytest.raises(UnknownItem):
        write_text(newsroom.hans, text=TextDraft(item=code, title="x", body="y"))


def test_a_code_one_chose_for_a_press_release_can_neither_be_guessed_nor_found_out(
    newsroom: Newsroom,
) -> None:
    code = newsroom.written("We buy the mill", kind="press", code="mill")
    assert code.startswith("mill-") and len(code) == len("mill-") + 6
    # Whoever tries the code hears nothing of it.
    assert write_item(newsroom.hans, item=ItemDraft(title="x", body="y", code="mill")) == "mill"


def test_moments_without_a_zone_are_refused_with_what_to_write(newsroom: Newsroom) -> None:
    nine = datetime.fromisoformat("2030-01-01T09:00")
    code = newsroom.written(kind="event", event_from=timezone.now())
    for field, act in (
        ("event_from", lambda: newsroom.written("Party", kind="event", event_from=nine)),
        ("event_from", lambda: set_event(newsroom.lot, event=EventDraft(item=code, event_from=nine))),
        ("ends_at", lambda: place_item(newsroom.lot, places=PlacesDraft(item=code, ends_at=nine))),
        ("publish_at", lambda: schedule_item(newsroom.lot, item=code, publish_at=nine)),
    ):  # fmt: skip
        with pytest.raises(InvalidInput, match="time zone") as refused:
            act()
        assert refused.value.place.field == field
