"""Mailings go out: once to each, by lot and journal; paused, stopped, limited, tried again."""

import os
from datetime import timedelta

import pytest
from django.conf import settings as house_settings
from django.utils import timezone
from pytest_django import Settings

from kantoor.departments.communication.actions.mailings.lots import (
    rest_mailing,
    settle_lot,
    take_lot,
)
from kantoor.departments.communication.actions.mailings.sending import anything_due, journal_of
from kantoor.departments.communication.actions.mailings.steering import (
    decide_doubt,
    decide_doubts,
    pause_mailing,
    resume_mailing,
    stop_mailing,
)
from kantoor.departments.communication.errors import Careless, NotReady
from kantoor.departments.communication.models import Mailing, MailingTo
from kantoor.departments.communication.tests.mailings.conftest import (
    Newsroom,
    due_again,
    run,
    state_of,
)
from kantoor.kernel.actors.actor import console_actor
from kantoor.kernel.mail.mass.journal import Journal
from kantoor.kernel.mail.models import Unreachable
from kantoor.kernel.mail.sending import Said
from kantoor.kernel.mail.tests.post import Post

EVA, BO, CAS = "eva@example.org", "bo@example.org", "cas@example.org"


def test_a_mailing_goes_out_once_to_each_in_their_own_language(
    newsroom: Newsroom, post: Post
) -> None:
    mailing = newsroom.send()
    run()
    assert newsroom.states() == dict.fromkeys((EVA, BO, CAS), "sent")
    assert state_of(mailing) == "done"
    (eva,), (bo,) = post.to(EVA), post.to(BO)
    assert (eva.subject, bo.subject) == ("NL New hall", "New hall")
    assert bo.headers.get("list-id") == "<everybody.kantoor.example>"
    assert bo.headers.get("precedence") == "bulk"
    assert not list((house_settings.DATA / "mailings").glob("*.journal"))
    run()
    assert len(post.taken) == 3


def test_nobody_writes_to_everybody_without_saying_to_how_many(newsroom: Newsroom) -> None:
    with pytest.raises(Careless, match="3"):
        newsroom.send(confirmed=None)
    with pytest.raises(Careless, match="3"):
        newsroom.send(confirmed=2)
    assert not Mailing.objects.exists()


def test_a_mailing_that_is_paused_stands_still_and_goes_on(newsroom: Newsroom, post: Post) -> None:
    mailing = newsroom.send()
    pause_mailing(newsroom.nora, mailing=mailing)
    assert not anything_due()
    run()
    assert not post.taken
    resume_mailing(newsroom.nora, mailing=mailing)
    run()
    assert len(post.taken) == 3
    with pytest.raises(NotReady):
        pause_mailing(newsroom.nora, mailing=mailing)


def test_a_mailing_that_is_stopped_never_goes_on(newsroom: Newsroom, post: Post) -> None:
    mailing = newsroom.send()
    stop_mailing(newsroom.nora, mailing=mailing)
    run()
    assert not post.taken
    with pytest.raises(NotReady):
        resume_mailing(newsroom.nora, mailing=mailing)


def test_no_more_go_out_in_a_minute_than_is_said(newsroom: Newsroom, post: Post) -> None:
    mailing = newsroom.send(per_minute=6)
    run()
    assert len(post.taken) == 1
    assert not anything_due()
    wait = Mailing.objects.get(uid=mailing).next_at - timezone.now()
    assert timedelta(seconds=5) < wait <= timedelta(seconds=10)
    for _ in range(2):
        due_again()
        run()
    assert len(post.taken) == 3
    assert state_of(mailing) == "done"


def test_what_is_refused_for_now_is_tried_again_and_for_good_is_not(
    newsroom: Newsroom, post: Post
) -> None:
    post.answers = {EVA: "451 4.7.1 Later", BO: "550 5.1.1 User unknown"}
    mailing = newsroom.send()
    run()
    assert newsroom.states() == {EVA: "waiting", BO: "failed", CAS: "sent"}
    assert state_of(mailing) == "sending"
    assert not anything_due()
    assert Unreachable.objects.get().address == BO
    post.answers = {}
    due_again()
    run()
    assert newsroom.states()[EVA] == "sent"
    assert state_of(mailing) == "done"
    newsroom.send(newsroom.publish("Next"), confirmed=2)
    run()
    assert len(post.to(BO)) == 0


