"""Who has every permission there is but the one to see pay sees no salary anywhere.

Generated from what is declared: every query, every register and its files, search, the history of
every row of pay, and the ledger with a cost centre of one person. Permissions only add, so that
what this person doesn't see no role without that permission sees.
"""

import inspect
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from django.apps import apps
from django.db import connection
from django.test import Client

from kantoor.departments.finance.actions.banking.accounts import add_bank_account
from kantoor.departments.finance.actions.dimensions import add_dimension_value
from kantoor.departments.hr.actions.payroll.salaries import set_pay_settings
from kantoor.departments.hr.actions.payroll.wages import pay_wages
from kantoor.departments.hr.actions.people.contracts import change_contract
from kantoor.departments.hr.actions.people.files import change_person_file
from kantoor.departments.hr.drafts_pay import SettingsDraft
from kantoor.departments.hr.drafts_people import ContractChange
from kantoor.departments.hr.models import PayRun, Salary
from kantoor.departments.hr.tests.payroll.paying import Pay
from kantoor.kernel.actors.actor import EVERYONE, Actor
from kantoor.kernel.actors.models import User
from kantoor.kernel.actors.roles import Permitted, add_role
from kantoor.kernel.departments import departments
from kantoor.kernel.errors import DomainError
from kantoor.kernel.pages.desk import desks
from kantoor.kernel.pages.list_view import ListView
from kantoor.kernel.pages.search import found as searched
from kantoor.kernel.queries import Query, queries
from kantoor.kernel.record.history import history_of
from kantoor.shell.signing_in import session

SEEING = {"hr.see_pay"}
KNOWN: dict[str, Any] = {
    "employee": "E1", "party": "E1", "code": "E1", "run": "2026-01-1", "year": 2026, "account": "40110",
    "number": "MEM/2026/1", "month": date(2026, 1, 1), "start": date(2026, 1, 1),
    "end": date(2026, 12, 31), "since": date(2026, 1, 1), "until": date(2026, 12, 31),
    "on": date(2026, 12, 31), "search": "Emma", "words": "Emma", "dimension": "cost_centre",
    "key": 1, "of": "hr_payslip", "days": 30, "company": "Bakker BV", "period": "2026-01",
}  # fmt: skip


@pytest.fixture
def booked(pay: Pay) -> Pay:
    """A booked run in which Emma is alone in her cost centre."""
    administrator = pay.staff.house.administrator
    for code in ("shop", "solo"):
        add_dimension_value(administrator, dimension="cost_centre", code=code, name=code)
    for employee, centre in (("E1", "solo"), ("E2", "shop"), ("M1", "shop")):
        change_contract(
            pay.staff.helen,
            change=ContractChange(employee=employee, from_day=date(2026, 1, 1), cost_centre=centre),
        )
    settings = SettingsDraft(
        start=date(2026, 1, 1), whk_percent=Decimal("1.22"), dimension="cost_centre"
    )
    set_pay_settings(pay.paul, settings=settings)
    add_bank_account(administrator, name="Bank", iban="NL91ABNA0417164300")
    for employee in ("E1", "E2", "M1"):
        change_person_file(administrator, employee=employee, iban="NL39RABO0300065264")
    pay_wages(pay.cora, runs=[pay.run(1)])
    return pay


@pytest.fixture
def nosy(booked: Pay) -> Actor:
    """Somebody with every permission that anything asks, but the one to see pay."""
    asked = {each.permission for each in queries()} | {
        permission.code for each in departments() for permission in each.permissions
    }
    house = booked.staff.house
    add_role(
        house.administrator, code="nosy", name_en="Nosy", name_nl="Nieuwsgierig",
        permissions=[Permitted(each) for each in sorted(asked - SEEING - {EVERYONE, "kernel.manage_installation"})],
    )  # fmt: skip
    return house.person("nosy", "nosy")


