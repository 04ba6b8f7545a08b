"""What goes wrong around mailings: servers that refuse all, a database that says no, what was undone."""

from datetime import UTC, datetime

import pytest
from django.conf import settings as house_settings
from django.db import OperationalError
from pytest_django import Settings

from kantoor.departments.communication.actions.audiences.stopping import stop_mail_to
from kantoor.departments.communication.actions.mailings import sending
from kantoor.departments.communication.actions.mailings.lots import settle_lot
from kantoor.departments.communication.actions.mailings.measuring import note_followed, note_opened
from kantoor.departments.communication.models import MailingLink, MailingTo
from kantoor.departments.communication.tests.mailings.conftest import (
    Newsroom,
    do_to_mailings,
    due_again,
    run,
    state_of,
)
from kantoor.departments.communication.tests.mailings.returned import bounce
from kantoor.departments.communication.tests.mailings.test_bounces import arrive, senders
from kantoor.kernel.mail.mass.journal import Journal
from kantoor.kernel.mail.models import Unreachable
from kantoor.kernel.mail.tests.post import Post

EVA, BO, CAS = "eva@example.org", "bo@example.org", "cas@example.org"


@pytest.mark.parametrize("answer", ["550 sender rejected", "530 5.7.0 Sign in first", "451 Later"])
def test_a_server_that_refuses_who_sends_costs_nobody_an_attempt_or_their_address(
    newsroom: Newsroom, post: Post, answer: str
) -> None:
    post.to_sender = answer
    mailing = newsroom.send()
    run()
    assert set(newsroom.states().values()) == {"waiting"}
    assert set(MailingTo.objects.values_list("attempts", flat=True)) == {0}
    assert not Unreachable.objects.exists()
    post.to_sender = ""
    due_again()
    run()
    assert (state_of(mailing), len(post.taken)) == ("done", 3)


@pytest.mark.parametrize("answer", ["554 Looks like spam", "550 Message refused", "552 Too big"])
def test_a_content_that_is_refused_says_nothing_of_addresses(
    newsroom: Newsroom, post: Post, answer: str
) -> None:
    post.to_content = answer
    newsroom.send()
    run()
    assert set(newsroom.states().values()) == {"failed"}
    assert not Unreachable.objects.exists()


@pytest.mark.parametrize("answer", ["550 relay not permitted", "550 Relaying denied", "550 No"])
def test_who_was_refused_for_a_reason_of_the_server_gets_the_next_mailing(
    newsroom: Newsroom, post: Post, answer: str
) -> None:
    post.answers = {EVA: answer, BO: "550 No such user here"}
    newsroom.send()
    run()
    assert newsroom.states() == {EVA: "failed", BO: "failed", CAS: "sent"}
    assert MailingTo.objects.get(address=EVA).answer == answer
    post.answers = {}
    newsroom.send(newsroom.publish("Next"), confirmed=2)
    run()
    assert [len(post.to(each)) for each in (EVA, BO, CAS)] == [1, 0, 2]


