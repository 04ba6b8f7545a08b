"""The pages of payroll open, one's own are one's own alone, and papers are PDFs."""

from datetime import date

import pytest
from django.test import Client

from kantoor.departments.hr.actions.payroll.runs import make_pay_run
from kantoor.departments.hr.errors_people import NotLinked
from kantoor.departments.hr.queries.payroll.salaries import pay_components, salaries
from kantoor.departments.hr.queries.payroll.simulation import simulated_pay
from kantoor.departments.hr.queries.payroll.slips import (
    own_payslip,
    own_payslips,
    pay_run,
    pay_runs,
    payslip,
    payslips,
)
from kantoor.departments.hr.queries.payroll.years import (
    own_year_statement,
    wage_tax_summary,
    year_statement,
    year_statements,
)
from kantoor.departments.hr.tests.payroll.paying import MARKER, Pay
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import User
from kantoor.kernel.errors import NotAllowed, NotFound
from kantoor.shell.signing_in import session

PAGES = (
    "/hr/pay-runs", "/hr/pay-runs/2026-01-1", "/hr/payslips", "/hr/payslips?run=2026-01-1",
    "/hr/payslips/2026-01-1/E1", "/hr/payslips/2026-01-1/E1/pdf", "/hr/salaries?history=1",
    "/hr/pay-components", "/hr/year-statements?year=2026", "/hr/year-statements/2026/E1/pdf",
    "/hr/wage-tax?year=2026", "/hr/try-pay", "/hr/do/set-salary", "/hr/do/set-pay-component",
    "/hr/do/make-pay-run", "/hr/do/set-pay-settings", "/hr/do/set-pay-value",
    "/hr/wage-payments",
)  # fmt: skip


def browser(actor: Actor) -> Client:
    """A browser in which they are signed in."""
    client = Client()
    person = User.objects.get(pk=actor.user_id or 0)
    store = client.session
    store[session.USER], store[session.SALT] = person.pk, person.session_salt
    store.save()
    return client


def test_pages_open_for_who_may_see_pay_and_for_nobody_else(pay: Pay) -> None:
    pay.run(1)
    paul, emma = browser(pay.paul), browser(pay.staff.emma)
    for url in PAGES:
        answer = paul.get(url)
        assert answer.status_code == 200, url
        assert emma.get(url).status_code in (403, 404), url
    assert paul.get("/hr/payslips/2026-01-1/E1/pdf").content.startswith(b"%PDF")
    tried = paul.post(
        "/hr/try-pay",
        {
            "amount": "4000",
            "what": "gross",
            "year": "2026",
            "age_class": "below-aow",
            "credit": "on",
        },
    )
    assert "3.181,33" in tried.content.decode()
    own = emma.get("/hr/my-payslips")
    assert "4.123,45" in own.content.decode()
    assert emma.get("/hr/my-payslips/2026-01-1").status_code == 200
    assert emma.get("/hr/my-payslips/2026-01-1/pdf").content.startswith(b"%PDF")
    assert emma.get("/hr/my-year-statement/2026/pdf").content.startswith(b"%PDF")


def test_queries_say_what_the_payslips_say(pay: Pay) -> None:
    pay.run(1)
    card = payslip(pay.paul, run="2026-01-1", employee="E1")
    assert card.slip.gross == MARKER
    assert (
        sum(line.amount for line in card.lines if line.kind not in ("reserve", "employer"))
        == card.slip.net
    )
    assert all(line.rule and line.source for line in card.lines)
    assert {line.code for line in card.lines if line.unverified} == {
        "zvw",
        "awf",
        "aof",
        "wko",
        "whk",
    }
    assert own_payslip(pay.staff.emma, run="2026-01-1") == card
    assert [row.employee for row in own_payslips(pay.staff.emma).rows] == ["E1"]
    assert len(payslips(pay.paul).rows) == len(salaries(pay.paul).rows) == 3
    assert pay_components(pay.paul) == []
    assert pay_run(pay.paul, run="2026-01-1").gross == MARKER + 900_000
    assert len(pay_runs(pay.paul, state="approved").rows) == 1


def test_a_run_that_is_not_approved_is_nobodys_own_yet(pay: Pay) -> None:
    make_pay_run(pay.paul, month=date(2026, 1, 1))
    assert own_payslips(pay.staff.emma).rows == []
    with pytest.raises(NotFound):
        own_payslip(pay.staff.emma, run="2026-01-1")
    with pytest.raises(NotLinked):
        own_payslip(pay.paul, run="2026-01-1")
    with pytest.raises(NotAllowed):
        payslip(pay.staff.emma, run="2026-01-1", employee="E2")


def test_the_year_statement_is_the_sum_of_payslips_and_differences(pay: Pay) -> None:
    for month in (1, 2):
        pay.run(month)
    pay.salary("E1", MARKER + 10_000, date(2026, 1, 1))
    pay.run(3)
    slips = [pay.slip("E1", month) for month in (1, 2, 3)]
    found = year_statement(pay.paul, year=2026, employee="E1")
    assert found.wage == sum(slip.taxable for slip in slips) == 3 * (MARKER + 10_000)
    assert found.tax == sum(slip.tax for slip in slips)
    assert found.net == sum(slip.net for slip in slips)
    assert own_year_statement(pay.staff.emma, year=2026) == found
    assert len(year_statements(pay.paul, year=2026)) == 3
    months = wage_tax_summary(pay.paul, year=2026)
    assert [each.month for each in months] == ["2026-01", "2026-02", "2026-03"]
    assert len({each.wage for each in months}) == 1
    with pytest.raises(NotFound):
        year_statement(pay.paul, year=2025, employee="E1")


def test_simulation_goes_both_ways(pay: Pay) -> None:
    there = simulated_pay(pay.paul, year=2026, amount=400_000)
    assert there.net == 318_133
    back = simulated_pay(pay.paul, year=2026, amount=there.net, what="net")
    assert back.net >= there.net and back.gross <= there.gross