@pytest.fixture
def marks(booked: Pay) -> list[str]:
    """Emma's figures as they could be written."""
    slip = booked.slip("E1", 1)
    figures = {slip.gross, slip.net, slip.tax, slip.employer, slip.taxable}
    return [mark for figure in figures for mark in written(figure)]


def written(cents: int) -> Iterator[str]:
    whole, rest = divmod(cents, 100)
    yield str(cents)
    yield f"{whole}.{rest:02}"
    yield f"{whole:,}.{rest:02}"
    yield f"{whole:,}".replace(",", ".") + f",{rest:02}"
    yield f"{whole},{rest:02}"


def asked(query: Query) -> dict[str, Any] | None:
    """Parameters for a query as far as its signature asks any; None for what we can't name."""
    given = {}
    for name, parameter in inspect.signature(query.function).parameters.items():
        if (
            parameter.kind is inspect.Parameter.KEYWORD_ONLY
            and parameter.default is parameter.empty
        ):
            if name not in KNOWN:
                return None
            given[name] = KNOWN[name]
    return given


def answers(actor: Actor) -> Iterator[tuple[str, str]]:
    """What every query answers, as text."""
    for query in queries():
        if (given := asked(query)) is None:
            continue
        try:
            yield query.name, msgspec.json.encode(query.call(actor, **given), enc_hook=str).decode()
        except (DomainError, TypeError, ValueError, AttributeError, AssertionError):
            continue  # Refused, or asked with what it doesn't take.


def test_no_query_shows_it(nosy: Actor, booked: Pay, marks: list[str]) -> None:
    told = dict(answers(nosy))
    assert len(told) > 60
    assert [(name, mark) for name, text in told.items() for mark in marks if mark in text] == []
    # The same search finds it for who may see it: the test looks for the right thing.
    seen = dict(answers(booked.paul))
    assert any(mark in seen["hr.salaries"] for mark in marks)
    assert any(mark in seen["hr.payslip"] for mark in marks)


def test_no_page_file_or_search_shows_it(nosy: Actor, booked: Pay, marks: list[str]) -> None:
    client = Client(raise_request_exception=False)
    person = User.objects.get(pk=nosy.user_id or 0)
    store = client.session
    store[session.USER], store[session.SALT] = person.pk, person.session_salt
    store.save()
    entry = PayRun.objects.get().entry
    addresses = [
        f"/finance/entries/{entry}",
        "/finance/payment-runs/WAGE-000001",
        "/hr/wage-payments/WAGE-000001",
        "/hr/payslips/2026-01-1/E1/pdf",
        "/hr/salaries?format=csv",
    ]
    client.get("/")  # The desks are there once the addresses are.
    for view in [view for desk in desks() for view in desk.views]:
        if isinstance(view, ListView) and "<" not in view.url:
            addresses += [
                view.url,
                *([f"{view.url}?format=csv"] if view.desk in ("finance", "hr") else []),
            ]
    opened = 0
    for address in addresses:
        answer = client.get(address)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
        opened += answer.status_code == 200
        assert [mark for mark in marks if mark in content.decode("utf-8", "replace")] == [], address
    assert opened > 40
    for words in ("Emma", "2026-01", *marks[:2]):
        found = msgspec.json.encode(list(searched(nosy, words, 20)), enc_hook=str).decode()
        assert "payslip" not in found


def test_no_history_of_changes_shows_it(nosy: Actor, booked: Pay, marks: list[str]) -> None:
    looked = 0
    for model in apps.get_app_config("hr").get_models():
        for key in model._default_manager.values_list("pk", flat=True)[:10]:
            try:
                text = msgspec.json.encode(history_of(nosy, model, key), enc_hook=str).decode()
            except DomainError:
                continue
            looked += 1
            assert [mark for mark in marks if mark in text] == [], model.__name__
    assert looked > 5


def test_the_record_itself_holds_no_salary(booked: Pay) -> None:
    amount = Salary.objects.get(party__code="E1").amount
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM kernel_change")
        assert not any(str(amount).encode() in bytes(body) for (body,) in cursor.fetchall())
