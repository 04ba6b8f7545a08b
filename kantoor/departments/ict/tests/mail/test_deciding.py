"""Held mail is decided on by people; mailboxes are kept; what failed is sent again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kantoor.departments.ict.actions.cases.moving import close_case, resolve_case
from kantoor.departments.ict.actions.mail.arriving import keep_mail, place_mail
from kantoor.departments.ict.actions.mail.deciding import (
    attach_mail,
    attach_mails,
    hold_mail,
    ignore_mail,
    ignore_mails,
    open_case_of_mail,
    open_cases_of_mail,
)
from kantoor.departments.ict.actions.mail.mailboxes import (
    MailboxChange,
    MailboxDraft,
    add_mailbox,
    change_mailbox,
    note_silence,
    resend_mail,
    resend_mails,
    write_again,
)
from kantoor.departments.ict.actions.mail.taking_part import add_participant, drop_participant
from kantoor.departments.ict.actions.mail.working import (
    place_new,
    read_mailboxes,
    send_answers,
    watch_silence,
)
from kantoor.departments.ict.errors import KnownAlready, UnknownCase, WrongState
from kantoor.departments.ict.models import Case
from kantoor.departments.ict.models.mail.participants import Participant
from kantoor.departments.ict.queries.mail.boxes import (
    mail_sent,
    mailbox,
    mailboxes,
    message_sent,
    unreachable_addresses,
)
from kantoor.departments.ict.queries.mail.came import (
    mail_held,
    mail_received,
    mails_by_key,
    message_received,
    raw_message,
)
from kantoor.departments.ict.queries.mail.of_case import mail_of_case
from kantoor.departments.ict.tests.people import Desk
from kantoor.kernel.actors.actor import installation_actor
from kantoor.kernel.errors import InvalidInput, NotAllowed, NotFound
from kantoor.kernel.jobs.worker import work_off
from kantoor.kernel.mail.keeping import keep_messages
from kantoor.kernel.mail.models import Mailbox, MailboxState, MailIn, MailOut, MailTo
from kantoor.kernel.mail.reading.message import Message, read_message
from kantoor.kernel.mail.sealing import unlocked
from kantoor.kernel.mail.tests.letters import letter
from kantoor.kernel.mail.tests.test_sending import do_to_mail

pytestmark = pytest.mark.django_db
BULK = {"list_id": "<news.example>", "from": "News <news@example.org>"}


def held(desk: Desk, *, count: int = 1, **headers: str) -> list[int]:
    """Messages that are held, since they were sent to many."""
    mails = [letter(f"{n}", message_id=f"<{n}@n>", **{**BULK, **headers}).raw for n in range(count)]
    keys = keep_mail(desk.bo, contents=mails)
    assert place_mail(desk.bo, mail_ids=keys) == count
    assert set(MailIn.objects.values_list("state", flat=True)) == {"held"}
    return keys


def box(desk: Desk, **more: object) -> None:
    given = {
        "name": "Desk", "address": "desk@kantoor.example", "sender_name": "ICT",
        "host": "imap.kantoor.example", "user": "desk", "password": "secret", **more,
    }  # fmt: skip
    add_mailbox(desk.anne, mailbox=MailboxDraft(**given))  # type: ignore[arg-type]


def test_held_mail_becomes_cases(desk: Desk) -> None:
    keys = held(desk, count=3)
    assert mail_held(desk.bo).count == 3
    assert open_cases_of_mail(desk.bo, mails=keys[:2]) == 2
    open_case_of_mail(desk.bo, mail=keys[2])
    assert Case.objects.filter(channel="mail").count() == 3
    assert mail_held(desk.bo).count == 0
    with pytest.raises(WrongState):
        open_case_of_mail(desk.bo, mail=keys[0])


def test_held_mail_is_put_with_a_case_and_its_person_takes_part(desk: Desk) -> None:
    number = desk.opened()
    keys = held(desk, count=2)
    attach_mails(desk.bo, mails=keys[:1], case=number)
    assert not Participant.objects.exists()
    stranger = letter("It is me.", subject=f"Re: {number}", **{"from": "gast@elders.example"})
    (key,) = keep_mail(desk.bo, contents=[stranger.raw])
    assert place_new(desk.bo) == 1
    row = message_received(desk.bo, id=key).row
    assert (row.state, row.held_for) == ("held", "stranger")
    attach_mail(desk.bo, mail=key, case=number)
    assert Participant.objects.get().address == "gast@elders.example"
    assert message_received(desk.bo, id=key).row.case == number
    with pytest.raises(UnknownCase):
        attach_mail(desk.bo, mail=keys[1], case="INC-999999")
    resolve_case(desk.bo, number=number, text="Done.")
    close_case(desk.bo, number=number)
    with pytest.raises(WrongState):
        attach_mail(desk.bo, mail=keys[1], case=number)


def test_held_mail_is_left_and_may_be_taken_up_later(desk: Desk) -> None:
    keys = held(desk, count=2)
    ignore_mails(desk.bo, mails=keys[:1])
    ignore_mail(desk.bo, mail=keys[1])
    assert mail_received(desk.bo, state="ignored").count == 2
    open_case_of_mail(desk.bo, mail=keys[0])
    with pytest.raises(NotFound):
        ignore_mail(desk.bo, mail=0)


def test_mail_that_can_not_be_placed_is_held_and_the_rest_goes_on(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = keep_mail(
        desk.bo, contents=[letter(x, message_id=f"<{x}@x>").raw for x in ("good", "bad", "fine")]
    )

    def failing(raw: bytes) -> Message:
        if b"bad" in raw:
            raise RuntimeError("a fault of ours")
        return read_message(raw)

    monkeypatch.setattr("kantoor.kernel.mail.deciding.read_message", failing)
    assert place_new(desk.bo) == 3
    states = dict(MailIn.objects.values_list("pk", "state"))
    assert [states[key] for key in keys] == ["done", "held", "done"]
    assert MailIn.objects.get(state="held").held_for == "failed"
    hold_mail(desk.bo, mail_ids=keys)
    assert Case.objects.count() == 2


def test_mail_of_another_department_is_not_the_desks_to_decide_on(desk: Desk) -> None:
    def arrived() -> MailIn:
        (came,) = keep_messages(desk.anne, [letter("For the press.").raw], purpose="other")
        came.row.state = "held"
        came.row.save(update_fields=["state"])
        return came.row

    row = do_to_mail(desk.anne, work=arrived)
    assert isinstance(row, MailIn)
    number = desk.opened()
    with pytest.raises(NotFound):
        open_cases_of_mail(desk.bo, mails=[row.pk])
    with pytest.raises(NotFound):
        attach_mails(desk.bo, mails=[row.pk], case=number)
    with pytest.raises(NotFound):
        ignore_mails(desk.bo, mails=[row.pk])
    assert mails_by_key(desk.bo, keys=[row.pk]) == {}
    assert MailIn.objects.get(pk=row.pk).state == "held"


def test_the_same_mail_again_changes_nothing(desk: Desk) -> None:
    raw = letter("x", message_id="<1@x>").raw
    first = keep_mail(desk.bo, contents=[raw, raw])
    place_new(desk.bo)
    assert keep_mail(desk.bo, contents=[raw]) == first[:1] == first[1:]
    assert place_new(desk.bo) == 0
    assert Case.objects.count() == 1


def test_many_messages_take_as_many_statements_as_few(
    desk: Desk,
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    box(desk)

    def statements(name: str, count: int) -> int:
        mails = [
            letter(f"{n}", message_id=f"<{n}@{name}>", **{"from": f"p{n}@{name}.example"}).raw
            for n in range(count)
        ]
        with CaptureQueriesContext(connection) as captured:
            place_mail(desk.bo, mail_ids=keep_mail(desk.bo, contents=mails))
        return len(captured)

    statements("warm", 2)
    assert statements("few", 3) + 3 >= statements("many", 30)


def test_a_mailbox_keeps_its_password_to_itself(desk: Desk) -> None:
    box(desk)
    row = Mailbox.objects.get()
    assert "secret" not in row.password
    assert unlocked(row.password) == "secret"
    assert not hasattr(mailbox(desk.bo, name="Desk"), "password")
    change_mailbox(desk.anne, change=MailboxChange(name="Desk", host="mail.example", active=False))
    (shown,) = mailboxes(desk.bo)
    assert (shown.host, shown.user, shown.health) == ("mail.example", "desk", "stopped")
    with pytest.raises(KnownAlready):
        box(desk)
    with pytest.raises(NotFound):
        change_mailbox(desk.anne, change=MailboxChange(name="Other"))
    with pytest.raises(NotAllowed):
        change_mailbox(desk.bo, change=MailboxChange(name="Desk", active=True))
    wrong: list[dict[str, object]] = [
        {"address": "desk"}, {"port": 0}, {"password": ""}, {"host": " "},
    ]  # fmt: skip
    for each in wrong:
        with pytest.raises(InvalidInput):
            box(desk, **{"name": "Two", **each})


def test_a_mailbox_that_is_silent_opens_one_incident(desk: Desk) -> None:
    box(desk, host="127.0.0.1", port=9, security="none")

    def read() -> None:
        read_mailboxes.enqueue_once("scheduled", installation_actor())
        work_off()

    read()
    assert mailboxes(desk.bo)[0].health == "trouble"
    assert not Case.objects.exists()
    MailboxState.objects.update(read_at=timezone.now() - timedelta(hours=1))
    read()
    read()
    assert mailboxes(desk.bo)[0].health == "silent"
    (case,) = Case.objects.all()
    assert (case.channel, case.about) == ("alert", f"kernel.mailbox/{Mailbox.objects.get().pk}")
    MailboxState.objects.update(read_at=timezone.now())
    watch_silence(desk.anne, Mailbox.objects.get())
    note_silence(desk.anne, mailbox_id=Mailbox.objects.get().pk, silent=False)
    case.refresh_from_db()
    assert case.state == "resolved"
    MailboxState.objects.update(read_at=timezone.now() - timedelta(hours=1))
    read()
    assert Case.objects.count() == 2
    change_mailbox(desk.anne, change=MailboxChange(name="Desk", active=False))
    assert not Case.objects.filter(is_open=True).exists()


def test_what_failed_is_sent_again_when_a_person_says_so(desk: Desk) -> None:
    box(desk)
    keep_mail(desk.bo, contents=[letter("x", message_id="<1@x>").raw])
    place_new(desk.bo)
    (row,) = mail_sent(desk.bo).rows
    assert (row.address, row.state, row.automatic) == ("bo@example.org", "waiting", True)
    with pytest.raises(WrongState):
        resend_mail(desk.bo, recipient=row.id)
    with pytest.raises(NotFound):
        resend_mails(desk.bo, recipients=[0])
    with pytest.raises(NotFound):
        write_again(desk.bo, address="bo@example.org")
    detail = message_sent(desk.bo, id=MailOut.objects.get().pk)
    assert [each.address for each in detail.to] == ["bo@example.org"]
    assert MailTo.objects.count() == 1
    assert unreachable_addresses(desk.bo).count == 0
    assert send_answers(desk.bo, event_ids=[0]) == 0


def test_another_company_sees_and_decides_nothing(desk: Desk) -> None:
    (key,) = held(desk)
    other = begin_desk_elsewhere()
    for ask in (message_received, raw_message):
        with pytest.raises(NotFound):
            ask(other.bo, id=key)
    with pytest.raises(NotFound):
        ignore_mail(other.bo, mail=key)
    assert mail_received(other.bo).count == 0
    with pytest.raises(NotAllowed):
        mail_received(desk.eva)


def begin_desk_elsewhere() -> Desk:
    from tests.founded import found

    house = found("Visser BV")
    dirk = house.person("dirk", "help_desk")
    return Desk(house, house.administrator, dirk, dirk, dirk)


def test_a_message_says_what_it_holds(desk: Desk) -> None:
    body = "Hello.\n\nOn Monday ICT wrote:\n> quoted\n"
    (key,) = keep_mail(desk.bo, contents=[letter(body, message_id="<1@x>").raw])
    detail = message_received(desk.bo, id=key)
    assert (detail.text, detail.to) == ("Hello.", ["desk@kantoor.example"])
    assert "> quoted" in detail.quoted


def test_somebody_is_added_to_the_mail_of_a_case_and_taken_out(desk: Desk) -> None:
    number = desk.opened(requester="E1")
    key = desk.case(number).pk
    add_participant(desk.bo, case=number, address="Finn@bakker.example", name="Finn")
    shown = mail_of_case(desk.bo, case_id=key)
    assert [each.address for each in shown.participants] == ["finn@bakker.example"]
    for known in ("finn@bakker.example", "eva@bakker.example"):
        with pytest.raises(KnownAlready):
            add_participant(desk.bo, case=number, address=known)
    with pytest.raises(InvalidInput):
        add_participant(desk.bo, case=number, address="finn")
    drop_participant(desk.bo, case=number, address="finn@bakker.example")
    assert mail_of_case(desk.bo, case_id=key).participants == []
    with pytest.raises(NotFound):
        drop_participant(desk.bo, case=number, address="finn@bakker.example")
