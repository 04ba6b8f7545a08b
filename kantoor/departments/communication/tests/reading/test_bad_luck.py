"""What goes wrong around reading: what is withdrawn at the last moment, an audience nobody can ask."""

import pytest

from kantoor.departments.communication.actions.items.publishing import withdraw_item
from kantoor.departments.communication.actions.reading import reminding
from kantoor.departments.communication.actions.reading.asking import ask_first_readers
from kantoor.departments.communication.actions.reading.reminding import (
    anything_due,
    remind_now,
    remind_readers,
)
from kantoor.departments.communication.models import AudiencePart, ReadingAsked
from kantoor.departments.communication.tests.reading.readers import (
    PIET,
    Clock,
    Readers,
    make_audience_for_test,
    work,
)
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor, installation_actor
from kantoor.kernel.jobs.worker import work_off
from kantoor.kernel.mail.models import MailTo


@action(permission="communication.manage_audiences", title="Break an audience", hidden=True)
def break_audience_for_test(actor: Actor, /, *, code: str) -> None:
    """As if the department that answers its question were taken away."""
    AudiencePart.objects.filter(audience__code=code).update(kind="gone.people")


def test_nobody_is_reminded_of_what_was_withdrawn_or_said_to_have_missed_it(
    readers: Readers, clock: Clock
) -> None:
    code = readers.policy(days=7)
    work()
    clock.on(days=5)
    withdraw_item(readers.lot, item=code, why="It was wrong.")
    assert not anything_due()
    assert remind_readers(readers.lot) == 0
    assert remind_now(readers.lot, item=code) == 0
    clock.on(days=3)
    assert remind_readers(readers.lot) == 0
    assert readers.steps(code, "E2") == ["asked"]
    assert MailTo.objects.filter(address=PIET).count() == 1


def test_an_item_whose_audience_can_not_be_asked_keeps_no_other(readers: Readers) -> None:
    make_audience_for_test(readers.lot, code="some", parties=["E1"])
    broken = readers.policy("Broken", audience="some")
    break_audience_for_test(readers.lot, code="some")
    other = readers.policy("Other")
    work()
    assert len(readers.asked(other)) == 4
    assert readers.asked(broken) == {}


def test_a_crisis_is_asked_before_what_was_waiting(readers: Readers) -> None:
    readers.policy("Lifting")
    readers.policy("Fire", kind="crisis")
    ask_first_readers.enqueue_once("scheduled", installation_actor())
    work_off()
    first = ReadingAsked.objects.order_by("pk").select_related("round__item")[0]
    assert first.round.item.kind == "crisis"


def test_who_is_their_own_manager_is_not_the_one_who_is_told(
    readers: Readers, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = {row: row for row in range(1, 50)}
    monkeypatch.setattr(reminding, "managers_of", lambda *_: own)
    code = readers.policy(days=1)
    work()
    clock.on(days=2)
    work()
    assert {row.stage for row in readers.asked(code).values()} == {"escalated"}
    assert {row.told_id for row in readers.asked(code).values()} == {None}
