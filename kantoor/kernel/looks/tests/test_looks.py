"""Who looks at what few may see is kept; what an action reads for itself is not."""

from collections.abc import Iterator
from typing import NamedTuple

import pytest

from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.looks import watching
from kantoor.kernel.looks.models import Look
from kantoor.kernel.looks.noting import keep_looks
from kantoor.kernel.parties.employees import EmployeeDraft, add_employees
from kantoor.kernel.parties.models import Party
from kantoor.kernel.queries import query, scoped
from tests.founded import House, found


class Pay(NamedTuple):
    """What somebody earns."""

    party: str
    amount: int


@query(permission="tests.see_pay", title="Pay")
def pay_of_all(actor: Actor, /, *, count: int = 2) -> list[Pay]:
    """What people earn."""
    rows = scoped(actor, Party).filter(roles__role="employee").order_by("code")[:count]
    return [Pay(row.code, 100) for row in rows]


@query(permission="tests.see_pay", title="Pay of one")
def pay_of(actor: Actor, /, *, employee: str) -> int:
    """What one person earns."""
    return 100


@query(permission="tests.see_pay", title="All pay", shows_nobody=True)
def pay_in_all(actor: Actor, /) -> int:
    """What people earn together."""
    return 200


@action(permission="tests.see_pay", title="Pay people", hidden=True)
def pay_people_for_test(actor: Actor, /) -> int:
    """Read what people earn, to pay it."""
    return len(pay_of_all(actor))


@pytest.fixture
def house(db: None) -> Iterator[House]:
    """A company with two employees, where looks at pay are watched."""
    watching.watch_looks("tests.see_pay", "pay")
    house = found()
    people = [EmployeeDraft(name="Eva", code="E1"), EmployeeDraft(name="Piet", code="E2")]
    add_employees(house.administrator, employees=people)
    yield house
    watching._watched.pop("tests.see_pay")


def looked(house: House) -> Actor:
    """The administrator, who may see pay."""
    from dataclasses import replace

    return replace(house.administrator, permissions=frozenset({"*"}))


def kept() -> list[tuple[str, str]]:
    """What was kept, in its order: the query, and at whom."""
    rows = Look.objects.order_by("pk").values_list("query", "party__code")
    return [(name.partition(".")[2], code or "") for name, code in rows]


def test_a_look_at_people_is_kept_for_each_of_them(house: House) -> None:
    pay_of_all(looked(house))
    assert kept() == [("pay_of_all", "E1"), ("pay_of_all", "E2")]
    assert {row.kind for row in Look.objects.all()} == {"pay"}


def test_who_was_asked_about_is_who_was_looked_at(house: House) -> None:
    pay_of(looked(house), employee="E2")
    assert kept() == [("pay_of", "E2")]


def test_the_same_look_just_after_is_kept_once(house: House) -> None:
    actor = looked(house)
    for _time in range(3):
        pay_of(actor, employee="E2")
    assert len(kept()) == 1


def test_a_look_that_names_nobody_is_kept_as_one_at_many(house: House) -> None:
    pay_of_all(looked(house), count=0)
    assert kept() == [("pay_of_all", "")]


def test_what_tells_nothing_of_a_person_is_not_kept(house: House) -> None:
    pay_in_all(looked(house))
    assert kept() == []


def test_what_an_action_reads_for_its_work_is_no_look(house: House) -> None:
    assert pay_people_for_test(looked(house)) == 2
    assert kept() == []


def test_looks_are_written_down_as_an_act(house: House) -> None:
    party = Party.objects.get(code="E1")
    keep_looks(house.administrator, kind="pay", query="tests.pay", parties=[party.pk, None])
    assert kept() == [("pay", "E1"), ("pay", "")]
