"""Mail that goes out: after the commit, once for each address, tried again where it may be."""

import smtplib
from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import Conflict
from kantoor.kernel.jobs.schedule import enqueue_due
from kantoor.kernel.jobs.worker import work_off
from kantoor.kernel.mail.bounces.found import COMPLAINT, DELAYED, FAILED, Failure
from kantoor.kernel.mail.bouncing import note_bounce
from kantoor.kernel.mail.delivering import (
    AGAIN_AFTER_S,
    anything_due,
    begin_sending,
    postpone_sending,
    send_again,
    send_mail,
    settle_sending,
)
from kantoor.kernel.mail.models import Mailbox, MailOut, MailTo, Unreachable
from kantoor.kernel.mail.outgoing import Addressee, Letter, write_letters
from kantoor.kernel.mail.sealing import locked
from kantoor.kernel.mail.sending import Said
from kantoor.kernel.mail.tests.post import Post
from kantoor.kernel.mail.tokens import Thread, thread_of
from tests.founded import House, found

pytestmark = pytest.mark.django_db
BO, CAS = Addressee("Bo Vos", "bo@example.org", 7), Addressee("", "cas@example.org")


@action(permission="tests.write", title="Do something to mail", hidden=True)
def do_to_mail(actor: Actor, /, *, work: object) -> object:
    """Run within an action."""
    assert callable(work)
    return work()


def mailbox(house: House) -> Mailbox:
    def make() -> Mailbox:
        return Mailbox.objects.create(
            company=house.company, purpose="tests", name="Desk", address="desk@kantoor.example",
            sender_name="ICT, Bakker", host="127.0.0.1", port=143, security="none", user="desk",
            password=locked("secret"), created_at=timezone.now(),
        )  # fmt: skip

    made = do_to_mail(house.administrator, work=make)
    assert isinstance(made, Mailbox)
    return made


def write(
    house: House, *to: Addressee, box: Mailbox | None = None, automatic: bool = False
) -> None:
    letter = Letter(
        box or mailbox(house), "tests.case/5", ("c", 5), "Printer\r\nBcc: x@y.nl", "It prints.\n.\nÉ",
        to, answers=("2@x", "1@x"), automatic=automatic,
    )  # fmt: skip
    actor = house.administrator
    do_to_mail(actor, work=lambda: write_letters(actor, [letter]))


def run() -> None:
    send_mail.enqueue_once("scheduled", found_actor())
    work_off()


def found_actor() -> Actor:
    from kantoor.kernel.actors.actor import installation_actor

    return installation_actor()


def due_again(*, in_doubt: bool = False) -> None:
    moment = timezone.now() - timedelta(minutes=30 if in_doubt else 1)
    MailTo.objects.all()
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("UPDATE kernel_mail_to SET next_at = %s", [moment])


def states() -> dict[str, str]:
    return dict(MailTo.objects.values_list("address", "state"))


def test_mail_goes_out_to_each_apart_with_a_token_of_their_own(post: Post) -> None:
    house = found()
    write(house, BO, CAS)
    run()
    assert states() == {"bo@example.org": "sent", "cas@example.org": "sent"}
    (sender, recipients, message) = post.taken[0]
    assert recipients == ["bo@example.org"]
    assert message.subject == "Printer Bcc: x@y.nl"
    assert "bcc" not in message.headers
    assert message.answers == ["2@x", "1@x"]
    assert message.sender == ("ICT, Bakker", "desk@kantoor.example")
    assert message.top.text() == "It prints.\n.\nÉ\n"
    assert thread_of(sender, house.company.pk) == Thread("c", 5, 7)
    assert message.headers.get("reply-to").endswith(f"<{sender}>")
    run()
    assert len(post.taken) == 2


def test_automatic_mail_says_so_and_takes_no_bounces(post: Post) -> None:
    write(found(), BO, automatic=True)
    run()
    ((sender, _, message),) = post.taken
    assert sender == "<>"
    assert message.headers.get("auto-submitted") == "auto-replied"


def test_an_action_that_fails_sends_nothing(post: Post) -> None:
    house = found()
    box = mailbox(house)

    def fail() -> None:
        letter = Letter(box, "tests.case/5", ("c", 5), "x", "x", [BO])
        write_letters(house.administrator, [letter])
        raise Conflict("no")

    with pytest.raises(Conflict):
        do_to_mail(house.administrator, work=fail)
    run()
    assert not post.taken
    assert not MailOut.objects.exists()


def test_what_is_refused_for_now_is_tried_again_and_at_last_given_up(post: Post) -> None:
    write(found(), BO)
    post.answers["bo@example.org"] = "451 4.7.1 Later"
    for _ in range(len(AGAIN_AFTER_S)):
        run()
        assert states() == {"bo@example.org": "waiting"}
        assert not anything_due()
        due_again()
    run()
    assert states() == {"bo@example.org": "failed"}
    assert not Unreachable.objects.exists()


