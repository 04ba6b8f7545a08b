"""Mailings go to whom they were agreed to be for, and say what stands when they go out."""

import os
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import settings as house_settings
from django.utils import timezone
from pytest_django import Settings

from kantoor.departments.communication.actions.audiences.lists import set_list
from kantoor.departments.communication.actions.audiences.setting import set_audience
from kantoor.departments.communication.actions.audiences.subscribing import add_subscribers
from kantoor.departments.communication.actions.items.agreeing import ask_item_approval
from kantoor.departments.communication.actions.items.placing import place_item
from kantoor.departments.communication.actions.items.publishing import publish_item
from kantoor.departments.communication.actions.items.writing import write_item
from kantoor.departments.communication.actions.mailings import begun_here, sending
from kantoor.departments.communication.actions.mailings.gathering import gather
from kantoor.departments.communication.actions.mailings.lots import take_lot
from kantoor.departments.communication.actions.mailings.sending import journal_of
from kantoor.departments.communication.actions.mailings.sending_off import send_items
from kantoor.departments.communication.actions.mailings.steering import (
    decide_doubt,
    pause_mailing,
    resume_mailing,
    stop_mailing,
)
from kantoor.departments.communication.drafts_audiences import (
    AudienceDraft,
    ListDraft,
    PartDraft,
    SubscriberDraft,
)
from kantoor.departments.communication.drafts_items import ItemDraft, PlacesDraft
from kantoor.departments.communication.drafts_mailings import MailingDraft
from kantoor.departments.communication.errors import NotReady
from kantoor.departments.communication.models import Mailing, MailingLink, MailingTo
from kantoor.departments.communication.queries.mailings.choosing import reach_in_words
from kantoor.departments.communication.queries.mailings.mailings import mailing as mailing_shown
from kantoor.departments.communication.tests.agreeing import agree
from kantoor.departments.communication.tests.mailings.conftest import (
    Newsroom,
    due_again,
    run,
    state_of,
)
from kantoor.kernel.actors.actor import console_actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.mail.mass.journal import Journal
from kantoor.kernel.mail.tests.post import Post
from kantoor.kernel.parties.models import Party

EVA, BO, CAS = "eva@example.org", "bo@example.org", "cas@example.org"
OLD, NEW = {"New hall", "NL New hall"}, {"Old hall", "NL Old hall"}


def audience(newsroom: Newsroom, code: str, *addresses: str) -> str:
    """An audience of the parties at these addresses."""
    codes = [Party.objects.get(email=address).code for address in addresses]
    parts = [PartDraft(who=f"communication.party: {each}") for each in codes]
    set_audience(
        newsroom.house.administrator,
        audience=AudienceDraft(code=code, name=code.title(), parts=parts),
    )
    return code


def published_for(newsroom: Newsroom, code: str) -> str:
    """An item that was agreed to be for an audience."""
    item = write_item(
        newsroom.nora, item=ItemDraft(title="Only you", body="Come.\n", language="en")
    )
    place_item(newsroom.nora, places=PlacesDraft(item=item, audience=code))
    ask_item_approval(newsroom.nora, item=item)
    agree(newsroom.dirk, item)
    publish_item(newsroom.nora, item=item)
    return item


def subjects(post: Post) -> list[str]:
    """What went out so far."""
    return [message.subject for _, _, message in post.taken]


def test_a_mailing_goes_to_nobody_whom_it_was_not_agreed_to_be_for(
    newsroom: Newsroom, post: Post
) -> None:
    two, one = audience(newsroom, "two", EVA, BO), audience(newsroom, "one", EVA)
    other = audience(newsroom, "other", BO, CAS)
    item = published_for(newsroom, two)
    everybody = AudienceDraft(
        code="all", name="All", parts=[PartDraft(who="communication.everybody")]
    )
    set_audience(newsroom.house.administrator, audience=everybody)
    for wider in (other, "all"):
        with pytest.raises(NotReady, match="agreed to for “Two”"):
            newsroom.send(item, audience=wider)
        said = reach_in_words(newsroom.nora, item=item, audience=wider)
        assert len(said) == 1 and "not agreed to" in said[0]
    both = [MailingDraft(item=item), MailingDraft(item=item, audience=other)]
    with pytest.raises(NotReady) as refused:
        send_items(newsroom.nora, mailings=both)
    assert refused.value.place.line == 2
    assert not Mailing.objects.exists()
    newsroom.send(item, audience=one, confirmed=None)
    run()
    assert list(newsroom.states()) == [EVA]