def test_a_lot_that_could_not_be_settled_is_settled_by_its_journal_in_the_next_turn(
    newsroom: Newsroom, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle = settle_lot

    def locked(*args: object, lot: str, **more: object) -> None:
        if lot != "-":
            raise OperationalError("database is locked")
        settle(*args, lot=lot, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(sending, "settle_lot", locked)
    mailing = newsroom.send()
    run()
    assert set(newsroom.states().values()) == {"sending"}
    monkeypatch.setattr(sending, "settle_lot", settle)
    due_again()
    run()
    assert newsroom.states() == dict.fromkeys((EVA, BO, CAS), "sent")
    assert (state_of(mailing), len(post.taken)) == ("done", 3)
    assert not list((house_settings.DATA / "mailings").glob("*.journal"))


def test_whose_consent_to_be_measured_is_gone_is_measured_no_more(
    newsroom: Newsroom, post: Post
) -> None:
    newsroom.send()
    run()
    row, actor = MailingTo.objects.get(address=EVA), newsroom.house.administrator
    do_to_mailings(actor, work=lambda: MailingTo.objects.filter(pk=row.pk).update(measured=True))
    stop_mail_to(newsroom.nora, address=EVA)
    note_opened(actor, thing=row.pk)
    note_followed(actor, letter="l", thing=row.pk, number=1)
    row.refresh_from_db()
    assert (row.opened_at, row.followed_at) == (None, None)


def _erase(newsroom: Newsroom) -> MailingTo:
    row = MailingTo.objects.get(address=EVA)
    erased = {"name": "", "address": f"erased-{row.pk}", "answer": ""}
    do_to_mailings(
        newsroom.house.administrator,
        work=lambda: MailingTo.objects.filter(pk=row.pk).update(**erased),
    )
    row.refresh_from_db()
    return row


def test_a_bounce_for_who_was_erased_brings_nothing_of_them_back(
    newsroom: Newsroom, post: Post
) -> None:
    newsroom.send()
    run()
    row = _erase(newsroom)
    assert arrive(newsroom, bounce(senders(post)[EVA], EVA)) == []
    row.refresh_from_db()
    assert (row.state, row.answer) == ("bounced", "")
    assert not Unreachable.objects.exists()


def test_who_was_erased_before_their_turn_is_passed_over(newsroom: Newsroom, post: Post) -> None:
    post.answers = {EVA: "451 4.7.1 Later"}
    mailing = newsroom.send()
    run()
    row = _erase(newsroom)
    due_again()
    run()
    row.refresh_from_db()
    assert (row.state, row.answer) == ("suppressed", "")
    assert state_of(mailing) == "done"
    assert not Unreachable.objects.exists()


def test_a_moment_that_is_past_is_now_and_one_far_away_is_waited_for(
    newsroom: Newsroom, post: Post
) -> None:
    newsroom.send(not_before=datetime(2020, 1, 1, 12, tzinfo=UTC))
    far = newsroom.send(newsroom.publish("Far"), not_before=datetime(9999, 12, 31, tzinfo=UTC))
    run()
    assert {m.subject for _, _, m in post.taken} == {"New hall", "NL New hall"}
    assert state_of(far) == "gathering"


def test_a_link_too_long_to_be_counted_stands_in_the_mail_as_it_is(
    newsroom: Newsroom, post: Post, settings: Settings
) -> None:
    settings.ADDRESS = "https://kantoor.example"
    body = f"[far](https://example.org/{'a' * 2000}) and [near](https://example.org/near)\n"
    newsroom.send(newsroom.publish("Links", body=body))
    assert set(MailingLink.objects.values_list("address", flat=True)) == {
        "https://example.org/near", "https://kantoor.example/communication/news/links"
    }  # fmt: skip
    run()
    (mail,) = post.to(BO)
    html = next(each.text() for each in mail.own_parts() if each.media_type == "text/html")
    assert f'href="https://example.org/{"a" * 2000}"' in html
    assert 'href="https://example.org/near"' not in html


@pytest.mark.parametrize(
    ("answer", "state"),
    [("251 Passed on", "sent"), ("Fine with me", "unsure"), ("354 More", "unsure")],
)
def test_only_a_refusal_says_that_a_whole_message_was_not_taken(
    newsroom: Newsroom, post: Post, answer: str, state: str
) -> None:
    post.to_content = answer
    newsroom.send()
    run()
    assert set(newsroom.states().values()) == {state}


def test_the_journal_of_who_was_killed_after_all_was_settled_is_swept_up(
    newsroom: Newsroom, post: Post
) -> None:
    Journal(left := sending.journal_of("left")).leave()
    with Journal(held := sending.journal_of("held")):
        newsroom.send()
        run()
        assert (left.exists(), held.exists()) == (False, True)
    assert len(post.taken) == 3
