"""Questions that come in by mail: as one thread, answered once, and nobody else gets into it."""

import pytest

from kantoor.departments.communication.actions.contacts.keeping import add_contact
from kantoor.departments.communication.actions.mail.arriving import (
    hold_mail,
    keep_mail,
    place_mail,
)
from kantoor.departments.communication.actions.mail.deciding import (
    attach_mail,
    attach_mails,
    ignore_mail,
    ignore_mails,
    make_question_of_mail,
    make_questions_of_mail,
)
from kantoor.departments.communication.actions.mail.mailboxes import change_mailbox
from kantoor.departments.communication.actions.questions.answering import answer_question
from kantoor.departments.communication.actions.questions.terms import set_question_terms
from kantoor.departments.communication.actions.questions.working import close_question
from kantoor.departments.communication.drafts_questions import TermsDraft
from kantoor.departments.communication.errors import KnownAlready, NotReady
from kantoor.departments.communication.queries.questions.mail import (
    mail_received,
    mailbox,
    message_received,
)
from kantoor.departments.communication.queries.questions.register import question
from kantoor.departments.communication.queries.questions.threads import places
from kantoor.departments.communication.tests.press import signed_in, statements
from kantoor.departments.communication.tests.questions.post_room import (
    ADDRESS,
    PostRoom,
    begin_post_room,
    first_mail,
    reply,
)
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.mail.mailboxes import MailboxChange
from kantoor.kernel.mail.models import MailIn, MailTo, Unreachable

pytestmark = pytest.mark.django_db


def test_a_mail_becomes_a_question_of_a_contact_and_its_thread_stays_together(
    room: PostRoom,
) -> None:
    code = add_contact(room.press.nora, contact=room.press.draft())
    room.receive(first_mail())
    (asked,) = room.questions()
    assert (asked.title, asked.text, asked.asker) == (
        "The new hall", "How many work there?", "Joris Pen",
    )  # fmt: skip
    assert asked.contact is not None
    assert asked.contact.party.code == code
    assert asked.medium == "De Courant"
    told = room.got()
    assert told.headers.get("auto-submitted") == "auto-replied"
    assert told.subject == f"[{asked}] The new hall"

    answer_question(room.press.nora, number=str(asked), text="Two hundred.")
    room.work()
    answer = room.got()
    assert "auto-submitted" not in answer.headers
    assert answer.top.text().startswith("Two hundred.")
    assert "> How many work there?" in answer.top.text()
    assert question(room.press.nora, number=str(asked)).row.state == "answered"

    room.receive(reply(answer, "And next year?"))
    assert room.questions() == [asked]
    shown = question(room.press.nora, number=str(asked))
    assert (shown.row.state, shown.row.owner) == ("active", "Nora")
    assert [each.what for each in shown.happened if each.what != "state"] == [
        "asked", "owner", "answer", "wrote",
    ]  # fmt: skip
    assert shown.happened[-2].text.endswith("And next year?")
    assert len(room.post.to("joris@courant.example")) == 2


def test_a_question_by_mail_brings_its_files(room: PostRoom) -> None:
    body = (
        "--x\nContent-Type: text/plain\n\nSee this.\n--x\nContent-Type: text/html\n"
        'Content-Disposition: attachment; filename="../a.html"\n\n<script>alert(1)</script>\n--x--\n'
    )
    room.receive(first_mail(body, content_type='multipart/mixed; boundary="x"'))
    (asked,) = room.questions()
    (file,) = question(room.press.nora, number=str(asked)).happened[0].files
    assert file.name == "a.html"
    answer = signed_in("nora").get(f"/communication/questions/{asked}/files/{file.id}")
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")


def test_nobody_else_gets_into_a_question_by_its_number_or_a_thread_one_can_guess(
    room: PostRoom,
) -> None:
    room.receive(first_mail())
    (asked,) = room.questions()
    other = "Spy <spy@else.example>"
    room.receive(
        first_mail("What did he ask?", subject=f"Re: [{asked}]", message_id="<2@spy>",
                   in_reply_to="<1@courant>", **{"from": other})
    )  # fmt: skip
    assert len(room.questions()) == 2
    room.receive(first_mail("More.", subject=f"About {asked}", message_id="<3@courant>"))
    assert len(room.questions()) == 2


def test_what_a_closed_question_is_answered_with_opens_it_again_and_it_is_due_anew(
    room: PostRoom,
) -> None:
    room.receive(first_mail())
    (asked,) = room.questions()
    close_question(room.press.nora, number=str(asked), why="Told by telephone.")
    with pytest.raises(NotReady):
        answer_question(room.press.nora, number=str(asked), text="Late.")
    room.receive(reply(room.got(), "One more thing."))
    (again,) = room.questions()
    assert (again.state, again.is_open) == ("new", True)
    assert again.due_at > asked.due_at or again.due_at == asked.due_at


def test_mail_of_machines_is_held_and_what_a_monitor_writes_is_a_mention(room: PostRoom) -> None:
    alert = first_mail(
        "Bakker in the news.", **{"from": "Alerts <alerts@watch.example>"}, message_id="<4@watch>",
        list_id="<alerts.watch.example>", precedence="bulk",
    )  # fmt: skip
    room.receive(alert)
    assert room.last_state() == ("held", "bulk")
    set_question_terms(room.press.nora, terms=TermsDraft(monitors="alerts@watch.example"))
    room.receive(
        first_mail(
            "Bakker again.", **{"from": "Alerts <alerts@watch.example>"}, message_id="<5@watch>",
            list_id="<alerts.watch.example>", precedence="bulk",
        )
    )  # fmt: skip
    (mention,) = room.questions()
    assert mention.kind == "mention"
    assert room.post.to("alerts@watch.example") == []
    room.receive(first_mail("I am away.", auto_submitted="auto-replied", message_id="<6@away>"))
    assert room.last_state() == ("held", "automatic")


