"""A long action's changes lie in a scratch file until it is recorded, and are recorded alike."""

import pytest

from kantoor.kernel.actions import aside
from kantoor.kernel.actions.attempt import attempt
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.record import append
from kantoor.kernel.record.erasure import Subject, new_subjects
from kantoor.kernel.record.models import Change
from kantoor.kernel.record.tests.office import faults, perform
from kantoor.kernel.record.verify.system import verify


def many(times: int) -> None:
    for _ in range(times):
        new_subjects(3)


@pytest.mark.parametrize("in_memory", [0, 100, 10_000])
def test_changes_that_lie_aside_are_recorded(
    anne: Actor, monkeypatch: pytest.MonkeyPatch, in_memory: int
) -> None:
    monkeypatch.setattr(aside, "IN_MEMORY", in_memory)
    monkeypatch.setattr(append, "AT_ONCE", 4)
    before, rows = Change.objects.count(), Subject.objects.count()
    perform(anne, lambda: many(10))
    assert Change.objects.count() == before + 10
    assert {len(body) for (body,) in Change.objects.order_by("-id").values_list("body")[:10]} == {
        48
    }
    assert Subject.objects.count() == rows + 30
    assert verify().ok


def test_an_attempt_that_failed_leaves_nothing_of_what_lay_aside(
    anne: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aside, "IN_MEMORY", 0)

    def work() -> None:
        many(2)
        try:
            with attempt():
                many(3)
                raise ValueError
        except ValueError:
            many(1)

    before = Change.objects.count()
    perform(anne, work)
    assert Change.objects.count() == before + 3
    assert faults() == []
