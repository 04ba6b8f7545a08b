"""The journeys that come with Kantoor: each can run, and may do what it needs and nothing more."""

from pathlib import Path

import pytest

from kantoor.kernel.actions.registry import action_named
from kantoor.kernel.actors.actor import Actor, covers
from kantoor.kernel.actors.standard import standard_permissions
from kantoor.kernel.queries import query_named
from kantoor.procedures.diagrams.checking import faults_of
from kantoor.procedures.diagrams.elements import Diagram
from kantoor.procedures.diagrams.reading import read_diagram
from kantoor.procedures.queries.known import House as Known
from tests.founded import found
from tests.journeys.house import KEYS, READY, permissions_of

ROOT = Path(__file__).resolve().parents[2]
NINE = {
    "data-breach", "expense-to-repayment", "incident-to-change", "joiner", "leaver", "month-end",
    "new-supplier", "order-to-cash", "purchase-to-pay",
}  # fmt: skip
BENEATH = {"order-to-cash": {"finance.issue_invoice"}}
"""What an action of it asks for in turn."""


def drawn(key: str) -> Diagram:
    return read_diagram((READY / f"{key}.bpmn").read_bytes())


def test_all_nine_are_there() -> None:
    assert set(KEYS) == NINE


@pytest.mark.django_db
@pytest.mark.parametrize("key", KEYS)
def test_each_runs_without_a_fault_with_its_own_permissions(key: str) -> None:
    house = found()
    machine = Actor(
        user_id=None, name=key, company_id=house.company.pk, currency="EUR", country="NL",
        permissions=frozenset(permissions_of(key)),
    )  # fmt: skip
    assert faults_of(drawn(key), Known(house.administrator, machine)) == []


@pytest.mark.parametrize("key", KEYS)
def test_each_may_do_what_it_does_and_nothing_more(key: str) -> None:
    needed = set(BENEATH.get(key, ()))
    for each in drawn(key).elements.values():
        if each.tag == "serviceTask":
            action = action_named(each.action)
            assert action is not None
            needed.add(action.permission)
        if each.query:
            query = query_named(each.query)
            assert query is not None
            needed.add(query.permission)
    assert set(permissions_of(key)) == needed


@pytest.mark.parametrize("key", KEYS)
def test_each_says_all_it_says_in_dutch_too(key: str) -> None:
    diagram = drawn(key)
    assert diagram.name_nl
    for each in diagram.elements.values():
        assert bool(each.name) == bool(each.name_nl), each.id
        assert all(field.label and field.label_nl for field in each.fields), each.id


@pytest.mark.parametrize("key", KEYS)
def test_every_element_and_flow_of_each_is_drawn(key: str) -> None:
    content = (READY / f"{key}.bpmn").read_text()
    diagram = drawn(key)
    for name in (*diagram.elements, *diagram.flows):
        assert content.count(f'bpmnElement="{name}"') == 1, name


@pytest.mark.parametrize("key", KEYS)
def test_what_people_do_has_an_agreed_time(key: str) -> None:
    for each in drawn(key).elements.values():
        if each.tag == "userTask":
            assert each.within, each.id
            assert each.role or each.person, each.id


@pytest.mark.parametrize("key", KEYS)
def test_who_has_a_task_and_who_gets_it_when_it_is_late_may_do_it(key: str) -> None:
    for each in drawn(key).elements.values():
        if each.tag != "userTask" or not each.action:
            continue
        action = action_named(each.action)
        assert action is not None
        for role in (each.role, each.escalate):
            allowed = frozenset(standard_permissions(role)) if role else frozenset({"*"})
            assert covers(allowed, action.permission), (each.id, role)


@pytest.mark.parametrize("key", KEYS)
def test_the_guide_names_every_step_in_both_languages(key: str) -> None:
    guide = (ROOT / "docs" / "journeys.md").read_text()
    diagram = drawn(key)
    assert f"## {diagram.name} · {diagram.name_nl}" in guide
    for each in diagram.elements.values():
        if each.tag in ("userTask", "serviceTask"):
            assert f"| {each.name} | {each.name_nl} |" in guide, each.id
