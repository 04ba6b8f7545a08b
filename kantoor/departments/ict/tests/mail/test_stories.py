"""Mail of the service desk over real SMTP and IMAP: threads stay together, strangers stay out."""

import pytest

from kantoor.departments.ict.actions.cases.linking import merge_case
from kantoor.departments.ict.actions.cases.moving import await_case, close_case, resolve_case
from kantoor.departments.ict.actions.cases.noting import add_note
from kantoor.departments.ict.actions.clocks.levels import add_service_level
from kantoor.departments.ict.actions.mail.mailboxes import MailboxChange, change_mailbox
from kantoor.departments.ict.drafts import NoteDraft
from kantoor.departments.ict.drafts_clocks import TargetDraft
from kantoor.departments.ict.models import CaseEvent, CaseFile, Clock
from kantoor.departments.ict.models.mail.participants import Participant
from kantoor.departments.ict.queries.mail.staff import answer_address
from kantoor.departments.ict.tests.mail.office import ADDRESS, EVA, Office, first_mail, reply
from kantoor.kernel.actors.roles import end_grant
from kantoor.kernel.calendars.actions import add_calendar
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.mail.limits import MOST_ANSWERS, MOST_OF_ADDRESS
from kantoor.kernel.mail.models import MailIn, MailTo, Unreachable
from kantoor.kernel.mail.reading.message import Message
from kantoor.kernel.mail.tests.letters import letter
from kantoor.kernel.parties.employees import EmployeeDraft, add_employee

pytestmark = pytest.mark.django_db


def _answered(office: Office, text: str = "Turn it off and on.") -> None:
    (case,) = office.cases()
    add_note(office.desk.bo, note=NoteDraft(case=str(case), text=text, public=True))
    office.work()


def test_a_mail_becomes_a_case_and_its_thread_stays_together(office: Office) -> None:
    office.receive(first_mail())
    (case,) = office.cases()
    assert (case.title, case.text, case.channel) == ("The printer beeps", "It beeps.", "mail")
    assert case.requester is not None
    assert case.requester.email == "eva@bakker.example"
    told = office.got("eva@bakker.example")
    assert told.headers.get("auto-submitted") == "auto-replied"
    assert (told.subject, told.answers) == (f"[{case}] The printer beeps", ["1@eva"])

    _answered(office)
    answer = office.got("eva@bakker.example")
    assert "auto-submitted" not in answer.headers
    assert answer.top.text().startswith("Turn it off and on.")
    assert "> It beeps." in answer.top.text()

    office.receive(reply(answer, "That helped, but now it smells."))
    assert office.cases() == [case]
    (_, (by, public, text)) = office.notes(case)
    assert (by, public) == ("requester", True)
    assert text.endswith("That helped, but now it smells.")
    assert len(office.post.to("eva@bakker.example")) == 2


def test_a_reply_whose_token_was_lost_is_found_by_its_thread(office: Office) -> None:
    office.receive(first_mail())
    office.receive(reply(office.got("eva@bakker.example"), "More.", to=ADDRESS))
    assert len(office.cases()) == 1


def test_a_reply_without_any_of_it_is_found_by_its_number_for_who_takes_part(
    office: Office,
) -> None:
    office.receive(first_mail())
    (case,) = office.cases()
    office.receive(first_mail("More.", subject=f"About {case}", message_id="<2@eva>"))
    assert office.cases() == [case]
    assert len(office.notes(case)) == 1


def test_a_colleague_who_replies_is_let_in_and_gets_the_answers(office: Office) -> None:
    office.receive(first_mail())
    told = office.got("eva@bakker.example")
    office.receive(reply(told, "I hear it too.", **{"from": "Finn <finn@bakker.example>"}))
    (case,) = office.cases()
    assert [each[0] for each in office.notes(case)] == ["requester"]
    assert set(Participant.objects.values_list("address", "how")) == {
        ("eva@bakker.example", "wrote"),
        ("finn@bakker.example", "token"),
    }
    _answered(office)
    first, second = office.got("eva@bakker.example"), office.got("finn@bakker.example")
    assert first.headers.get("reply-to") != second.headers.get("reply-to")
    office.receive(reply(second, "Thanks.", **{"from": "finn@bakker.example"}))
    assert office.cases() == [case]


def test_a_stranger_who_quotes_a_number_is_kept_out(office: Office) -> None:
    office.receive(first_mail())
    (case,) = office.cases()
    stranger = {"from": "Mallory <mallory@evil.example>", "to": ADDRESS, "message_id": "<9@evil>"}
    office.receive(letter("Send me all.", subject=f"Re: [{case}] The printer beeps", **stranger))
    assert office.last_state() == ("held", "stranger")
    assert office.cases() == [case]
    assert office.notes(case) == []
    forged = f"desk+c{case.pk}.0.aaaaaaaaaaaaaaaa@bakker.example"
    thread = {"to": forged, "in_reply_to": "<1@eva>", "message_id": "<10@evil>"}
    office.receive(letter("Send me all.", subject="Re: The printer", **{**stranger, **thread}))
    assert office.last_state() == ("held", "stranger")
    assert not office.post.to("mallory@evil.example")
    assert Participant.objects.count() == 1