def test_an_unknown_user_is_not_written_to_again(post: Post) -> None:
    house = found()
    post.answers["bo@example.org"] = "550 5.1.1 User unknown"
    box = mailbox(house)
    write(house, BO, CAS, box=box)
    run()
    assert states() == {"bo@example.org": "failed", "cas@example.org": "sent"}
    assert Unreachable.objects.get().address == "bo@example.org"
    write(house, BO, box=box)
    assert MailTo.objects.latest("id").state == "suppressed"


def test_who_was_killed_while_sending_leaves_it_to_a_person(post: Post) -> None:
    house = found()
    write(house, BO)
    to = MailTo.objects.get()
    assert begin_sending(house.administrator, recipient_id=to.pk)
    assert not begin_sending(house.administrator, recipient_id=to.pk)
    run()
    assert states() == {"bo@example.org": "sending"}
    due_again(in_doubt=True)
    run()
    assert states() == {"bo@example.org": "unsure"}
    assert not post.taken
    actor = house.administrator
    do_to_mail(actor, work=lambda: send_again(actor, list(MailTo.objects.all())))
    run()
    assert states() == {"bo@example.org": "sent"}


def test_a_connection_lost_after_the_text_is_never_tried_again_by_itself(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(found(), BO)

    def lost(*_: object) -> None:
        raise smtplib.SMTPServerDisconnected("gone")

    monkeypatch.setattr(smtplib.SMTP, "data", lost)
    run()
    assert states() == {"bo@example.org": "unsure"}


def test_an_answer_that_is_none_leaves_it_to_a_person(post: Post) -> None:
    write(found(), BO)
    post.to_content = "Fine with me"
    run()
    assert states() == {"bo@example.org": "unsure"}


@pytest.mark.parametrize("answer", ["550 Sender rejected", "550 5.1.0 Address rejected"])
def test_that_we_are_refused_says_nothing_of_who_was_written_to(post: Post, answer: str) -> None:
    write(found(), BO)
    post.to_sender = answer
    run()
    assert states() == {"bo@example.org": "failed"}
    assert not Unreachable.objects.exists()


def test_that_a_content_is_refused_says_nothing_of_who_was_written_to(post: Post) -> None:
    write(found(), BO)
    post.to_content = "554 Looks like spam"
    run()
    assert states() == {"bo@example.org": "failed"}
    assert not Unreachable.objects.exists()


@pytest.mark.parametrize("status", ["5.1.7", "5.1.8"])
def test_a_bounce_because_of_the_sender_silences_nobody(status: str) -> None:
    assert not Failure("bo@example.org", status=status).lasting
    assert Failure("bo@example.org", status="5.1.1").lasting


def test_a_mail_server_that_is_away_costs_no_attempt(db: None, settings: Settings) -> None:
    house = found()
    settings.SMTP = "smtp://127.0.0.1:9"
    write(house, BO)
    run()
    to = MailTo.objects.get()
    assert (to.state, to.attempts) == ("waiting", 0)
    assert "Refused" in to.answer
    postpone_sending(house.administrator, recipient_ids=[to.pk], why="away")
    settle_sending(house.administrator, recipient_id=to.pk, said=Said("sent"))
    assert MailTo.objects.get().state == "waiting"


def test_without_a_mail_server_mail_waits(db: None, settings: Settings) -> None:
    settings.SMTP = ""
    write(found(), BO)
    enqueue_due(0)
    assert not anything_due()
    assert states() == {"bo@example.org": "waiting"}


def test_a_bounce_touches_only_what_was_sent_about_its_thing(post: Post) -> None:
    house = found()
    write(house, BO, CAS)
    run()
    actor = house.administrator

    def bounce(about: str, *failures: Failure) -> list[MailTo]:
        rows = do_to_mail(actor, work=lambda: note_bounce(actor, failures, about=about))
        assert isinstance(rows, list)
        return rows

    unknown = Failure("bo@example.org", FAILED, "5.1.1", "unknown")
    assert not bounce("tests.case/6", unknown)
    bounce("tests.case/5", Failure("cas@example.org", DELAYED, "4.4.1"))
    assert states() == {"bo@example.org": "sent", "cas@example.org": "sent"}
    for _ in range(2):
        assert bounce("tests.case/5", unknown)
    assert states()["bo@example.org"] == "bounced"
    assert Unreachable.objects.get().why == "5.1.1 unknown"
    bounce("tests.case/5", Failure("cas@example.org", COMPLAINT))
    assert Unreachable.objects.count() == 2


def test_addresses_in_other_letters_are_sent_to_or_refused_for_good(post: Post) -> None:
    house = found()
    write(house, Addressee("Jo", "jo@bücher.example"), Addressee("José", "josé@example.org"))
    run()
    assert post.to("jo@xn--bcher-kva.example")
    states = dict(MailTo.objects.values_list("name", "state"))
    assert states == {"Jo": "sent", "José": "failed"}
