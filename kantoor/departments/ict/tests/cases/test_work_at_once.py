"""A day of one person holds 24 hours, also where two requests write at once."""

import threading
from collections.abc import Sequence
from contextlib import suppress
from datetime import date

import pytest
from django.db import connection

from kantoor.departments.ict.actions.cases import working
from kantoor.departments.ict.drafts_work import WorkDraft
from kantoor.departments.ict.models import CaseWork
from kantoor.departments.ict.tests.people import begin_desk
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from tests.committed import committed as committed


def test_two_who_write_hours_of_one_day_at_once_do_not_pass_24(
    committed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = begin_desk("Bakker BV")
    numbers = [desk.opened(), desk.opened()]
    seen = working.refuse_long_days
    both = threading.Barrier(2)

    def together(actor: Actor, works: Sequence[tuple[date, int]]) -> None:
        """Whoever found room waits for the other to find it too, if nothing keeps them apart."""
        seen(actor, works)
        with suppress(threading.BrokenBarrierError):
            both.wait(timeout=2)

    monkeypatch.setattr(working, "refuse_long_days", together)
    told: list[str] = []

    def write(number: str) -> None:
        try:
            working.write_work(desk.bo, work=WorkDraft(case=number, minutes=800))
            told.append("written")
        except InvalidInput as refused:
            told.append(str(refused))
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=[number]) for number in numbers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(told)[1:] == ["written"]
    assert "24 hours" in sorted(told)[0]
    assert list(CaseWork.objects.values_list("minutes", flat=True)) == [800]
