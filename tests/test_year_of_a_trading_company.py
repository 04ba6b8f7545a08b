"""A year in the life of a Dutch trading company, from its opening balance to the next year's."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from kantoor.departments.finance.actions.entries import post_entry
from kantoor.departments.finance.drafts import EntryDraft, LineDraft
from kantoor.departments.finance.errors import ClosedPeriod
from kantoor.kernel.record.verify.system import verify
from tests.trading_year import accounts as a
from tests.trading_year import (
    banking,
    buying,
    closing,
    exporting,
    filing,
    holding,
    opening,
    paying,
    payroll,
    selling,
)
from tests.trading_year.company import Company
from tests.trading_year.proving import prove
from tests.undone import connection_kept, undone

LAST = date(2024, 12, 31)


@pytest.fixture(scope="module")
def company(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Company]:
    """The company as it is when the year is over and closed; each chapter proves itself."""
    with (
        django_db_blocker.unblock(),
        connection_kept(),
        undone(),
        pytest.MonkeyPatch.context() as patch,
    ):
        yield a_year(Company(patch))


@pytest.fixture
def _django_db_helper(company: Company, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """What each test writes is undone; the company stays."""
    with django_db_blocker.unblock(), undone():
        yield


pytestmark = pytest.mark.django_db


def a_year(company: Company) -> Company:
    """The year, chapter by chapter."""
    company.settle_in()
    opening.open_the_books(company)
    bank = banking.Bank(company)

    insurance = buying.buy_in_the_first_quarter(company)
    holding.spread_the_insurance(company, insurance)
    message = paying.pay_suppliers(company, "2024-02-15", 9_680_00, 1_200_00, 3_630_00)
    helmets = selling.sell_in_the_first_quarter(company)
    payroll.pay_wages(company, 1)
    banking.the_first_quarter(bank, message, helmets)
    holding.end_the_quarter(company, "2024-03-31", van=1_500_00, press=0, insurance=300_00)
    prove(company, "2024-03-31")
    filing.file_the_return(company, 1)
    prove(company, "2024-03-31")

    press = buying.buy_in_the_second_quarter(company)
    holding.register_the_press(company, press)
    holding.take_in_rates(company)
    dollars = selling.sell_in_the_second_quarter(company, helmets)
    message = paying.pay_suppliers(
        company, "2024-05-30", 9_680_00, 3_630_00, 6_000_00, 14_520_00, 1_500_00
    )
    payroll.pay_wages(company, 2)
    banking.the_second_quarter(bank, message, helmets)
    account = holding.half_of_the_dollars_come_in(company, dollars)
    holding.end_the_quarter(company, "2024-06-30", van=1_500_00, press=600_00, insurance=300_00)
    prove(company, "2024-06-30")
    filing.file_the_return(company, 2)
    filing.list_sales_to_germany(company)
    prove(company, "2024-06-30")

    selling.sell_in_the_third_quarter(company)
    buying.buy_in_the_third_quarter(company)
    message = paying.pay_suppliers(company, "2024-08-30", 48_884_00, 3_630_00)
    payroll.pay_wages(company, 3)
    banking.the_third_quarter(bank, message)
    holding.end_the_quarter(company, "2024-09-30", van=1_500_00, press=600_00, insurance=300_00)
    holding.sell_the_van(company)
    prove(company, "2024-09-30")
    filing.file_the_return(company, 3)
    prove(company, "2024-09-30")

    buying.buy_in_the_fourth_quarter(company)
    message = paying.pay_suppliers(company, "2024-11-11", 8_893_50, 3_630_00, discount=181_50)
    service = selling.sell_in_the_fourth_quarter(company)
    payroll.pay_wages(company, 4)
    banking.the_fourth_quarter(bank, message)
    holding.end_the_year(company, service, account)
    prove(company, "2024-12-31")
    filing.file_the_return(company, 4)
    prove(company, "2024-12-31")
    closing.close_the_year(company)
    return company


def test_the_year_ends_as_on_paper_and_the_next_opens_with_it(company: Company) -> None:
    for on in ("2024-12-31", "2025-01-01"):
        prove(company, on)
    closing.prove_the_opening(company)
    assert verify().faults == []


def test_nobody_posts_in_the_year_that_is_closed(company: Company) -> None:
    lines = [LineDraft(account=a.BANK, amount=121_00), LineDraft(account=a.SALES, amount=-121_00)]
    with pytest.raises(ClosedPeriod):
        post_entry(company.bo, entry=EntryDraft(date=LAST, lines=lines, text="Te laat"))
    on_time = EntryDraft(date=date(2025, 1, 31), lines=lines, text="Op tijd")
    assert post_entry(company.bo, entry=on_time).first.startswith("MEM/2025/")


def test_the_payment_files_are_of_the_official_form(company: Company) -> None:
    assert len(company.payment_files) == 4
    for content in company.payment_files:
        paying.prove_form(content)


@pytest.mark.parametrize("version", ["4.0", "3.2.1", "3.2"])
def test_the_auditfile_is_valid_and_says_what_the_paper_says(
    company: Company, version: str
) -> None:
    audit = exporting.auditfile(company, version)
    exporting.prove_auditfile(audit, version)
    opening_of_year = company.paper.balances(date(2024, 1, 1))
    assert audit.opening == opening_of_year == opening.OPENING
    assert audit.closing == company.paper.balances(LAST)


def test_beancount_proves_the_same_balances(company: Company, tmp_path: Path) -> None:
    assert exporting.by_beancount(company, tmp_path) == exporting.on_paper(company)


@pytest.mark.needs("hledger")
def test_hledger_proves_the_same_balances(company: Company, tmp_path: Path) -> None:
    assert exporting.by_hledger(company, tmp_path) == exporting.on_paper(company)
