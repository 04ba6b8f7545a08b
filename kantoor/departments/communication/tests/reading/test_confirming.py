"""Who read something says so: on the page, by the address in the mail, or on paper."""

import re

import pytest
from django.test import Client

from kantoor.departments.communication.actions.items.publishing import withdraw_item
from kantoor.departments.communication.actions.reading.confirming import (
    confirm_by_address,
    confirm_reading,
    note_reading,
    note_readings,
)
from kantoor.departments.communication.errors import UnknownItem
from kantoor.departments.communication.models import ReadingStep
from kantoor.departments.communication.queries.reading.addresses import (
    confirm_path,
    confirm_token,
)
from kantoor.departments.communication.queries.reading.register import reading, readings
from kantoor.departments.communication.queries.reading.standing import (
    late_readings,
    reading_stands,
    readings_stand,
)
from kantoor.departments.communication.tests.reading.readers import EVA, Clock, Readers, work
from kantoor.kernel.errors import InvalidInput, NotAllowed, NotFound
from kantoor.kernel.mail.models import MailTo
from kantoor.kernel.mail.tokens import Thread, token


def test_one_says_once_that_one_read_it_and_what_stood_there(readers: Readers) -> None:
    code = readers.policy()
    work()
    confirm_reading(readers.eva, item=code)
    confirm_reading(readers.eva, item=code)
    step = ReadingStep.objects.get(what="confirmed")
    assert (step.way, step.user_id) == ("page", readers.eva.user_id)
    assert step.text is not None and step.text.body == "Lift **together**."
    stands = reading_stands(readers.lot, item=code)
    assert stands is not None
    assert (stands.asked, stands.confirmed, stands.open, stands.share) == (4, 1, 3, 25)
    assert [row.item for row in readings_stand(readers.lot).rows] == [code]
    rows = {row.code: row for row in readings(readers.lot, item=code).rows}
    assert (rows["E1"].state, rows["E1"].way, rows["E2"].state) == ("confirmed", "page", "open")
    assert rows["E2"].mail == "waiting"
    shown = reading(readers.lot, key=rows["E1"].id)
    assert [each.what for each in shown.steps] == ["asked", "confirmed"]
    assert shown.steps[1].text == 1


def test_who_is_not_asked_can_confirm_nothing(readers: Readers) -> None:
    code = readers.policy()
    with pytest.raises(UnknownItem):
        confirm_reading(readers.eva, item=code)
    work()
    with pytest.raises(UnknownItem):
        confirm_reading(readers.lot, item=code)


def test_what_was_signed_on_paper_is_noted_with_how_one_knows(readers: Readers) -> None:
    code = readers.policy()
    work()
    with pytest.raises(InvalidInput):
        note_reading(readers.lot, item=code, person="E4", note=" ")
    with pytest.raises(NotFound):
        note_readings(readers.lot, item=code, people=["E4", "E99"], note="The list")
    assert note_readings(readers.lot, item=code, people=["E4", "E2"], note="The list of May") == 2
    assert note_reading(readers.lot, item=code, person="E4", note="Again") == 0
    (row,) = [each for each in readings(readers.lot).rows if each.code == "E4"]
    assert (row.state, row.way) == ("confirmed", "hand")
    with pytest.raises(NotAllowed):
        note_reading(readers.eva, item=code, person="E2", note="Me")


def test_only_who_may_see_items_sees_who_read_them(readers: Readers) -> None:
    code = readers.policy()
    work()
    for ask in (readings, readings_stand, late_readings):
        with pytest.raises(NotAllowed):
            ask(readers.eva)
    with pytest.raises(NotAllowed):
        reading_stands(readers.eva, item=code)


def test_a_crisis_is_confirmed_by_a_button_behind_the_address_in_the_mail(
    readers: Readers, clock: Clock
) -> None:
    code = readers.policy("Leave the building", kind="crisis")
    work()
    mail = MailTo.objects.get(address=EVA).mail
    assert "Lift together." in mail.body
    (path,) = re.findall(r"https://bakker\.example(/communication/confirm/\S+)", mail.body)
    client = Client()
    page = client.get(path)
    assert b"<strong>together</strong>" in page.content and b"<button" in page.content
    # Mail programs that look at addresses on their own confirm nothing.
    assert readers.asked(code)["E1"].state == "open"
    page = client.post(path)
    assert page.status_code == 200 and b"<form method" not in page.content
    assert readers.asked(code)["E1"].state == "confirmed"
    assert ReadingStep.objects.get(what="confirmed").way == "link"
    withdraw_item(readers.lot, item=code, why="All is well.")
    gone = Client().get(path)
    assert gone.status_code == 200 and b"together" not in gone.content


def test_an_address_is_signed_for_one_person_and_one_notice(readers: Readers) -> None:
    code = readers.policy("Leave the building", kind="crisis")
    other = readers.policy("How we lift")
    work()
    eva, piet = (readers.asked(code)[each] for each in ("E1", "E2"))
    assert confirm_token(eva) != confirm_token(piet)
    good, company = confirm_token(eva), eva.company_id
    of_others = token(company, Thread("r", eva.pk, piet.party_id))
    of_policy = confirm_token(readers.asked(other)["E1"])
    for wrong in (of_others, of_policy, good[:-1], good + "a", f"o{good[1:]}", "r1.1." + "a" * 16):
        answer = Client().post(f"/communication/confirm/{company}/{wrong}")
        assert answer.status_code == 404, wrong
        with pytest.raises(UnknownItem):
            confirm_by_address(readers.lot, token=wrong)
    assert Client().get(f"/communication/confirm/{company + 1}/{good}").status_code == 404
    assert not ReadingStep.objects.filter(what="confirmed").exists()
    codes = [Client().post(confirm_path(eva)).status_code for _ in range(12)]
    assert codes[0] == 200 and 422 in codes
