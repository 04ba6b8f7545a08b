"""Journeys that come ready: each can run as it comes."""

import pytest

from kantoor.kernel.errors import NotAllowed
from kantoor.procedures.actions.journeys import use_journeys
from kantoor.procedures.errors import UnknownProcedure
from kantoor.procedures.models import Procedure
from kantoor.procedures.queries.journeys import journeys, journeys_there_are
from kantoor.procedures.tests.conftest import Office

ALL = {
    "joiner", "leaver", "order-to-cash", "purchase-to-pay", "expense-to-repayment",
    "incident-to-change", "month-end", "data-breach", "new-supplier",
}  # fmt: skip


def test_all_of_them_are_taken_into_use_at_once(office: Office) -> None:
    assert set(use_journeys(office.anne)) == ALL == set(journeys_there_are())
    assert all(row.used for row in journeys(office.anne))
    assert use_journeys(office.anne, journeys=["joiner"]) == ["joiner"]
    assert Procedure.objects.get(key="joiner").published is not None


def test_who_may_not_give_roles_takes_none_into_use(office: Office) -> None:
    with pytest.raises(NotAllowed):
        use_journeys(office.bo)
    with pytest.raises(UnknownProcedure):
        use_journeys(office.anne, journeys=["moon-landing"])
