"""Somebody who wrote nothing of it agrees before anything goes out."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kantoor.departments.communication.actions.items.agreeing import (
    approve_item,
    approve_items,
    ask_item_approval,
    ask_items_approval,
    return_item,
    return_items,
)
from kantoor.departments.communication.actions.items.placing import place_item, set_event
from kantoor.departments.communication.actions.items.publishing import publish_item
from kantoor.departments.communication.actions.items.writing import write_item, write_text
from kantoor.departments.communication.drafts_items import (
    EventDraft,
    ItemDraft,
    PlacesDraft,
    TextDraft,
)
from kantoor.departments.communication.errors import NotReady, OwnWork
from kantoor.departments.communication.models import ItemDecision
from kantoor.departments.communication.queries.items.waiting import to_agree_to
from kantoor.departments.communication.tests.items.newsroom import Newsroom
from kantoor.kernel.actors.actor import console_actor
from kantoor.kernel.errors import InvalidInput, NotAllowed


def test_an_author_does_not_approve_whatever_their_part(newsroom: Newsroom) -> None:
    code = newsroom.written()
    write_text(newsroom.hans, text=TextDraft(item=code, title="Canteen", body="At one."))
    write_text(newsroom.mo, text=TextDraft(item=code, language="nl", title="Kantine", body="Eén."))
    ask_item_approval(newsroom.lot, item=code)
    # Lot's text was replaced, Hans' is the newest in English, and Mo wrote another language.
    for author in (newsroom.lot, newsroom.hans, newsroom.mo):
        with pytest.raises(OwnWork):
            approve_item(author, item=code)
        with pytest.raises(OwnWork):
            return_item(author, item=code, note="no")
    with pytest.raises(NotAllowed):
        approve_item(newsroom.eva, item=code)
    approve_item(newsroom.dirk, item=code)
    assert newsroom.item(code).state == "approved"
    assert ItemDecision.objects.get().version == 3


def test_an_administrator_or_the_installation_does_not_approve_their_own(
    newsroom: Newsroom,
) -> None:
    administrator = newsroom.house.administrator
    for author in (administrator, console_actor(newsroom.house.company)):
        code = write_item(author, item=ItemDraft(title="Own", body="words"))
        ask_item_approval(author, item=code)
        with pytest.raises(OwnWork):
            approve_items(author, codes=[code])


def test_who_said_whom_it_is_for_does_not_approve_that(newsroom: Newsroom) -> None:
    code = newsroom.approved()
    place_item(newsroom.hans, places=PlacesDraft(item=code, on_screens=True))
    assert newsroom.item(code).state == "draft"
    ask_item_approval(newsroom.hans, item=code)
    for not_they in (newsroom.hans, newsroom.lot):
        with pytest.raises(OwnWork):
            approve_item(not_they, item=code)
    approve_item(newsroom.mo, item=code)


def test_a_text_written_after_the_approval_needs_another(newsroom: Newsroom) -> None:
    code = newsroom.approved()
    write_text(newsroom.lot, text=TextDraft(item=code, title="Changed", body="since"))
    assert newsroom.item(code).state == "draft"
    with pytest.raises(NotReady):
        publish_item(newsroom.lot, item=code)
    ask_item_approval(newsroom.lot, item=code)
    with pytest.raises(NotReady, match="version 2"):
        approve_item(newsroom.mo, item=code, version=1)
    approve_item(newsroom.mo, item=code, version=2)


def test_what_is_given_back_says_why(newsroom: Newsroom) -> None:
    codes = [newsroom.written(f"News {n}") for n in range(2)]
    with pytest.raises(NotReady):
        return_items(newsroom.mo, codes=codes, note="Not asked yet")
    ask_items_approval(newsroom.lot, codes=codes)
    with pytest.raises(InvalidInput):
        return_items(newsroom.mo, codes=codes, note=" ")
    return_items(newsroom.mo, codes=codes, note="Say when")
    assert {newsroom.item(code).state for code in codes} == {"draft"}
    assert set(ItemDecision.objects.values_list("outcome", "note")) == {("return", "Say when")}
    ask_items_approval(newsroom.lot, codes=codes)
    approve_items(newsroom.mo, codes=codes)
    with pytest.raises(NotReady):
        ask_items_approval(newsroom.lot, codes=codes)


def test_words_of_a_template_are_filled_in_first(newsroom: Newsroom) -> None:
    code = newsroom.written(body="Dear all, {what happened} at noon.")
    with pytest.raises(NotReady, match="what happened"):
        ask_item_approval(newsroom.lot, item=code)
    crisis = newsroom.written("{what} is down", kind="crisis")
    with pytest.raises(NotReady, match="what"):
        publish_item(newsroom.lot, item=crisis)
    ask_item_approval(newsroom.lot, item=newsroom.written(body="Say `{name}` there."))


def test_the_inbox_asks_only_who_may_agree(newsroom: Newsroom) -> None:
    code = newsroom.approved()
    place_item(newsroom.hans, places=PlacesDraft(item=code, on_screens=True))
    ask_item_approval(newsroom.hans, item=code)
    waits = [name for name in ("lot", "mo", "dirk", "hans") if to_agree_to(getattr(newsroom, name))]
    assert waits == ["mo", "dirk"]


def test_another_time_of_an_event_is_agreed_to_anew(newsroom: Newsroom) -> None:
    begins = timezone.now() + timedelta(days=3)
    code = newsroom.approved("Party", kind="event", event_from=begins)
    set_event(newsroom.lot, event=EventDraft(item=code, event_from=begins))
    assert newsroom.item(code).state == "approved"
    set_event(newsroom.lot, event=EventDraft(item=code, event_from=begins, place="Hall"))
    assert newsroom.item(code).state == "draft"