def test_an_answer_that_comes_back_stands_with_its_question_and_is_written_to_no_more(
    room: PostRoom,
) -> None:
    room.receive(first_mail())
    (asked,) = room.questions()
    answer_question(room.press.nora, number=str(asked), text="Two hundred.")
    room.work()
    token = room.got().headers.get("reply-to")
    body = (
        "--x\nContent-Type: text/plain\n\nIt failed.\n--x\n"
        "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n"
        "Final-Recipient: rfc822; joris@courant.example\nAction: failed\nStatus: 5.1.1\n"
        "Diagnostic-Code: smtp; 550 5.1.1 no such user\n--x--\n"
    )
    bounce = first_mail(
        body, **{"from": "Mailer <mailer-daemon@mx.example>"}, to=token, message_id="<7@mx>",
        subject="Undelivered", return_path="<>",
        content_type='multipart/report; report-type=delivery-status; boundary="x"',
    )  # fmt: skip
    room.receive(bounce)
    assert Unreachable.objects.get().address == "joris@courant.example"
    assert MailTo.objects.filter(state="bounced").exists()
    last = question(room.press.nora, number=str(asked)).happened[-1]
    assert (last.by, last.what) == ("machine", "note")
    assert "no such user" in last.text
    with pytest.raises(InvalidInput, match="comes back"):
        answer_question(room.press.nora, number=str(asked), text="Again.")


def test_held_mail_is_decided_on_by_a_person(room: PostRoom) -> None:
    for number in range(5):
        room.receive(
            first_mail(f"News {number}", message_id=f"<n{number}@x>", precedence="bulk",
                       list_id="<n.x.example>", **{"from": f"n{number}@x.example"})
        )  # fmt: skip
    nora = room.press.nora
    rows = mail_received(nora, state="held").rows
    keys = [row.id for row in reversed(rows)]
    assert "News 0" in message_received(nora, id=keys[0]).text
    assert make_questions_of_mail(nora, mails=keys[:1]) == 1
    assert make_question_of_mail(nora, mail=keys[1]) == 1
    first, _second = room.questions()
    assert attach_mails(nora, mails=[keys[2]], number=str(first)) == 1
    assert attach_mail(nora, mail=keys[3], number=str(first)) == 1
    assert ignore_mails(nora, mails=[keys[4]]) == 1
    assert ignore_mail(nora, mail=keys[4]) == 1
    with pytest.raises(NotReady):
        make_question_of_mail(nora, mail=keys[0])
    assert len(question(nora, number=str(first)).happened) == 3
    assert mail_received(nora, state="held").rows == []
    client = signed_in("nora")
    for url in ("/communication/mail", f"/communication/mail/{keys[4]}"):
        assert client.get(url).status_code == 200, url


def test_one_message_that_fails_is_held_and_the_others_go_on(
    room: PostRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = places

    def breaks(actor: object, messages: object) -> object:
        assert all("break" not in each.subject for each in messages)  # type: ignore[attr-defined]
        return whole(actor, messages)  # type: ignore[arg-type]

    monkeypatch.setattr("kantoor.departments.communication.actions.mail.placing.places", breaks)
    room.receive(first_mail(subject="It will break", message_id="<8@x>"), first_mail())
    assert [each.title for each in room.questions()] == ["The new hall"]
    assert MailIn.objects.get(subject="It will break").held_for == "failed"


def test_statements_do_not_grow_with_the_messages(room: PostRoom) -> None:
    nora = room.press.nora

    def placed(of: str, count: int) -> int:
        raw = [
            first_mail(f"{of} {n}", message_id=f"<{of}{n}@x>", **{"from": f"{of}{n}@x.example"}).raw
            for n in range(count)
        ]
        keys = keep_mail(nora, contents=raw)
        found = statements(lambda: place_mail(nora, mail_ids=keys))
        assert not MailIn.objects.filter(pk__in=keys).exclude(state="done").exists()
        return found

    placed("first", 1)
    assert placed("many", 25) <= placed("some", 3) + 2
    hold_mail(nora, mail_ids=keep_mail(nora, contents=[first_mail("Hold", message_id="<h@x>").raw]))
    assert room.last_state() == ("held", "failed")


def test_a_mailbox_is_changed_and_stopped(room: PostRoom) -> None:
    nora = room.press.nora
    change_mailbox(nora, change=MailboxChange(name="Press", signature="Bakker\nPress"))
    assert mailbox(nora, name="Press").signature == "Bakker\nPress"
    change_mailbox(nora, change=MailboxChange(name="Press", active=False))
    room.receive(first_mail())
    assert room.questions() == []
    with pytest.raises(KnownAlready):
        begin_post_room(room.press, room.post, room.imap)
    client = signed_in("nora")
    assert client.get("/communication/mailboxes").status_code == 200
    page = client.get("/communication/mailboxes/Press").content.decode()
    assert ADDRESS in page