def test_a_list_of_addresses_is_no_part_of_who_works_here_but_of_itself(
    newsroom: Newsroom, post: Post
) -> None:
    actor = newsroom.house.administrator
    set_list(actor, mailing_list=ListDraft(code="press", name="Press"))
    for address in ("dee@example.com", "eve@example.com"):
        subscriber = SubscriberDraft(address=address)
        add_subscribers(actor, mailing_list="press", subscribers=[subscriber], source="Fair")
    whom = ["communication.mailing_list: press"]
    parts = [PartDraft(who=each) for each in whom]
    set_audience(actor, audience=AudienceDraft(code="outside", name="Outside", parts=parts))
    with pytest.raises(NotReady, match="Everybody who works here"):
        newsroom.send(audience="outside")
    here = audience(newsroom, "here", EVA)
    item = published_for(newsroom, "outside")
    with pytest.raises(NotReady, match="Outside"):
        newsroom.send(item, audience=here)
    same = AudienceDraft(code="same", name="Same", parts=parts)
    set_audience(actor, audience=same)
    newsroom.send(item, audience="same", confirmed=None)
    run()
    assert sorted(newsroom.states()) == ["dee@example.com", "eve@example.com"]


def test_a_part_that_changes_before_it_is_written_down_stays_a_part(
    newsroom: Newsroom, post: Post
) -> None:
    two, one = audience(newsroom, "two", EVA, BO), audience(newsroom, "one", EVA)
    newsroom.send(published_for(newsroom, two), audience=one, confirmed=None)
    audience(newsroom, "one", EVA, CAS)
    run()
    assert list(newsroom.states()) == [EVA]


def test_an_audience_that_means_others_since_it_was_agreed_to_gets_nothing(
    newsroom: Newsroom, post: Post
) -> None:
    one = audience(newsroom, "one", EVA)
    item = published_for(newsroom, one)
    waits = newsroom.send(item, audience=one, confirmed=None)
    audience(newsroom, "one", EVA)
    newsroom.send(item, audience=one, confirmed=None)
    audience(newsroom, "one", EVA, CAS)
    with pytest.raises(NotReady, match="means was changed"):
        newsroom.send(item, confirmed=None)
    run()
    assert not post.taken and not MailingTo.objects.exists()
    row = Mailing.objects.get(uid=waits)
    assert row.state == "paused" and "means was changed" in row.trouble
    resume_mailing(newsroom.nora, mailing=waits)
    run()
    assert state_of(waits) == "paused" and not post.taken


@pytest.mark.parametrize("how", ["not before", "paused"])
def test_a_mailing_that_waits_says_what_stands_when_it_goes(
    newsroom: Newsroom, post: Post, settings: Settings, how: str
) -> None:
    settings.ADDRESS = "https://kantoor.example"
    item = newsroom.publish()
    later = timezone.now() + timedelta(hours=1)
    mailing = newsroom.send(item, not_before=later if how == "not before" else None)
    if how == "paused":
        pause_mailing(newsroom.nora, mailing=mailing)
    newsroom.correct(item, body="Read [why](https://example.org/why).\n")
    if how == "paused":
        resume_mailing(newsroom.nora, mailing=mailing)
    due_again()
    run()
    assert set(subjects(post)) == NEW and len(post.taken) == 3
    texts = mailing_shown(newsroom.nora, uid=mailing).texts
    assert [(each.number, each.language) for each in texts] == [
        (1, "en"), (2, "nl"), (3, "en"), (4, "nl")
    ]  # fmt: skip
    assert MailingLink.objects.filter(address="https://example.org/why").count() == 1
    (bo,) = post.to(BO)
    page = next(each.text() for each in bo.own_parts() if each.media_type == "text/html")
    assert 'href="https://example.org/why"' not in page, "the new link is counted too"


