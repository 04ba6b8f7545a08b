"""How people say they were helped: once, by who asked, and what the desk sees of it."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from django.conf import LazySettings
from django.test import Client

from kantoor.departments.ict.actions.cases.desk import set_queue
from kantoor.departments.ict.actions.cases.linking import merge_case
from kantoor.departments.ict.actions.cases.moving import close_case, reopen_case, resolve_case
from kantoor.departments.ict.actions.cases.self_service import ask_question, withdraw_question
from kantoor.departments.ict.actions.mail.mailboxes import MailboxDraft, add_mailbox
from kantoor.departments.ict.actions.mail.taking_part import add_participant
from kantoor.departments.ict.actions.mail.working import send_answers
from kantoor.departments.ict.actions.satisfaction.opinions import give_opinion, take_opinion
from kantoor.departments.ict.errors import UnknownCase, WrongState
from kantoor.departments.ict.models import CaseOpinion
from kantoor.departments.ict.queries.cases.record import case, my_question
from kantoor.departments.ict.queries.mail.boxes import message_sent
from kantoor.departments.ict.queries.satisfaction.asked import (
    my_opinion,
    opinion_path,
    opinion_token,
)
from kantoor.departments.ict.queries.satisfaction.opinions import (
    low_opinions,
    opinions,
    satisfaction_by_month,
    satisfaction_now,
)
from kantoor.departments.ict.tests.people import Desk, Person, write_employees_for_test
from kantoor.departments.ict.web.satisfaction.pages import _of_month
from kantoor.kernel.actions.context import approved
from kantoor.kernel.actors.attempts import Attempts
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.mail.models import MailOut
from kantoor.kernel.mail.tokens import Thread, token
from kantoor.kernel.parties.actions import link_user
from kantoor.kernel.parties.models import Party
from kantoor.kernel.record.erasing import erase_person


@pytest.fixture
def solved(desk: Desk) -> str:
    """The number of a solved case that Eva asked."""
    link_user(desk.anne, user="eva", party="E1")
    set_queue(desk.anne, queue="desk", lead="cas")
    number = desk.opened(requester="E1", queue="desk", service="mail")
    resolve_case(desk.bo, number=number, text="Turn it on")
    return number


def test_who_asked_says_how_it_went_and_may_change_it_until_it_is_closed(
    desk: Desk, solved: str
) -> None:
    for score in (0, 6):
        with pytest.raises(InvalidInput):
            give_opinion(desk.eva, number=solved, score=score)
    give_opinion(desk.eva, number=solved, score=2, text="It took a week")
    give_opinion(desk.eva, number=solved, score=2, text="It took a week")
    give_opinion(desk.eva, number=solved, score=4, text="A day, sorry")
    said = [each for each in case(desk.bo, number=solved).happened if each.what == "opinion"]
    assert [(each.was, each.now, each.public, each.by) for each in said] == [
        ("", "2", False, "requester"), ("2", "4", False, "requester"),
    ]  # fmt: skip
    assert all(each.what != "opinion" for each in my_question(desk.eva, number=solved).happened)
    assert desk.case(solved).state == "resolved"
    close_case(desk.bo, number=solved)
    with pytest.raises(WrongState):
        give_opinion(desk.eva, number=solved, score=1)
    asked = my_opinion(desk.eva, number=solved)
    assert asked and (asked.score, asked.text, asked.may_say) == (4, "A day, sorry", False)
    row = CaseOpinion.objects.get()
    assert row.subject_id == desk.case(solved).subject_id


def test_nothing_is_said_of_what_is_not_solved_or_not_ones_own(desk: Desk, solved: str) -> None:
    reopen_case(desk.bo, number=solved)
    with pytest.raises(WrongState):
        give_opinion(desk.eva, number=solved, score=5)
    other = desk.opened(requester="E2")
    resolve_case(desk.bo, number=other, text="Done")
    with pytest.raises(UnknownCase):
        give_opinion(desk.eva, number=other, score=1)
    own = ask_question(desk.eva, title="Never mind")
    withdraw_question(desk.eva, number=own, why="Found it")
    same = ask_question(desk.eva, title="The printer, again")
    merge_case(desk.bo, number=same, into=desk.opened())
    for each in (own, same):
        with pytest.raises(WrongState):
            give_opinion(desk.eva, number=each, score=1)
        asked = my_opinion(desk.eva, number=each)
        assert asked is not None and not asked.may_say


def test_the_address_in_the_mail_asks_without_a_sign_in_and_is_signed(
    desk: Desk, solved: str
) -> None:
    row = desk.case(solved)
    client, path = Client(), opinion_path(row)
    assert b"<form" in client.get(path).content
    assert client.post(path, {"score": "9"}).status_code == 422
    assert client.post(path, {"score": "1", "text": "Bad"}).status_code == 200
    assert CaseOpinion.objects.get().score == 1
    good = opinion_token(row)
    turned = token(row.company_id, Thread("o", row.pk + 1, row.requester_id or 0))
    for wrong in (turned, good[:-1], good + "a", f"c{good[1:]}", good.replace(".", ".1", 1)):
        assert client.get(f"/ict/opinion/{row.company_id}/{wrong}").status_code == 404
        with pytest.raises(UnknownCase):
            take_opinion(desk.anne, token=wrong, score=5)
    assert client.get(f"/ict/opinion/{row.company_id + 1}/{good}").status_code == 404
    codes = [client.post(path, {"score": str(n % 5 + 1)}).status_code for n in range(7)]
    assert 422 in codes
    # What is answered without a sign-in must not keep anybody from signing in.
    assert Attempts.objects.count() == 1
    reopen_case(desk.bo, number=solved)
    page = client.get(path, headers={"accept-language": "en"}).content
    assert b"not solved yet" in page and b"is closed" not in page


def test_the_address_is_that_of_who_asked_and_of_nobody_else(desk: Desk, solved: str) -> None:
    """Piet has an address of his own case; put on Eva's, ours or not, it opens nothing."""
    row, piet = desk.case(solved), Party.objects.get(code="E2")
    others = token(row.company_id, Thread("o", row.pk, piet.pk))
    nobodys = token(row.company_id, Thread("o", row.pk, 0))
    unknown = desk.case(desk.opened(contact="Somebody who rang"))
    of_nobody = token(row.company_id, Thread("o", unknown.pk, 0))
    for wrong in (others, nobodys, of_nobody):
        assert Client().get(f"/ict/opinion/{row.company_id}/{wrong}").status_code == 404
        with pytest.raises(UnknownCase):
            take_opinion(desk.anne, token=wrong, score=5)
    take_opinion(desk.anne, token=opinion_token(row), score=3)
    assert CaseOpinion.objects.get().case_id == row.pk
    with approved("kernel.erase_person"):
        erase_person(desk.anne, party="E1", why="Asked on 1 March")
    assert Client().get(opinion_path(row)).status_code == 404


