"""Everybody something is for is asked to read it, once, and who comes later too."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kantoor.departments.communication.actions.items.publishing import withdraw_item
from kantoor.departments.communication.actions.reading import asking
from kantoor.departments.communication.actions.reading.asking import (
    ask_again,
    ask_readers,
    end_readings,
)
from kantoor.departments.communication.actions.reading.confirming import confirm_reading
from kantoor.departments.communication.errors import NotReady, UnknownItem
from kantoor.departments.communication.models import ReadingAsked
from kantoor.departments.communication.queries.reading.own import my_readings
from kantoor.departments.communication.queries.reading.standing import reading_stands
from kantoor.departments.communication.tests.reading.readers import (
    EVA,
    PIET,
    Clock,
    Readers,
    make_audience_for_test,
    work,
)
from kantoor.kernel.inboxes import inbox
from kantoor.kernel.mail.models import MailTo
from kantoor.kernel.parties.employees import EmployeeDraft, add_employee, add_employees
from kantoor.kernel.record.models import Record
from kantoor.kernel.record.verify.system import verify


def letters() -> dict[str, str]:
    """The last letter to each address: its subject and text."""
    rows = MailTo.objects.select_related("mail").order_by("pk")
    return {row.address: f"{row.mail.subject}\n{row.mail.body}" for row in rows}


def test_who_a_policy_is_for_is_asked_when_it_comes_out(readers: Readers) -> None:
    code = readers.policy()
    assert not ReadingAsked.objects.exists()
    work()
    assert set(readers.asked(code)) == {"E1", "E2", "E3", "E4"}
    found = letters()
    assert set(found) == {EVA, PIET, "nour@bakker.example"}
    assert found[EVA].startswith("How we lift\nPlease read this")
    assert f"https://bakker.example/communication/news/{code}" in found[EVA]
    # Of a policy one has to show who one is, so no address confirms it by itself.
    assert "/confirm/" not in found[EVA]
    (mine,) = my_readings(readers.eva).rows
    assert (mine.item, mine.state) == (code, "open")
    kinds = [row.kind for row in inbox(readers.eva).rows]
    assert kinds == ["communication.to_read"]
    assert verify().faults == []


def test_nobody_is_asked_twice(readers: Readers) -> None:
    code = readers.policy()
    work()
    work()
    assert ask_readers(readers.lot, item=code) == 0
    assert ReadingAsked.objects.count() == 4
    assert MailTo.objects.count() == 3


def test_jobs_that_find_nothing_to_do_leave_nothing_in_the_record(readers: Readers) -> None:
    readers.policy()
    work()
    before = Record.objects.count()
    work()
    work()
    assert Record.objects.count() == before


def test_who_joins_later_is_asked_then_and_who_leaves_is_asked_no_more(readers: Readers) -> None:
    make_audience_for_test(readers.lot, code="lifters", parties=["E1", "E2"])
    code = readers.policy(audience="lifters")
    work()
    assert set(readers.asked(code)) == {"E1", "E2"}
    make_audience_for_test(readers.lot, code="lifters", parties=["E1", "E3"])
    work()
    states = {number: row.state for number, row in readers.asked(code).items()}
    assert states == {"E1": "open", "E2": "ended", "E3": "open"}
    assert readers.steps(code, "E2") == ["asked", "ended"]
    stands = reading_stands(readers.lot, item=code)
    assert stands is not None and stands.asked == 2
    # Who is back is asked anew, with all the time there was.
    make_audience_for_test(readers.lot, code="lifters", parties=["E1", "E2"])
    work()
    assert readers.asked(code)["E2"].state == "open"
    assert readers.steps(code, "E2") == ["asked", "ended", "asked"]
    assert len(MailTo.objects.filter(address=PIET)) == 2


def test_somebody_hired_later_is_asked(readers: Readers) -> None:
    code = readers.policy()
    work()
    add_employee(readers.house.administrator, employee=EmployeeDraft(code="E9", name="New"))
    work()
    assert "E9" in readers.asked(code)


def test_what_is_withdrawn_is_asked_no_more(readers: Readers) -> None:
    code = readers.policy()
    work()
    confirm_reading(readers.eva, item=code)
    with pytest.raises(NotReady):
        end_readings(readers.lot, item=code)
    withdraw_item(readers.lot, item=code, why="It was wrong.")
    work()
    states = {number: row.state for number, row in readers.asked(code).items()}
    # What somebody confirmed stays confirmed.
    assert states == {"E1": "confirmed", "E2": "ended", "E3": "ended", "E4": "ended"}
    assert my_readings(readers.nour).rows == []
    assert inbox(readers.nour).rows == []


def test_after_a_correction_everybody_can_be_asked_again(readers: Readers) -> None:
    code = readers.policy()
    work()
    confirm_reading(readers.eva, item=code)
    with pytest.raises(NotReady, match="Say what changed"):
        ask_again(readers.lot, item=code, why=" ")
    assert ask_again(readers.lot, item=code, why="Boxes of 15 kg too") == 4
    rows = readers.asked(code)
    assert {row.round.number for row in rows.values()} == {2}
    assert rows["E1"].state == "open"
    assert "You are asked again: Boxes of 15 kg too" in letters()[EVA]
    (mine,) = my_readings(readers.eva, state="open").rows
    assert mine.why == "Boxes of 15 kg too"
    assert ReadingAsked.objects.filter(state="ended").count() == 3


def test_what_need_not_be_read_is_asked_of_nobody(readers: Readers) -> None:
    with pytest.raises(UnknownItem):
        ask_readers(readers.lot, item="nothing")
    code = readers.policy()
    withdraw_item(readers.lot, item=code, why="It was wrong.")
    with pytest.raises(NotReady):
        ask_readers(readers.lot, item=code)
    with pytest.raises(NotReady):
        ask_again(readers.lot, item=code, why="Because")


def test_many_are_asked_in_lots_whose_statements_do_not_grow(
    readers: Readers, monkeypatch: pytest.MonkeyPatch, clock: Clock
) -> None:
    add_employees(
        readers.house.administrator,
        employees=[
            EmployeeDraft(code=f"M{n}", name=f"Many {n}", email=f"m{n}@bakker.example")
            for n in range(40)
        ],
    )
    monkeypatch.setattr(asking, "AT_ONCE", 4)
    code = readers.policy()
    with CaptureQueriesContext(connection) as few:
        assert ask_readers(readers.lot, item=code) == 4
    monkeypatch.setattr(asking, "AT_ONCE", 30)
    with CaptureQueriesContext(connection) as many:
        assert ask_readers(readers.lot, item=code) == 30
    assert len(many) <= len(few) + 2
    work()
    assert len(readers.asked(code)) == 44
