"""What is held and spread over time: a van, a press, insurance, service, dollars, accruals."""

from datetime import date

from kantoor.departments.finance.actions.assets.disposal import dispose_asset
from kantoor.departments.finance.actions.assets.register import register_assets
from kantoor.departments.finance.actions.assets.runs import post_depreciation
from kantoor.departments.finance.actions.banking.accounts import add_bank_account
from kantoor.departments.finance.actions.banking.automatic import book_certain
from kantoor.departments.finance.actions.banking.bookings import book_line
from kantoor.departments.finance.actions.banking.statements import import_statement
from kantoor.departments.finance.actions.currency.rates import import_rates
from kantoor.departments.finance.actions.currency.revaluation import revalue
from kantoor.departments.finance.actions.spreading.accruals import accrue_one
from kantoor.departments.finance.actions.spreading.runs import post_spreads
from kantoor.departments.finance.actions.spreading.spreads import spread_one
from kantoor.departments.finance.drafts_assets import AssetDraft
from kantoor.departments.finance.drafts_banking import ItemShare
from kantoor.departments.finance.models import StatementLine
from kantoor.departments.finance.queries.invoice_card import invoice
from kantoor.departments.finance.tests.banking.papers import Row, camt
from tests.trading_year import accounts as a
from tests.trading_year.company import Company
from tests.trading_year.selling import bill

DOLLARS_IBAN = "NL18ABNA0484869868"
RATES = b"""Date,USD,JPY,GBP,
2024-12-31,1.2000,163.06,0.8292,
2024-06-20,1.1250,170.24,0.8445,
2024-05-15,1.0800,168.66,0.8590,
"""
"""In the form of the European Central Bank, with rates that are easy to reckon with."""


def end_the_quarter(company: Company, on: str, *, van: int, press: int, insurance: int) -> None:
    """Depreciate and spread through the last day; the amounts are those of three months."""
    day = company.clock.to(on)
    assert post_depreciation(company.bo, on=day).amount == van + press
    post_spreads(company.bo, on=day)
    company.paper.write(
        on,
        {a.VAN_COST: van, a.VAN_LOST: -van, a.PRESS_COST: press, a.PRESS_LOST: -press,
         a.INSURANCE: insurance, a.PREPAID: -insurance},
    )  # fmt: skip


def spread_the_insurance(company: Company, entry: str) -> None:
    """The bill of January is for the whole year."""
    spread_one(
        company.bo, kind="prepaid", entry=entry, starts_on=date(2024, 1, 1),
        ends_on=date(2024, 12, 31), line=_line_on(entry, a.INSURANCE),
    )  # fmt: skip
    company.paper.write("2024-01-05", {a.INSURANCE: -1_200_00, a.PREPAID: 1_200_00})


def register_the_press(company: Company, entry: str) -> None:
    """It stands on the account of presses already."""
    press = AssetDraft(
        name="Pers", category="PERS", cost=12_000_00, acquired_on=date(2024, 4, 2),
        in_use_from=date(2024, 4, 2), entry=entry, line=_line_on(entry, a.PRESS),
    )  # fmt: skip
    assert register_assets(company.bo, assets=[press]).numbers == ["A00002"]


def sell_the_van(company: Company) -> None:
    """For 15,000, when 13,500 of it is left in the books."""
    day = company.clock.to("2024-09-30")
    bill(company, "FIETSPLUS", "2024-09-30", "Bestelbus", 1, "15000", tax="S21")
    gone = dispose_asset(
        company.bo, asset="A00001", date=day, why="verkocht", proceeds=15_000_00, account=a.SALES
    )
    assert (gone.book_value, gone.result) == (0, 1_500_00)
    company.paper.write(
        "2024-09-30", {a.RECEIVABLES: 18_150_00, a.SALES: -15_000_00, a.VAT: -3_150_00}
    )
    company.paper.write(
        "2024-09-30",
        {a.VAN: -24_000_00, a.VAN_LOST: 10_500_00, a.SALES: 15_000_00, a.DISPOSAL: -1_500_00},
    )


def take_in_rates(company: Company) -> None:
    """What the central bank published."""
    kept = import_rates(company.bo, RATES)
    assert (kept.added, kept.known) == (9, 0)


def half_of_the_dollars_come_in(company: Company, number: str) -> str:
    """10,800 dollars on an account in dollars; gives that account's code in the ledger."""
    company.clock.to("2024-06-30")
    opened = add_bank_account(
        company.anne, name="Dollarrekening", iban=DOLLARS_IBAN, currency="USD"
    )
    paper = camt(
        0, Row("2024-06-20", 10_800_00, f"half of {number}", "Bikes Inc"), account=DOLLARS_IBAN,
        currency="USD", start="2024-06-01", end="2024-06-30",
    )  # fmt: skip
    import_statement(company.bo, name="usd.xml", content=paper)
    book_certain(company.bo)
    line = StatementLine.objects.get(entry=None)
    book_line(company.bo, line=line.pk, items=[ItemShare(item=number)])
    # Booked at 1.08 they were 10,000 euros, at 1.125 they are 9,600.
    company.paper.write(
        "2024-06-20", {opened.account: 9_600_00, a.EXCHANGE: 400_00, a.RECEIVABLES: -10_000_00}
    )
    return opened.account


def end_the_year(company: Company, service: str, dollars: str) -> None:
    """Service of eleven months to come, dollars at the last rate, a bill that is late, tax."""
    entry = invoice(company.bo, number=service).entry
    spread_one(
        company.bo, kind="deferred_income", entry=entry, line=_line_on(entry, a.SALES),
        starts_on=date(2024, 12, 1), ends_on=date(2025, 11, 30),
    )  # fmt: skip
    company.paper.write("2024-12-01", {a.SALES: 1_200_00, a.DEFERRED: -1_200_00})
    end_the_quarter(company, "2024-12-31", van=0, press=600_00, insurance=300_00)
    company.paper.write("2024-12-31", {a.DEFERRED: 100_00, a.SALES: -100_00})
    day = date(2024, 12, 31)
    company.post("2024-12-31", "Voorraadtelling", {a.GOODS: 2_000_00, a.STOCK: -2_000_00})
    accrue_one(
        company.bo, date=day, amount=350_00, result_account=a.CLEANING, text="Schoonmaak december"
    )
    company.paper.write("2024-12-31", {a.CLEANING: 350_00, a.ACCRUED: -350_00})
    company.paper.write("2025-01-01", {a.CLEANING: -350_00, a.ACCRUED: 350_00})
    # At 1.2 both halves of the dollars are 9,000 euros.
    done = revalue(company.bo, on=day)
    assert (done.gain, done.loss) == (0, 1_600_00)
    worth = {dollars: -600_00, a.RECEIVABLES: -1_000_00, a.EXCHANGE: 1_600_00}
    company.paper.write("2024-12-31", worth)
    company.paper.write("2025-01-01", {code: -amount for code, amount in worth.items()})
    company.post(
        "2024-12-31",
        "Vennootschapsbelasting",
        {a.PROFIT_TAX: 3_286_00, a.PROFIT_TAX_OWED: -3_286_00},
    )


def _line_on(entry: str, account: str) -> int:
    """Which line of an entry stands on an account, from one."""
    from kantoor.departments.finance.models import Line

    journal, year, number = entry.split("/")
    codes = Line.objects.filter(
        entry__journal__code=journal, entry__year__code=year, entry__number=int(number)
    )
    return list(codes.order_by("id").values_list("account__code", flat=True)).index(account) + 1
