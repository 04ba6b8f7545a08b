"""Mailboxes that are read: nothing is lost, nothing is kept twice, whatever breaks off."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kantoor.kernel.mail.fetching import read_mailbox, silent
from kantoor.kernel.mail.keeping import keep_messages
from kantoor.kernel.mail.models import Mailbox, MailboxState, MailIn
from kantoor.kernel.mail.tests.letters import letter
from kantoor.kernel.mail.tests.post import Box
from kantoor.kernel.mail.tests.test_sending import do_to_mail, mailbox
from tests.founded import House, found

pytestmark = pytest.mark.django_db


def at(box: Box, house: House) -> Mailbox:
    made = mailbox(house)
    made.port = box.port
    return made


def test_what_is_new_is_read_once_and_marked_after_it_was_kept(box: Box) -> None:
    house = found()
    reading = at(box, house)
    seen: list[bytes] = []
    box.put(b"Subject: 1\n\none\n", b"Subject: 2\n\ntwo\n")

    def keep(content: bytes) -> None:
        assert len([flags for flags in box.flags() if b"\\Seen" in flags]) == len(seen)
        seen.append(content)

    turn = read_mailbox(reading, keep)
    assert (turn.read, turn.error) == (2, "")
    assert [content.split(b"\r\n")[0] for content in seen] == [b"Subject: 1", b"Subject: 2"]
    assert all(b"\\Seen" in flags for flags in box.flags())
    assert read_mailbox(reading, keep).read == 0
    box.put(b"Subject: 3\n\nthree\n")
    assert read_mailbox(reading, keep).read == 1


def test_who_is_killed_while_keeping_gets_it_again(box: Box) -> None:
    reading = at(box, found())
    box.put(b"Subject: 1\n\none\n")

    def killed(_content: bytes) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_mailbox(reading, killed)
    assert not any(b"\\Seen" in flags for flags in box.flags())
    got: list[bytes] = []
    read_mailbox(reading, got.append)
    assert len(got) == 1


def test_a_server_that_numbers_anew_is_read_again_and_nothing_is_kept_twice(box: Box) -> None:
    house = found()
    reading, actor = at(box, house), house.administrator
    box.put(b"Message-ID: <1@x>\nSubject: 1\n\none\n")

    def keep(content: bytes) -> None:
        do_to_mail(actor, work=lambda: keep_messages(actor, [content], purpose="tests"))

    read_mailbox(reading, keep)
    MailboxState.objects.update(uid_validity=1)
    assert read_mailbox(reading, keep).read == 1
    assert MailIn.objects.count() == 1


def test_the_same_mail_by_another_way_is_the_same_and_a_forgery_is_not() -> None:
    house = found()
    actor = house.administrator
    mails = [
        letter("x", message_id="<1@x>", received="by a").raw,
        letter("x", message_id="<1@x>", received="by b").raw,
        letter("y", message_id="<1@x>", received="by b").raw,
    ]
    kept = do_to_mail(actor, work=lambda: keep_messages(actor, mails, purpose="tests"))
    assert isinstance(kept, list)
    assert [arrival.known for arrival in kept] == [False, True, False]
    assert MailIn.objects.count() == 2


def test_a_mailbox_that_cant_be_read_says_why_and_falls_silent(box: Box) -> None:
    house = found()
    reading = at(box, house)
    reading.port = 9
    assert "Refused" in read_mailbox(reading, lambda _: None).error
    state = MailboxState.objects.get()
    assert not silent(state, reading)
    reading.created_at -= timedelta(hours=1)
    assert silent(state, reading)
    reading.port = box.port
    assert not read_mailbox(reading, lambda _: None).error
    state.refresh_from_db()
    assert not silent(state, reading)
    state.read_at = timezone.now() - timedelta(hours=1)
    assert silent(state, reading)


def test_a_password_goes_nowhere_in_the_clear(box: Box) -> None:
    reading = at(box, found())
    reading.host = "mail.example.org"
    assert read_mailbox(reading, lambda _: None).error


def test_the_senders_of_mail_can_be_erased() -> None:
    house = found()
    actor = house.administrator
    mails = [letter(str(n), message_id=f"<{n}@x>").raw for n in range(2)]
    do_to_mail(actor, work=lambda: keep_messages(actor, mails, purpose="tests"))
    first, second = MailIn.objects.order_by("id")
    assert first.subject_id == second.subject_id is not None
    assert first.file.subject_id == first.subject_id


def test_a_message_that_can_not_be_kept_is_said_and_stops_no_other_mailbox(box: Box) -> None:
    reading = at(box, found())
    box.put(b"Subject: 1\n\none\n")

    def odd(_content: bytes) -> None:
        raise RuntimeError("no room")

    assert read_mailbox(reading, odd).error == "RuntimeError: no room"
    assert MailboxState.objects.get(mailbox=reading).read_at is None