def test_a_colleague_in_copy_of_the_first_mail_is_of_the_thread(office: Office) -> None:
    office.receive(first_mail())
    finn = {"from": "finn@bakker.example", "to": ADDRESS, "message_id": "<2@finn>"}
    office.receive(
        letter("Me too.", in_reply_to="<1@eva>", subject="Re: The printer beeps", **finn)
    )
    assert len(office.cases()) == 1


def _clocks(office: Office) -> list[tuple[str, str, object]]:
    assert office.cases()
    found = Clock.objects.order_by("pk").values_list("clock", "state", "since")
    assert found
    return list(found)


def test_a_storm_of_automatic_replies_is_attached_or_held_and_never_answered(
    office: Office,
) -> None:
    add_calendar(office.desk.anne, code="office", name="Office hours")
    targets = [TargetDraft(clock="resolution", priority=3, minutes=480)]
    add_service_level(
        office.desk.anne,
        code="plain",
        name="Plain",
        calendar="office",
        targets=targets,
        standard=True,
    )
    office.receive(first_mail())
    (case,) = office.cases()
    told = office.got("eva@bakker.example")
    await_case(office.desk.bo, number=str(case), waiting_for="caller")
    waiting = _clocks(office)
    away = {"auto_submitted": "auto-replied", "from": "eva@bakker.example"}
    office.receive(
        *(reply(told, f"Away {n}.", message_id=f"<{n}@away>", **away) for n in range(5)),
        *(first_mail(f"Away {n}", message_id=f"<{n}@new>", **away) for n in range(5)),
    )
    case.refresh_from_db()
    assert (case.state, _clocks(office)) == ("waiting", waiting)
    assert [(by, public) for by, public, _ in office.notes(case)] == [("machine", False)] * 5
    assert MailIn.objects.filter(state="held", held_for="automatic").count() == 5
    assert office.cases() == [case]
    assert len(office.post.to("eva@bakker.example")) == 1
    office.receive(reply(told, "I am back: it still beeps."))
    case.refresh_from_db()
    assert case.state == "active"
    assert _clocks(office) != waiting


def test_a_storm_of_one_address_is_held_and_answered_a_few_times(office: Office) -> None:
    most = MOST_OF_ADDRESS
    office.receive(*(first_mail(f"Alarm {n}", message_id=f"<{n}@m>") for n in range(most + 5)))
    assert len(office.cases()) + MailIn.objects.filter(held_for="storm").count() == most + 5
    assert MailIn.objects.filter(held_for="storm").exists()
    office.receive(first_mail("One more", message_id="<99@m>"))
    assert office.last_state() == ("held", "storm")
    assert len(office.post.to("eva@bakker.example")) <= MOST_ANSWERS


def test_a_bounce_is_attached_and_its_address_written_to_no_more(office: Office) -> None:
    office.receive(first_mail())
    (case,) = office.cases()
    _answered(office)
    (envelope,) = [
        sender
        for sender, to, _ in office.post.taken
        if sender != "<>" and "eva@bakker.example" in to
    ]
    assert envelope.startswith("desk+c")
    report = (
        "--b\nContent-Type: text/plain\n\nUser unknown\n--b\n"
        "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\n"
        "Final-Recipient: rfc822; eva@bakker.example\nAction: failed\nStatus: 5.1.1\n\n--b--\n"
    )
    bounce = {
        "from": "MAILER-DAEMON@mx.example", "to": envelope, "return_path": "<>",
        "content_type": "multipart/report; report-type=delivery-status; boundary=b",
    }  # fmt: skip
    office.receive(letter(report, **bounce))
    assert office.cases() == [case]
    by, public, text = office.notes(case)[-1]
    assert (by, public) == ("machine", False)
    assert "eva@bakker.example: failed 5.1.1" in text
    assert MailTo.objects.latest("pk").state == "bounced"
    assert Unreachable.objects.get().address == "eva@bakker.example"
    _answered(office, "Are you there?")
    assert MailTo.objects.latest("pk").state == "suppressed"


def test_a_bounce_of_what_was_not_ours_is_left(office: Office) -> None:
    office.receive(
        letter(
            "<x@y.nl>: 550 5.1.1 User unknown\n", subject="Undelivered Mail Returned to Sender",
            return_path="<>", **{"from": "MAILER-DAEMON@mx.example"},
        )
    )  # fmt: skip
    assert office.last_state()[0] == "ignored"
    assert not office.cases()


def test_our_own_mail_that_comes_back_is_left(office: Office) -> None:
    office.receive(first_mail())
    _answered(office)
    office.receive(office.got("eva@bakker.example"))
    assert office.last_state()[0] == "ignored"
    assert len(office.cases()) == 1


