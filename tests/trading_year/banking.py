"""The bank's statements of each quarter, and what becomes of their lines."""

from kantoor.departments.finance.actions.banking.automatic import book_certain
from kantoor.departments.finance.actions.banking.bookings import book_line
from kantoor.departments.finance.actions.banking.statements import import_statement
from kantoor.departments.finance.drafts_banking import ItemShare
from kantoor.departments.finance.models import StatementLine
from kantoor.departments.finance.queries.banking.references import rf_of
from kantoor.departments.finance.queries.banking.statements import bank_book
from kantoor.departments.finance.tests.banking.papers import Row, camt
from tests.trading_year import accounts as a
from tests.trading_year.company import OWN, Company
from tests.trading_year.selling import open_invoices

WAGES, WAGE_TAX, COSTS = -3_200_00, -1_500_00, -25_00


class Bank:
    """The company's bank, which sends a statement each quarter."""

    def __init__(self, company: Company) -> None:
        self.company = company
        self.balance = 50_000_00
        self.statements = 0

    def send(self, quarter: int, *rows: Row) -> None:
        """Take in the statement of a quarter, and book what is certain of it."""
        start, end = f"2024-{3 * quarter - 2:02}-01", QUARTER_ENDS[quarter - 1]
        self.company.clock.to(end)
        self.statements += 1
        paper = camt(
            self.balance, *sorted(rows), account=OWN, start=start, end=end, version="08",
            number=f"{self.statements}",
        )  # fmt: skip
        taken = import_statement(self.company.bo, name=f"Q{quarter}.xml", content=paper)
        assert (taken.lines, taken.warnings) == (len(rows), [])
        self.balance += sum(row.amount for row in rows)
        book_certain(self.company.bo)

    def left(self) -> list[StatementLine]:
        """The lines that nothing is certain of, as the bank gave them."""
        return list(StatementLine.objects.filter(entry=None).order_by("booked_on", "id"))

    def ties(self) -> None:
        """Every line is booked, and the bank and the books say the same."""
        assert self.left() == []
        book = bank_book(self.company.bo, bank_account="BNK1")
        assert (book.said, book.booked) == (self.balance, self.balance)
        # What stood there before the first statement is what the opening balance says.
        assert (book.before, book.elsewhere) == (50_000_00, 50_000_00)
        assert (book.to_book, book.unexplained) == (0, 0)


QUARTER_ENDS = ("2024-03-31", "2024-06-30", "2024-09-30", "2024-12-31")


def regular(quarter: int, *wage_tax_months: int) -> list[Row]:
    """Wages and wage tax of a quarter, and what the bank itself takes."""
    months = range(3 * quarter - 2, 3 * quarter + 1)
    rows = [Row(f"2024-{month:02}-25", WAGES, f"Salaris maand {month}") for month in months]
    rows += [
        Row(f"2024-{month:02}-28", WAGE_TAX, f"Loonheffing {month - 1}")
        for month in wage_tax_months
    ]
    return [*rows, Row(QUARTER_ENDS[quarter - 1], COSTS, "Kosten betalingsverkeer")]


def on_paper(company: Company, rows: list[Row]) -> None:
    """What the regular movements come to."""
    account = {WAGES: a.NET_WAGES, WAGE_TAX: a.WAGE_TAX, COSTS: a.BANK_COSTS}
    for row in rows:
        company.paper.write(row.on, {a.BANK: row.amount, account[row.amount]: -row.amount})


def received(company: Company, on: str, amount: int) -> None:
    """On paper: a customer paid."""
    company.paper.write(on, {a.BANK: amount, a.RECEIVABLES: -amount})


def the_first_quarter(bank: Bank, message: str, helmets: str) -> None:
    """An old item by hand, a bicycle shop by reference, half of the helmets, and the suppliers."""
    company = bank.company
    [bicycles] = [each for each in open_invoices(company, "RIJWIEL") if each.gross == 10_890_00]
    usual = regular(1, 2, 3)
    bank.send(
        1,
        Row("2024-01-10", 2_420_00, "uw factuur van vorig jaar", "Rijwielhuis Jansen"),
        Row("2024-01-31", -1_500_00, "Omzetbelasting 4e kwartaal 2023", "Belastingdienst"),
        Row("2024-02-14", 10_890_00, "", "Rijwielhuis Jansen", structured=rf_of(bicycles.number)),
        Row("2024-02-15", -14_510_00, "batch", end_to_end=message),
        Row("2024-03-01", 1_000_00, f"deel van {helmets}", "Fietsplus BV"),
        *usual,
    )
    old, part = bank.left()
    assert (old.amount, part.amount) == (2_420_00, 1_000_00)
    book_line(company.bo, line=old.pk, items=[ItemShare(item="OPN/2024/1#1")])
    book_line(company.bo, line=part.pk, items=[ItemShare(item=helmets)])
    for on, amount in (
        ("2024-01-10", 2_420_00),
        ("2024-02-14", 10_890_00),
        ("2024-03-01", 1_000_00),
    ):
        received(company, on, amount)
    company.paper.write("2024-01-31", {a.BANK: -1_500_00, a.VAT_OWED: 1_500_00})
    company.paper.write("2024-02-15", {a.BANK: -14_510_00, a.UNDER_WAY: 14_510_00})
    on_paper(company, usual)
    assert bank.balance == 35_675_00
    bank.ties()


