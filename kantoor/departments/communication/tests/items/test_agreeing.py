"""Somebody who wrote nothing of it agrees before anything goes out."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from kantoor.departments.communication.actions.audiences.setting import set_audience
from kantoor.departments.communication.actions.items.agreeing import (
    approve_item,
    approve_items,
    ask_item_approval,
    ask_items_approval,
    return_item,
    return_items,
)
from kantoor.departments.communication.actions.items.placing import (
    place_item,
    schedule_item,
    set_event,
)
from kantoor.departments.communication.actions.items.publishing import publish_item
from kantoor.departments.communication.actions.items.writing import write_item, write_text
from kantoor.departments.communication.drafts_audiences import AudienceDraft, PartDraft
from kantoor.departments.communication.drafts_items import (
    EventDraft,
    ItemDraft,
    PlacesDraft,
    TextDraft,
)
from kantoor.departments.communication.errors import NotReady, OwnWork, UnknownItem
from kantoor.departments.communication.models import ItemDecision
from kantoor.departments.communication.queries.items.waiting import to_agree_to
from kantoor.departments.communication.tests.agreeing import agree, seen_now
from kantoor.departments.communication.tests.items.newsroom import Newsroom
from kantoor.kernel.actors.actor import console_actor
from kantoor.kernel.errors import InvalidInput, NotAllowed
from tests.founded import PASSWORD


def test_an_author_does_not_approve_whatever_their_part(newsroom: Newsroom) -> None:
    code = newsroom.written()
    write_text(newsroom.hans, text=TextDraft(item=code, title="Canteen", body="At one."))
    write_text(newsroom.mo, text=TextDraft(item=code, language="nl", title="Kantine", body="Eén."))
    ask_item_approval(newsroom.lot, item=code)
    # Lot's text was replaced, Hans' is the newest in English, and Mo wrote another language.
    for author in (newsroom.lot, newsroom.hans, newsroom.mo):
        with pytest.raises(OwnWork):
            agree(author, code)
        with pytest.raises(OwnWork):
            return_item(author, item=code, note="no")
    with pytest.raises(NotAllowed):
        agree(newsroom.eva, code)
    agree(newsroom.dirk, code)
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
            agree(author, code)


def test_who_said_whom_it_is_for_does_not_approve_that(newsroom: Newsroom) -> None:
    code = newsroom.approved()
    place_item(newsroom.hans, places=PlacesDraft(item=code, on_screens=True))
    assert newsroom.item(code).state == "draft"
    ask_item_approval(newsroom.hans, item=code)
    for not_they in (newsroom.hans, newsroom.lot):
        with pytest.raises(OwnWork):
            agree(not_they, code)
    agree(newsroom.mo, code)


def test_a_text_written_after_the_approval_needs_another(newsroom: Newsroom) -> None:
    code = newsroom.approved()
    read = seen_now(newsroom.mo, code)
    write_text(newsroom.lot, text=TextDraft(item=code, title="Changed", body="since"))
    assert newsroom.item(code).state == "draft"
    with pytest.raises(NotReady):
        publish_item(newsroom.lot, item=code)
    ask_item_approval(newsroom.lot, item=code)
    with pytest.raises(NotReady, match="version 2"):
        approve_item(newsroom.mo, seen=read)
    agree(newsroom.mo, code)


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
    agree(newsroom.mo, *codes)
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


def test_who_approves_what_was_placed_elsewhere_since_they_looked_is_told(
    newsroom: Newsroom,
) -> None:
    code = newsroom.written()
    ask_item_approval(newsroom.lot, item=code)
    read = seen_now(newsroom.mo, code)
    place_item(newsroom.lot, places=PlacesDraft(item=code, on_press_page=True))
    ask_item_approval(newsroom.lot, item=code)
    other = newsroom.written("Parking")
    ask_item_approval(newsroom.lot, item=other)
    with pytest.raises(NotReady, match="when it is seen was changed"):
        approve_item(newsroom.mo, seen=read)
    with pytest.raises(NotReady, match="look again") as refused:
        approve_items(newsroom.mo, seen=[seen_now(newsroom.mo, other), read])
    assert refused.value.place.line == 2
    assert newsroom.item(other).state == newsroom.item(code).state == "asked"
    approve_item(newsroom.mo, seen=seen_now(newsroom.mo, code))
    assert newsroom.item(code).state == "approved"


@pytest.mark.parametrize("change", ["days", "ends", "time", "event"])
def test_whatever_of_its_placing_changes_is_looked_at_anew(newsroom: Newsroom, change: str) -> None:
    soon = timezone.now() + timedelta(days=2)
    code = newsroom.written(kind="event", event_from=soon)
    ask_item_approval(newsroom.lot, item=code)
    read = seen_now(newsroom.mo, code)
    if change == "time":
        schedule_item(newsroom.lot, item=code, publish_at=soon)
    elif change == "event":
        set_event(newsroom.lot, event=EventDraft(item=code, event_from=soon + timedelta(days=1)))
    elif change == "days":
        place_item(newsroom.lot, places=PlacesDraft(item=code, read_days=9))
    else:
        place_item(newsroom.lot, places=PlacesDraft(item=code, ends_at=soon))
    if newsroom.item(code).state == "draft":
        ask_item_approval(newsroom.lot, item=code)
    with pytest.raises(NotReady, match="look again"):
        approve_item(newsroom.mo, seen=read)
    agree(newsroom.mo, code)


def test_a_form_that_names_nothing_that_was_seen_approves_nothing(newsroom: Newsroom) -> None:
    code = newsroom.written()
    ask_item_approval(newsroom.lot, item=code)
    for seen in ("", code, f"{code}@1", f"{code}@x.y", f"{code}@1.0.0"):
        with pytest.raises((NotReady, UnknownItem)):
            approve_item(newsroom.mo, seen=seen)
    assert newsroom.item(code).state == "asked"


def test_an_earlier_placer_does_not_approve_either(newsroom: Newsroom) -> None:
    code = newsroom.written()
    place_item(newsroom.mo, places=PlacesDraft(item=code, on_screens=True))
    place_item(newsroom.hans, places=PlacesDraft(item=code, on_press_page=True))
    schedule_item(newsroom.dirk, item=code, publish_at=timezone.now() + timedelta(days=1))
    ask_item_approval(newsroom.lot, item=code)
    waits = [name for name in ("lot", "mo", "dirk", "hans") if to_agree_to(getattr(newsroom, name))]
    for placer in (newsroom.mo, newsroom.hans, newsroom.dirk):
        with pytest.raises(OwnWork):
            agree(placer, code)
    assert waits == []
    agree(newsroom.house.person("ida", "director"), code)
    assert newsroom.item(code).state == "approved"


def test_a_time_that_was_agreed_to_is_agreed_to_anew_when_it_changes(newsroom: Newsroom) -> None:
    code = newsroom.planned()
    at = newsroom.item(code).publish_at
    schedule_item(newsroom.lot, item=code, publish_at=at)
    assert newsroom.item(code).state == "approved"
    schedule_item(newsroom.lot, item=code)
    assert newsroom.item(code).state == "draft"
    with pytest.raises(NotReady):
        publish_item(newsroom.lot, item=code)


def test_a_crisis_notice_placed_elsewhere_after_approval_awaits_another(newsroom: Newsroom) -> None:
    code = newsroom.approved(kind="crisis")
    place_item(newsroom.lot, places=PlacesDraft(item=code, on_press_page=True))
    publish_item(newsroom.lot, item=code)
    assert newsroom.item(code).awaits


def test_rows_are_approved_as_the_list_showed_them(newsroom: Newsroom) -> None:
    codes = [newsroom.written(f"News {n}") for n in range(2)]
    ask_items_approval(newsroom.lot, codes=codes)
    browser = Client()
    browser.post("/sign-in", {"user": "mo", "password": PASSWORD})
    page = browser.get("/communication/items").content.decode()
    shown = {f"seen:{code}": seen_now(newsroom.mo, code) for code in codes}
    assert all(f'name="{name}" value="{value}"' in page for name, value in shown.items())
    place_item(newsroom.lot, places=PlacesDraft(item=codes[1], on_screens=True))
    ask_item_approval(newsroom.lot, item=codes[1])
    url = "/communication/items/bulk/communication-approve-items"
    for chosen in (codes, ["everything"]):
        posted = {"everything": "1"} if chosen == ["everything"] else {"selected": chosen}
        browser.post(url, {**posted, **shown})
        assert {newsroom.item(code).state for code in codes} == {"asked"}
    browser.post(url, {"selected": codes[:1], **shown})
    assert [newsroom.item(code).state for code in codes] == ["approved", "asked"]


def test_an_audience_that_comes_to_mean_others_is_agreed_to_anew(newsroom: Newsroom) -> None:
    administrator = newsroom.house.administrator

    def mean(*who: str) -> None:
        parts = [PartDraft(who=each) for each in who]
        set_audience(administrator, audience=AudienceDraft(code="some", name="Some", parts=parts))

    mean("communication.role: employee")
    approved, asked = newsroom.written("One"), newsroom.written("Two")
    for code in (approved, asked):
        place_item(newsroom.lot, places=PlacesDraft(item=code, audience="some"))
        ask_item_approval(newsroom.lot, item=code)
    agree(newsroom.mo, approved)
    read = seen_now(newsroom.mo, asked)
    mean("communication.role: employee")
    assert [newsroom.item(code).state for code in (approved, asked)] == ["approved", "asked"]
    mean("communication.role: employee", "communication.everybody")
    assert [newsroom.item(code).state for code in (approved, asked)] == ["draft", "draft"]
    ask_items_approval(newsroom.lot, codes=[approved, asked])
    with pytest.raises(NotReady, match="look again"):
        approve_item(newsroom.mo, seen=read)
    with pytest.raises(OwnWork):
        agree(administrator, asked)
    agree(newsroom.mo, approved, asked)