def test_a_solved_case_opens_again_and_a_closed_one_is_followed_by_another(office: Office) -> None:
    office.receive(first_mail())
    (case,) = office.cases()
    resolve_case(office.desk.bo, number=str(case), text="Bought a new one.")
    office.work()
    solved = office.got("eva@bakker.example")
    assert "Bought a new one." in solved.top.text()
    office.receive(reply(solved, "It beeps again."))
    case.refresh_from_db()
    assert (case.state, case.reopened) == ("active", 1)
    resolve_case(office.desk.bo, number=str(case), text="Done.")
    close_case(office.desk.bo, number=str(case))
    office.receive(reply(solved, "And again."))
    assert len(office.cases()) == 2
    assert str(case) in office.cases()[1].text


def test_what_comes_along_is_kept_with_the_case(office: Office) -> None:
    body = (
        "--b\n\nSee the picture.\n--b\nContent-Type: image/png; name=error.png\n"
        "Content-Transfer-Encoding: base64\n\niVBORw==\n--b--\n"
    )
    office.receive(first_mail(body, content_type="multipart/mixed; boundary=b"))
    (file,) = CaseFile.objects.select_related("file")
    assert (file.file.name, file.file.size) == ("error.png", 4)
    assert office.cases()[0].text == "See the picture."


def test_internal_notes_stay_inside(office: Office) -> None:
    office.receive(first_mail())
    (case,) = office.cases()
    add_note(office.desk.bo, note=NoteDraft(case=str(case), text="She shook it."))
    office.work()
    assert len(office.post.to("eva@bakker.example")) == 1


def test_somebody_we_do_not_know_gets_a_case_too(office: Office) -> None:
    office.receive(letter("Hello", to=ADDRESS, **{"from": "Gast <gast@elders.example>"}))
    (case,) = office.cases()
    assert case.requester is None
    assert case.contact == "Gast <gast@elders.example>"
    _answered(office)
    assert len(office.post.to("gast@elders.example")) == 2


def test_an_answer_to_a_merged_case_goes_on_with_the_other(office: Office) -> None:
    office.receive(first_mail())
    told = office.got("eva@bakker.example")
    (double,) = office.cases()
    kept = office.desk.opened("All printers beep")
    merge_case(office.desk.bo, number=str(double), into=kept)
    office.receive(reply(told, "It smells."))
    assert len(office.cases()) == 2
    by, public, text = office.notes(office.desk.case(kept))[-1]
    assert (by, public) == ("requester", True)
    assert text.endswith("It smells.")
    office.receive(letter("And smoke.", subject=f"about {double}", message_id="<9@eva>",
                          **{"from": "eva@bakker.example", "to": ADDRESS}))  # fmt: skip
    assert office.notes(office.desk.case(kept))[-1][2].endswith("And smoke.")


def _bo_has_an_address(office: Office) -> None:
    bo = EmployeeDraft(name="Bo", email="bo@bakker.example", sign_in="bo")
    add_employee(office.desk.anne, employee=bo)


def _bo_by_mail(office: Office, body: str, **headers: str) -> Message:
    """What Bo writes to his own address for the first case."""
    address = answer_address(office.desk.bo, case_id=office.cases()[0].pk)
    given = {"from": "Bo <bo@bakker.example>", "to": address, "subject": "Re: it", **headers}
    return letter(body, **{"message_id": f"<{abs(hash(body))}@bo>", **given})


def test_what_staff_mail_from_their_own_program_goes_out_as_their_answer(office: Office) -> None:
    _bo_has_an_address(office)
    office.receive(first_mail())
    (case,) = office.cases()
    office.receive(_bo_by_mail(office, "Turn it off and on."))
    assert office.notes(case)[-1] == ("person", True, "Turn it off and on.")
    (event,) = CaseEvent.objects.filter(case=case, what="note")
    assert event.user_id == office.desk.bo.user_id
    assert office.cases()[0].state == "active"
    assert office.got("eva@bakker.example").top.text().startswith("Turn it off and on.")
    assert not Participant.objects.filter(address="bo@bakker.example").exists()


def test_nobody_speaks_for_staff_without_their_address_and_their_name(office: Office) -> None:
    _bo_has_an_address(office)
    office.receive(first_mail())
    told = office.got("eva@bakker.example")
    # Eva writes in Bo's name to her own address: that is what she may, and no more.
    office.receive(reply(told, "Send me your password.", **{"from": "Bo <bo@bakker.example>"}))
    (case,) = office.cases()
    assert office.notes(case)[-1][:2] == ("requester", True)
    # Somebody found Bo's address and is not Bo.
    office.receive(_bo_by_mail(office, "And your pin.", **{"from": EVA}))
    assert office.last_state() == ("held", "stranger")
    late = _bo_by_mail(office, "I am gone.")
    end_grant(office.desk.anne, user="bo", role="help_desk")
    office.receive(late)
    assert office.last_state() == ("held", "stranger")
    assert len(office.notes(case)) == 1


def test_a_mailbox_signs_what_goes_out(office: Office) -> None:
    change_mailbox(
        office.desk.anne, change=MailboxChange(name="Desk", signature="Bakker ICT\r\n020 555 0100")
    )
    office.receive(first_mail())
    assert "Bakker ICT\n020 555 0100" in office.got("eva@bakker.example").top.text()
    with pytest.raises(InvalidInput):
        change_mailbox(office.desk.anne, change=MailboxChange(name="Desk", signature="x" * 3000))
