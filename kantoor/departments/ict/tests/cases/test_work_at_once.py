"""A day of one person holds 24 hours, also where two requests write at once."""

import pytest

from kantoor.departments.ict.actions.cases import working
from kantoor.departments.ict.drafts_work import WorkDraft
from kantoor.departments.ict.models import CaseWork
from kantoor.departments.ict.tests.people import begin_desk
from tests.at_once import at_once, meeting, outcomes
from tests.committed import committed as committed


def test_two_who_write_hours_of_one_day_at_once_do_not_pass_24(
    committed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = begin_desk("Bakker BV")
    numbers = [desk.opened(), desk.opened()]
    monkeypatch.setattr(working, "refuse_long_days", meeting(working.refuse_long_days))
    first, second = (WorkDraft(case=number, minutes=800) for number in numbers)
    told = at_once(
        lambda: working.write_work(desk.bo, work=first),
        lambda: working.write_work(desk.bo, work=second),
    )
    assert outcomes(told) == ["InvalidInput", "done"]
    assert any("24 hours" in str(each) for each in told)
    assert list(CaseWork.objects.values_list("minutes", flat=True)) == [800]
