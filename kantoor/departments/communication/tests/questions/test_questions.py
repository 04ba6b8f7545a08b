"""Questions and mentions by hand: their time, who has them, and what becomes of them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from kantoor.departments.communication.actions.contacts.keeping import add_contact
from kantoor.departments.communication.actions.questions.answering import answer_question
from kantoor.departments.communication.actions.questions.late import (
    anything_late,
    escalate_questions,
)
from kantoor.departments.communication.actions.questions.noting import (
    change_question,
    note_question,
    note_questions,
)
from kantoor.departments.communication.actions.questions.terms import set_question_terms
from kantoor.departments.communication.actions.questions.working import (
    assign_question,
    assign_questions,
    await_question,
    close_question,
    close_questions,
    note_on_question,
    reopen_question,
    take_question,
    take_questions,
)
from kantoor.departments.communication.drafts_questions import (
    QuestionChange,
    QuestionDraft,
    TermsDraft,
)
from kantoor.departments.communication.errors import NotReady
from kantoor.departments.communication.models import Question
from kantoor.departments.communication.queries.questions.register import question, questions
from kantoor.departments.communication.queries.questions.terms import question_terms
from kantoor.departments.communication.tests.press import Press, signed_in, statements
from kantoor.departments.communication.tests.questions.post_room import PostRoom
from kantoor.kernel.calendars.actions import add_calendar
from kantoor.kernel.calendars.terms import Week
from kantoor.kernel.errors import DomainError, InvalidInput, NotAllowed, NotFound
from kantoor.kernel.inboxes import inbox
from kantoor.kernel.parties.actions import link_user

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 2, 14, 0, tzinfo=UTC)
"""Three in the afternoon in Amsterdam."""


def noted(press: Press, title: str = "How many work there?", **more: Any) -> str:
    return note_question(press.nora, question=QuestionDraft(title=title, **more))


def row(press: Press, number: str) -> Any:
    return question(press.nora, number=number).row


def test_a_question_by_telephone_is_noted_and_due_in_working_time(press: Press) -> None:
    number = noted(press, asker="Joris", came_at=MONDAY)
    assert number == "Q-000001"
    # 16 working hours: two of Monday, eight of Tuesday, six of Wednesday.
    assert row(press, number).due_at == datetime(2026, 11, 4, 14, 0, tzinfo=UTC)
    mention = noted(press, kind="mention", channel="page", tone="bad", came_at=MONDAY)
    assert row(press, mention).due_at == datetime(2026, 11, 3, 14, 0, tzinfo=UTC)


def test_the_press_is_answered_sooner(press: Press) -> None:
    code = add_contact(press.nora, contact=press.draft())
    number = noted(press, contact=code, came_at=MONDAY)
    assert row(press, number).due_at == datetime(2026, 11, 3, 10, 0, tzinfo=UTC)
    assert row(press, number).medium == "De Courant"
    other = noted(press, address="JORIS@courant.example", came_at=MONDAY)
    assert row(press, other).contact == code


def test_what_is_agreed_counts_by_the_companys_own_calendar_from_then_on(press: Press) -> None:
    before = noted(press, came_at=MONDAY)
    due = row(press, before).due_at
    all_day = Week(
        **dict.fromkeys(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), "00:00-24:00")
    )
    anne = press.house.administrator
    add_calendar(anne, code="always", name="Always", zone="Europe/Amsterdam", week=all_day)
    terms = TermsDraft(calendar="always", question_minutes=60, officer="piet")
    set_question_terms(press.nora, terms=terms)
    assert question_terms(press.nora) == terms
    number = noted(press, came_at=MONDAY)
    assert row(press, number).due_at == MONDAY + timedelta(hours=1)
    assert Question.objects.get(number=2).counted_with is not None
    assert row(press, before).due_at == due
    for wrong in (
        TermsDraft(question_minutes=0),
        TermsDraft(calendar="nothing"),
        TermsDraft(officer="eva"),
        TermsDraft(monitors="no address"),
    ):
        with pytest.raises(DomainError):
            set_question_terms(press.nora, terms=wrong)


def test_a_question_goes_from_hand_to_hand_until_it_is_answered(press: Press) -> None:
    number = noted(press)
    take_question(press.nora, number=number)
    assert (row(press, number).state, row(press, number).owner) == ("active", "Nora")
    assign_question(press.nora, number=number, owner="piet")
    note_on_question(press.piet, number=number, text="Asked HR.")
    await_question(press.piet, number=number, why="HR counts.")
    assert row(press, number).state == "waiting"
    reopen_question(press.piet, number=number)
    answer_question(press.piet, number=number, text="Two hundred.", by_mail=False)
    shown = question(press.nora, number=number)
    assert (shown.row.state, shown.answered_at is not None) == ("answered", True)
    assert [each.what for each in shown.happened] == [
        "asked", "owner", "state", "owner", "note", "state", "state", "answer", "state",
    ]  # fmt: skip
    close_question(press.piet, number=number)
    with pytest.raises(NotReady):
        take_question(press.piet, number=number)
    with pytest.raises(InvalidInput):
        assign_question(press.nora, number=noted(press), owner="eva")


def test_many_are_dealt_with_at_once_in_a_fixed_number_of_statements(press: Press) -> None:
    drafts = [QuestionDraft(title=f"Question {n}") for n in range(30)]
    numbers = note_questions(press.nora, questions=drafts)
    few = statements(lambda: take_questions(press.nora, numbers=numbers[:2]))
    assert statements(lambda: take_questions(press.nora, numbers=numbers[2:])) <= few
    assert assign_questions(press.nora, numbers=numbers, owner="piet") == 30
    assert close_questions(press.nora, numbers=numbers, why="Campaign.") == 30
    with pytest.raises(NotReady) as refused:
        close_questions(press.nora, numbers=[noted(press), numbers[0]])
    assert refused.value.place.line == 2
    listed = statements(lambda: questions(press.nora, limit=2))
    assert statements(lambda: questions(press.nora, limit=50)) <= listed


def test_what_is_known_of_a_question_changes_and_with_it_its_time(press: Press) -> None:
    number = noted(press, came_at=MONDAY)
    change_question(press.nora, number=number, change=QuestionChange(kind="mention", tone="good"))
    assert row(press, number).due_at == datetime(2026, 11, 3, 14, 0, tzinfo=UTC)
    later = MONDAY + timedelta(days=9)
    change_question(press.nora, number=number, change=QuestionChange(due_at=later))
    assert row(press, number).due_at == later
    for wrong in (
        QuestionChange(title=" "),
        QuestionChange(link="javascript:alert(1)"),
        QuestionChange(address="nobody"),
        QuestionChange(contact="PC-9"),
    ):
        with pytest.raises(DomainError):
            change_question(press.nora, number=number, change=wrong)


def test_a_question_that_is_late_is_told_once_to_the_officer_and_stands_in_the_inbox(
    room: PostRoom,
) -> None:
    press = room.press
    officer = add_contact(press.nora, contact=press.draft(name="Piet", email="piet@bakker.example"))
    link_user(press.house.administrator, user="piet", party=officer)
    set_question_terms(press.nora, terms=TermsDraft(officer="piet"))
    numbers = [noted(press, f"Late {n}", owner="nora", came_at=MONDAY) for n in range(2)]
    due = row(press, numbers[0]).due_at
    assert escalate_questions(press.nora, now=due) == 0
    assert escalate_questions(press.nora, now=due + timedelta(seconds=1)) == 2
    assert escalate_questions(press.nora, now=due + timedelta(hours=9)) == 0
    told = [
        each.now for each in question(press.nora, number=numbers[0]).happened if each.what == "late"
    ]
    assert told == ["Piet"]
    room.work()
    (mail,) = room.post.to("piet@bakker.example")
    assert all(number in mail.top.text() for number in numbers)
    assert "Late 0" not in mail.top.text()


def test_only_the_officer_sees_the_late_ones_of_others(press: Press) -> None:
    set_question_terms(press.nora, terms=TermsDraft(officer="piet"))
    number = noted(press, owner="nora", came_at=MONDAY)
    noted(press, "Nobody's")
    long_ago = timezone.now() - timedelta(days=400)
    noted(press, "Of old", owner="nora", came_at=long_ago)
    assert anything_late()
    late = inbox(press.piet, kind="communication.questions_late").rows
    assert "Of old" in [each.title for each in late]
    assert inbox(press.nora, kind="communication.questions_late").rows == []
    mine = [each.title for each in inbox(press.nora, kind="communication.questions").rows]
    assert mine[0] == "Of old"
    assert {"Nobody's", row(press, number).title} <= set(mine)


def test_questions_are_listed_by_state_and_by_who_has_them(press: Press) -> None:
    mine = noted(press, "Mine", owner="nora")
    nobodys = noted(press, "Nobody's", asker="Ada")
    old = noted(press, "Of old", owner="piet", came_at=timezone.now() - timedelta(days=400))
    done = noted(press, "Done")
    close_question(press.nora, number=done)

    def numbers(**asked: str) -> list[str]:
        return [each.number for each in questions(press.nora, sort="number", **asked).rows]  # type: ignore[arg-type]

    assert numbers(state="open") == [mine, nobodys, old]
    assert numbers(whose="mine") == [mine]
    assert numbers(state="open", whose="nobody") == [nobodys]
    assert numbers(late="1") == [old]
    assert numbers(state="closed") == [done]
    assert numbers(search="ada") == [nobodys]
    assert numbers(search=old) == [old]
    with pytest.raises(NotFound):
        question(press.nora, number="Q-999999")


def test_who_only_works_here_sees_no_questions(press: Press) -> None:
    with pytest.raises(NotAllowed):
        questions(press.eva)
    with pytest.raises(NotAllowed):
        note_question(press.eva, question=QuestionDraft(title="Hm?"))


def test_the_pages_of_questions(press: Press) -> None:
    number = noted(press, "Is it <i>true</i>?", link="https://courant.example/a", kind="mention")
    client = signed_in("nora")
    page = client.get(f"/communication/questions/{number}").content.decode()
    assert "Is it &lt;i&gt;true&lt;/i&gt;?" in page
    assert 'href="https://courant.example/a"' in page
    answered = client.post(
        "/communication/do/answer-question",
        {"number": number, "text": "No.", "next": f"/communication/questions/{number}"},
    )
    assert answered.status_code == 302
    assert row(press, number).state == "answered"
    for url in ("/communication/questions", "/communication/do/note-question",
                "/communication/do/set-question-terms"):  # fmt: skip
        assert client.get(url).status_code == 200, url


def test_when_a_question_came_and_is_due_are_moments_with_their_zone(press: Press) -> None:
    nine = MONDAY.replace(tzinfo=None)
    with pytest.raises(InvalidInput, match="time zone"):
        noted(press, came_at=nine)
    number = noted(press, came_at=MONDAY)
    with pytest.raises(InvalidInput, match="time zone"):
        change_question(press.nora, number=number, change=QuestionChange(due_at=nine))