def test_the_desk_sees_figures_and_who_leads_the_queue_what_went_badly(
    desk: Desk, solved: str
) -> None:
    give_opinion(desk.eva, number=solved, score=2, text="It took a week")
    for score in (4, 5):
        number = desk.opened(requester="E1", queue="network")
        resolve_case(desk.bo, number=number, text="Done")
        give_opinion(desk.eva, number=number, score=score)
    rows = {each.code: each for each in satisfaction_by_month(desk.bo).rows}
    assert {code: (row.answers, row.satisfied, row.share) for code, row in rows.items()} == {
        "desk": (1, 0, 0), "network": (2, 2, 100),
    }  # fmt: skip
    by_service = satisfaction_by_month(desk.bo, by="service").rows
    assert sorted((row.code, row.answers) for row in by_service) == [("", 2), ("mail", 1)]
    here = urlsplit(_of_month(rows["network"]))
    assert dict(parse_qsl(here.query))["queue"] == "network"
    there = urlsplit(_of_month(next(row for row in by_service if row.code)))
    assert dict(parse_qsl(there.query))["service"] == "mail"
    first = satisfaction_by_month(desk.bo, limit=1)
    assert len(satisfaction_by_month(desk.bo, cursor=first.next_cursor, limit=1).rows) == 1
    now = satisfaction_now(desk.bo)
    assert (now.answers, now.satisfied, now.share) == (3, 2, 67)
    assert [row.score for row in opinions(desk.bo, scores="low").rows] == [2]
    assert [row.number for row in low_opinions(desk.cas).rows] == [solved]
    assert not low_opinions(desk.bo).rows


def test_the_mail_that_it_is_solved_asks_who_asked_alone(
    desk: Desk, solved: str, settings: LazySettings
) -> None:
    settings.ADDRESS = "https://kantoor.example"
    add_mailbox(
        desk.anne,
        mailbox=MailboxDraft(
            name="Desk", address="desk@bakker.example", sender_name="ICT", host="127.0.0.1",
            port=143, security="none", user="u", password="p",
        ),
    )  # fmt: skip
    add_participant(desk.bo, case=solved, address="finn@bakker.example")
    write_employees_for_test(desk.anne, people=[Person("E3", "Gus de Vries")])
    other = desk.opened(requester="E3")
    resolve_case(desk.bo, number=other, text="Done")
    add_participant(desk.bo, case=other, address="gus@bakker.example")
    told = [each.id for each in case(desk.bo, number=other).happened]
    assert [send_answers(desk.bo, event_ids=told) for _ in range(2)] == [1, 0]
    assert "opinion" not in MailOut.objects.get().body  # who asked has no address
    events = [each.id for each in case(desk.bo, number=solved).happened]
    assert send_answers(desk.bo, event_ids=events) == 2
    assert send_answers(desk.bo, event_ids=events) == 0
    bodies = {mail.to.get().address: mail.body for mail in MailOut.objects.all()}
    row = desk.case(solved)
    assert opinion_path(row) in bodies["eva@bakker.example"]
    key = MailOut.objects.get(body__contains="opinion").pk
    assert "/ict/opinion/…" in message_sent(desk.bo, id=key).body
    assert "opinion" not in bodies["finn@bakker.example"]