def test_a_mailing_with_a_limit_says_the_correction_to_who_is_left(
    newsroom: Newsroom, post: Post
) -> None:
    item = newsroom.publish()
    newsroom.send(item, per_minute=6)
    run()
    newsroom.correct(item)
    for _ in range(2):
        due_again()
        run()
    assert subjects(post)[0] in OLD and set(subjects(post)[1:]) <= NEW and len(post.taken) == 3


def test_a_correction_in_the_middle_of_a_turn_goes_to_the_next_lot(
    newsroom: Newsroom, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    item, lots = newsroom.publish(), list[str]()

    def one_at_a_time(*args: Any, lot: str, **more: Any) -> list[MailingTo]:
        lots.append(lot)
        if len(lots) == 2:
            newsroom.correct(item)
        return take_lot(*args, lot=lot, **{**more, "at_most": 1})

    monkeypatch.setattr(sending, "take_lot", one_at_a_time)
    newsroom.send(item)
    run()
    assert len(post.taken) == 3
    assert [subject in NEW for subject in subjects(post)] == [False, True, True]


def test_after_a_kill_who_never_began_gets_the_correction(newsroom: Newsroom, post: Post) -> None:
    item = newsroom.publish()
    mailing = newsroom.send(item)
    row, actor = Mailing.objects.get(uid=mailing), console_actor(newsroom.house.company)
    gather(actor, row)
    rows = {to.address: to for to in take_lot(actor, mailing_id=row.pk, lot="cut", at_most=10)}
    journal = Journal(journal_of("cut"))
    journal.begin(rows[EVA].pk)
    os.close(journal._file)  # As the system does for who is killed.
    newsroom.correct(item)
    due_again()
    run()
    assert newsroom.states() == {EVA: "unsure", BO: "sent", CAS: "sent"}
    assert subjects(post) == ["Old hall"] * 2
    decide_doubt(newsroom.nora, recipient=rows[EVA].pk, outcome="again")
    run()
    assert [mail.subject for mail in post.to(EVA)] == ["NL Old hall"]


def test_who_is_sent_to_again_after_all_ended_gets_the_correction(
    newsroom: Newsroom, post: Post
) -> None:
    post.answers = {BO: "550 5.7.1 No"}
    item = newsroom.publish()
    mailing = newsroom.send(item)
    run()
    assert state_of(mailing) == "done"
    newsroom.correct(item)
    post.answers = {}
    again = MailingTo.objects.get(address=BO)
    decide_doubt(newsroom.nora, recipient=again.pk, outcome="again")
    run()
    assert [mail.subject for mail in post.to(BO)] == ["Old hall"]


def test_marks_of_mailings_that_ended_are_swept_up_and_no_others(
    newsroom: Newsroom, post: Post
) -> None:
    codes = [newsroom.publish(f"Item {n}") for n in range(4)]
    stopped, fresh, paused, last = (newsroom.send(code) for code in codes)
    pause_mailing(newsroom.nora, mailing=paused)
    for each in (stopped, fresh):
        stop_mailing(newsroom.nora, mailing=each)
    folder = house_settings.DATA / "mailings"
    (folder / "nowhere.begun").touch()
    long_ago = timezone.now().timestamp() - begun_here.SETTLED_AFTER_S - 1
    for name in (stopped, paused, "nowhere"):
        os.utime(folder / f"{name}.begun", (long_ago, long_ago))
    run()
    ours = {stopped, fresh, paused, last, "nowhere"}
    assert {path.stem for path in folder.glob("*.begun")} & ours == {fresh, paused}
    assert state_of(last) == "done"
    resume_mailing(newsroom.nora, mailing=paused)
    run()
    assert state_of(paused) == "done" and len(post.taken) == 6


def test_a_moment_without_a_zone_is_refused_with_what_to_write(newsroom: Newsroom) -> None:
    with pytest.raises(InvalidInput, match="time zone") as refused:
        newsroom.send(not_before=datetime.fromisoformat("2030-01-01T09:00"))
    assert refused.value.place.field == "not_before"
    assert not Mailing.objects.exists()
