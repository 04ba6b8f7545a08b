"""What was agreed to comes out at its time, is corrected with all that was kept, and withdrawn."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kantoor.departments.communication.actions.items.agreeing import (
    ask_item_approval,
    return_item,
)
from kantoor.departments.communication.actions.items.placing import (
    place_item,
    place_items,
    schedule_item,
    schedule_items,
    set_event,
    set_events,
)
from kantoor.departments.communication.actions.items.publishing import (
    correct_item,
    correct_items,
    publish_item,
    publish_items,
    withdraw_item,
    withdraw_items,
)
from kantoor.departments.communication.actions.items.working import (
    anything_due,
    publish_due,
    publish_what_is_due,
    return_due,
)
from kantoor.departments.communication.actions.items.writing import write_text
from kantoor.departments.communication.drafts_items import EventDraft, PlacesDraft, TextDraft
from kantoor.departments.communication.errors import NotReady, UnknownAudience, UnknownItem
from kantoor.departments.communication.models import ItemDecision, Publication, Withdrawal
from kantoor.departments.communication.queries.items.texts import text_shown
from kantoor.departments.communication.queries.items.visible import (
    news_for,
    public_items,
    screen_items,
    visible_items,
    withdrawn_for,
)
from kantoor.departments.communication.tests.agreeing import agree
from kantoor.departments.communication.tests.items.newsroom import (
    Newsroom,
    let_time_come_for_test,
)
from kantoor.kernel.errors import InvalidInput, NotAllowed


def test_only_what_was_agreed_to_is_published(newsroom: Newsroom) -> None:
    code = newsroom.written()
    with pytest.raises(NotReady):
        publish_item(newsroom.lot, item=code)
    ask_item_approval(newsroom.lot, item=code)
    with pytest.raises(NotReady):
        publish_item(newsroom.mo, item=code)
    assert not news_for(newsroom.eva).exists()
    agree(newsroom.mo, code)
    with pytest.raises(NotAllowed):
        publish_item(newsroom.hans, item=code)
    publish_items(newsroom.lot, codes=[code])
    assert news_for(newsroom.eva).get().code == code
    with pytest.raises(NotReady):
        publish_item(newsroom.lot, item=code)


def test_all_or_nothing_is_published(newsroom: Newsroom) -> None:
    ready, draft = newsroom.approved("Ready"), newsroom.written("Not ready")
    with pytest.raises(NotReady, match="not-ready"):
        publish_items(newsroom.lot, codes=[ready, draft])
    assert newsroom.item(ready).state == "approved" and not Publication.objects.exists()


def test_a_crisis_notice_goes_out_at_once_with_a_second_pair_after(newsroom: Newsroom) -> None:
    code = newsroom.written("The server is down", kind="crisis")
    publish_item(newsroom.lot, item=code)
    row = newsroom.item(code)
    assert (row.state, row.awaits) == ("published", True)
    write_text(newsroom.lot, text=TextDraft(item=code, title="It is up", body="Again."))
    correct_item(newsroom.lot, item=code, note="It works again")
    assert newsroom.item(code).awaits
    return_item(newsroom.mo, item=code, note="Say since when")
    assert (newsroom.item(code).state, newsroom.item(code).awaits) == ("published", False)
    ask_item_approval(newsroom.lot, item=code)
    agree(newsroom.mo, code)
    assert not newsroom.item(code).awaits


def test_what_has_a_time_comes_out_by_itself_then(newsroom: Newsroom) -> None:
    code = newsroom.planned()
    with pytest.raises(NotReady, match="waits for its time"):
        publish_item(newsroom.lot, item=code)
    assert not anything_due()
    assert publish_due(newsroom.lot, now=timezone.now()) == 0
    let_time_come_for_test(newsroom.lot, code=code)
    assert anything_due()
    publish_what_is_due.enqueue(newsroom.house.administrator)
    publish_what_is_due.function(None)  # type: ignore[arg-type]
    assert newsroom.item(code).state == "published" and not anything_due()
    assert public_items(newsroom.lot.company_id).get().code == code


def test_what_cannot_come_out_goes_back_and_says_why(newsroom: Newsroom) -> None:
    code = newsroom.planned()
    let_time_come_for_test(newsroom.lot, code=code)
    return_due(newsroom.lot, now=timezone.now(), item=code, why="Its picture expired")
    assert newsroom.item(code).state == "draft"
    assert ItemDecision.objects.get(outcome="return").note == "Its picture expired"


def test_planning_what_is_approved_needs_who_publishes(newsroom: Newsroom) -> None:
    code = newsroom.approved()
    at = timezone.now() + timedelta(days=1)
    with pytest.raises(NotAllowed):
        schedule_item(newsroom.hans, item=code, publish_at=at)
    schedule_items(newsroom.lot, codes=[code], publish_at=at)
    assert newsroom.item(code).publish_at == at and newsroom.item(code).state == "approved"
    with pytest.raises(InvalidInput):
        schedule_item(newsroom.lot, item=code, publish_at=timezone.now() - timedelta(days=1))
    schedule_item(newsroom.lot, item=code)
    publish_item(newsroom.lot, item=code)
    with pytest.raises(NotReady):
        schedule_item(newsroom.lot, item=code, publish_at=at)


def test_a_correction_is_agreed_to_and_keeps_what_was_published(newsroom: Newsroom) -> None:
    code = newsroom.published()
    with pytest.raises(NotReady):
        correct_item(newsroom.lot, item=code, note="Nothing changed")
    write_text(newsroom.lot, text=TextDraft(item=code, title="The canteen is late", body="At one."))
    assert newsroom.item(code).title == "The canteen opens"
    with pytest.raises(NotReady):
        correct_item(newsroom.lot, item=code, note="It is one o'clock")
    ask_item_approval(newsroom.lot, item=code)
    agree(newsroom.mo, code)
    shown = text_shown(newsroom.item(code), "en")
    assert shown is not None and shown.title == "The canteen opens" and not shown.corrections
    correct_items(newsroom.lot, codes=[code], note="It is one o'clock")
    shown = text_shown(newsroom.item(code), "nl")
    assert shown is not None and shown.title == "The canteen is late"
    assert [each.note for each in shown.corrections] == ["It is one o'clock"]
    assert Publication.objects.count() == 2 and newsroom.item(code).title == "The canteen is late"


def test_each_reader_gets_their_language_where_it_was_published(newsroom: Newsroom) -> None:
    code = newsroom.written()
    write_text(
        newsroom.lot, text=TextDraft(item=code, language="nl", title="Kantine", body="Om één.")
    )
    ask_item_approval(newsroom.lot, item=code)
    agree(newsroom.mo, code)
    publish_item(newsroom.lot, item=code)
    row = newsroom.item(code)
    titles = {
        language: getattr(text_shown(row, language), "title", "") for language in ("nl", "en", "de")
    }
    assert titles == {"nl": "Kantine", "en": "The canteen opens", "de": "The canteen opens"}


def test_what_is_withdrawn_is_nowhere_but_kept(newsroom: Newsroom) -> None:
    codes = [newsroom.published("One"), newsroom.published("Two", kind="press")]
    with pytest.raises(InvalidInput):
        withdraw_items(newsroom.lot, codes=codes, why="")
    withdraw_items(newsroom.lot, codes=codes, why="It was not true")
    company = newsroom.lot.company_id
    for found in (news_for(newsroom.eva), visible_items(newsroom.eva), public_items(company)):
        assert not found.exists()
    assert withdrawn_for(newsroom.eva).count() == 2
    assert visible_items(newsroom.hans).count() == 2 and Withdrawal.objects.count() == 2
    assert Publication.objects.count() == 2
    with pytest.raises(NotReady):
        withdraw_item(newsroom.lot, item=codes[0], why="Again")
    with pytest.raises(NotReady):
        write_text(newsroom.lot, text=TextDraft(item=codes[0], title="x", body="y"))


def test_what_is_published_is_not_shown_to_more_than_was_agreed(newsroom: Newsroom) -> None:
    code = newsroom.published()
    for wider in (
        PlacesDraft(item=code, on_press_page=True), PlacesDraft(item=code, on_screens=True),
        PlacesDraft(item=code, must_read=True),
    ):  # fmt: skip
        with pytest.raises(NotReady):
            place_item(newsroom.lot, places=wider)
    with pytest.raises(NotAllowed):
        place_item(newsroom.hans, places=PlacesDraft(item=code, on_intranet=False))
    place_items(newsroom.lot, places=[PlacesDraft(item=code, pinned=True)])
    assert newsroom.item(code).pinned and newsroom.item(code).state == "published"
    place_item(newsroom.lot, places=PlacesDraft(item=code, on_intranet=False))
    assert not news_for(newsroom.eva).exists()
    with pytest.raises(UnknownAudience):
        place_item(newsroom.lot, places=PlacesDraft(item=code, audience="nobody"))
    past = timezone.now() - timedelta(minutes=1)
    for wrong in (PlacesDraft(item=code, read_days=0), PlacesDraft(item=code, ends_at=past)):
        with pytest.raises(InvalidInput):
            place_item(newsroom.lot, places=wrong)


def test_what_ends_leaves_the_lists(newsroom: Newsroom) -> None:
    code = newsroom.approved()
    place = PlacesDraft(item=code, on_screens=True, ends_at=timezone.now() + timedelta(days=1))
    place_item(newsroom.lot, places=place)
    ask_item_approval(newsroom.lot, item=code)
    agree(newsroom.mo, code)
    publish_item(newsroom.lot, item=code)
    assert screen_items(newsroom.lot.company_id).exists()
    later = timezone.now() + timedelta(days=2)
    real, timezone.now = timezone.now, lambda: later
    try:
        assert not screen_items(newsroom.lot.company_id).exists()
        assert not news_for(newsroom.eva).exists()
        assert news_for(newsroom.eva, ended=True).exists()
    finally:
        timezone.now = real


def test_an_event_has_its_time_and_place(newsroom: Newsroom) -> None:
    begins = timezone.now() + timedelta(days=3)
    code = newsroom.written("Party", kind="event", event_from=begins, place="Hall")
    later = EventDraft(item=code, event_from=begins, event_until=begins + timedelta(hours=2))
    set_event(newsroom.lot, event=later)
    assert newsroom.item(code).event_until == later.event_until
    backwards = EventDraft(item=code, event_from=begins, event_until=begins - timedelta(hours=1))
    with pytest.raises(InvalidInput):
        set_events(newsroom.lot, events=[backwards])
    with pytest.raises(NotReady):
        set_event(newsroom.lot, event=EventDraft(item=newsroom.written(), event_from=begins))


def test_nothing_of_another_company_is_found(newsroom: Newsroom) -> None:
    from tests.founded import found

    code = newsroom.published()
    other = found("Slager BV").person("olga", "communication_officer")
    assert not visible_items(other).exists() and not news_for(other).exists()
    with pytest.raises(UnknownItem):
        withdraw_items(other, codes=[code], why="Not ours")