def test_a_mail_server_that_is_away_costs_no_attempt(
    newsroom: Newsroom, settings: Settings
) -> None:
    settings.SMTP = "smtp://127.0.0.1:9"
    mailing = newsroom.send()
    run()
    assert newsroom.states() == dict.fromkeys((EVA, BO, CAS), "waiting")
    assert not MailingTo.objects.filter(attempts__gt=0).exists()
    assert "Refused" in Mailing.objects.get(uid=mailing).trouble
    assert not anything_due()


def _in_hand(newsroom: Newsroom, lot: str) -> list[MailingTo]:
    """As a worker leaves it that is killed when all are in hand."""
    mailing = newsroom.send()
    pause_mailing(newsroom.nora, mailing=mailing)
    resume_mailing(newsroom.nora, mailing=mailing)
    row = Mailing.objects.get(uid=mailing)
    actor = console_actor(newsroom.house.company)
    from kantoor.departments.communication.actions.mailings.gathering import gather

    gather(actor, row)
    return take_lot(actor, mailing_id=row.pk, lot=lot, at_most=10)


def test_the_journal_tells_after_a_kill_who_was_done_who_never_began_and_who_is_in_doubt(
    newsroom: Newsroom, post: Post
) -> None:
    rows = {row.address: row for row in _in_hand(newsroom, "abc")}
    journal = Journal(journal_of("abc"))
    journal.begin(rows[EVA].pk)
    journal.done(rows[EVA].pk, Said("sent", "250 ok"))
    journal.begin(rows[BO].pk)
    run()
    assert not post.taken, "somebody has the lot in hand"
    os.close(journal._file)  # As the system does for who is killed.
    due_again()
    run()
    assert newsroom.states() == {EVA: "sent", BO: "unsure", CAS: "sent"}
    assert [recipients for _, recipients, _ in post.taken] == [[CAS]]
    assert not journal_of("abc").exists()
    decide_doubt(newsroom.nora, recipient=rows[BO].pk, outcome="again")
    run()
    assert len(post.to(BO)) == 1


def test_without_its_journal_all_of_a_lot_is_in_doubt(newsroom: Newsroom, post: Post) -> None:
    rows = _in_hand(newsroom, "gone")
    run()
    assert set(newsroom.states().values()) == {"unsure"}
    assert not post.taken
    keys = [row.pk for row in rows]
    assert decide_doubts(newsroom.nora, recipients=keys, outcome="arrived") == 3
    assert set(newsroom.states().values()) == {"sent"}
    with pytest.raises(NotReady):
        decide_doubts(newsroom.nora, recipients=keys, outcome="again")


def test_a_line_broken_off_in_the_journal_says_nothing(newsroom: Newsroom, post: Post) -> None:
    rows = {row.address: row for row in _in_hand(newsroom, "torn")}
    journal = Journal(journal_of("torn"))
    journal.begin(rows[EVA].pk)
    os.write(journal._file, f"d {rows[EVA].pk} se".encode())
    os.close(journal._file)
    run()
    assert newsroom.states() == {EVA: "unsure", BO: "sent", CAS: "sent"}


def test_a_mailing_without_anybody_due_rests(newsroom: Newsroom) -> None:
    rows = _in_hand(newsroom, "l")
    actor, mailing = console_actor(newsroom.house.company), rows[0].mailing_id
    settle_lot(actor, mailing_id=mailing, lot="l", said={rows[0].pk: Said("waiting", "451 later")})
    rest_mailing(actor, mailing_id=mailing)
    assert Mailing.objects.get().state == "sending"
    assert sorted(newsroom.states().values()) == ["waiting"] * 3