def the_second_quarter(bank: Bank, message: str, helmets: str) -> None:
    """Sixty small payments, a payment of two at once, the shareholder puts in money."""
    company = bank.company
    web = open_invoices(company, "WEB")
    assert len(web) == 60
    usual = regular(2, 4, 5, 6)
    [radhaus] = open_invoices(company, "RADHAUS")
    bank.send(
        2,
        *(
            Row("2024-04-20", 60_44, f"bestelling {each.number}", f"Klant {n}")
            for n, each in enumerate(web)
        ),
        Row("2024-04-01", 25_000_00, "agiostorting", "J. de Vries"),
        Row("2024-04-29", -884_00, "Omzetbelasting 1e kwartaal", "Belastingdienst"),
        Row("2024-05-30", -35_330_00, "batch", end_to_end=message),
        Row("2024-06-20", 1_175_82, f"rest van {helmets}", "Fietsplus BV"),
        Row("2024-06-28", 4_000_00, f"Rechnung {radhaus.number}", "Radhaus GmbH"),
        *usual,
    )
    [premium] = bank.left()
    book_line(company.bo, line=premium.pk, account=a.PREMIUM)
    company.paper.write("2024-04-01", {a.BANK: 25_000_00, a.PREMIUM: -25_000_00})
    company.paper.write("2024-04-29", {a.BANK: -884_00, a.VAT_OWED: 884_00})
    company.paper.write("2024-05-30", {a.BANK: -35_330_00, a.UNDER_WAY: 35_330_00})
    for on, amount in (
        ("2024-04-20", 3_626_40),
        ("2024-06-20", 1_175_82),
        ("2024-06-28", 4_000_00),
    ):
        received(company, on, amount)
    on_paper(company, usual)
    assert bank.balance == 19_138_22
    bank.ties()


def the_third_quarter(bank: Bank, message: str) -> None:
    """A customer pays two invoices at once, and the tax authority pays back."""
    company = bank.company
    numbers = [each.number for each in open_invoices(company, "RIJWIEL")]
    usual = regular(3, 7, 8, 9)
    bank.send(
        3,
        Row("2024-07-31", 4_243_00, "Omzetbelasting 2e kwartaal", "Belastingdienst"),
        Row("2024-08-12", 82_220_00, " en ".join(numbers), "Rijwielhuis Jansen"),
        Row("2024-08-30", -52_514_00, "batch", end_to_end=message),
        *usual,
    )
    company.paper.write("2024-07-31", {a.BANK: 4_243_00, a.VAT_OWED: -4_243_00})
    received(company, "2024-08-12", 82_220_00)  # 545.00 and 81,675.00
    company.paper.write("2024-08-30", {a.BANK: -52_514_00, a.UNDER_WAY: 52_514_00})
    on_paper(company, usual)
    assert bank.balance == 38_962_22
    bank.ties()


def the_fourth_quarter(bank: Bank, message: str) -> None:
    """The van and 130 bicycles are paid."""
    company = bank.company
    [bicycles] = open_invoices(company, "RIJWIEL")
    van = open_invoices(company, "FIETSPLUS")[0]
    usual = regular(4, 10, 11, 12)
    bank.send(
        4,
        Row("2024-10-25", 18_150_00, f"bus {van.number}", "Fietsplus BV"),
        Row("2024-10-30", -8_211_00, "Omzetbelasting 3e kwartaal", "Belastingdienst"),
        Row("2024-11-11", -12_523_50, "batch", end_to_end=message),
        Row("2024-11-20", 70_785_00, "", "Rijwielhuis Jansen", structured=rf_of(bicycles.number)),
        *usual,
    )
    company.paper.write("2024-10-30", {a.BANK: -8_211_00, a.VAT_OWED: 8_211_00})
    company.paper.write("2024-11-11", {a.BANK: -12_523_50, a.UNDER_WAY: 12_523_50})
    received(company, "2024-10-25", 18_150_00)
    received(company, "2024-11-20", 70_785_00)
    on_paper(company, usual)
    assert bank.balance == 93_037_72
    bank.ties()
