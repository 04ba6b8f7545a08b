"""What is sold: by order, by invoice, abroad, in dollars, taken back, and never paid."""

from datetime import date
from decimal import Decimal
from typing import Any

from kantoor.departments.finance.actions.collecting.writing_off import write_off
from kantoor.departments.finance.actions.single_invoices import credit_invoice, issue_invoice
from kantoor.departments.finance.drafts_collecting import WriteOffDraft
from kantoor.departments.finance.drafts_invoices import CreditLine, InvoiceLineInput
from kantoor.departments.finance.queries.invoices import InvoiceRow, invoices
from kantoor.departments.sales.actions.invoices import invoice_orders
from kantoor.departments.sales.actions.orders import confirm_orders, deliver_orders, take_orders
from kantoor.departments.sales.drafts import LineDraft, OrderDraft
from tests.trading_year import accounts as a
from tests.trading_year.company import Company


def sell_by_order(company: Company, customer: str, article: str, each: int, orders: int) -> None:
    """Orders of so many pieces are taken, delivered and invoiced today."""
    lines = [LineDraft(article=article, quantity=Decimal(each))]
    drafts = [OrderDraft(customer=customer, lines=lines) for _ in range(orders)]
    numbers = [taken.number for taken in take_orders(company.dirk, orders=drafts)]
    confirm_orders(company.dirk, numbers=numbers)
    deliver_orders(company.dirk, numbers=numbers)
    assert invoice_orders(company.bo, numbers=numbers) == orders


def bill(
    company: Company, customer: str, on: str, text: str, quantity: int, price: str, **more: Any
) -> str:
    """An invoice of one line; gives its number."""
    tax = more.pop("tax", "")
    line = InvoiceLineInput(
        text=text, quantity=Decimal(quantity), unit_price=Decimal(price), tax=tax
    )
    day = date.fromisoformat(on)
    return issue_invoice(company.bo, party=customer, date=day, lines=[line], **more).number


def sell_in_the_first_quarter(company: Company) -> str:
    """Twenty bicycles, helmets, a repair at the low rate, and a sale that is never paid.

    Gives the number of the invoice for the helmets.
    """
    company.clock.to("2024-01-15")
    sell_by_order(company, "RIJWIEL", "FIETS", 20, orders=1)
    company.paper.write(
        "2024-01-15", {a.RECEIVABLES: 10_890_00, a.SALES: -9_000_00, a.VAT: -1_890_00}
    )
    company.clock.to("2024-02-20")
    helmets = bill(company, "FIETSPLUS", "2024-02-12", "Helmen", 40, "49.95")
    company.paper.write("2024-02-12", {a.RECEIVABLES: 2_417_58, a.SALES: -1_998_00, a.VAT: -419_58})
    bill(company, "FAILLIET", "2024-02-20", "Fietsen", 2, "500")
    company.paper.write("2024-02-20", {a.RECEIVABLES: 1_210_00, a.SALES: -1_000_00, a.VAT: -210_00})
    company.clock.to("2024-03-20")
    bill(company, "RIJWIEL", "2024-03-20", "Reparatie", 10, "50", tax="S9")
    company.paper.write("2024-03-20", {a.RECEIVABLES: 545_00, a.SALES: -500_00, a.VAT: -45_00})
    return helmets


def sell_in_the_second_quarter(company: Company, helmets: str) -> str:
    """Sixty small orders, Germany, America in dollars; four helmets come back.

    Gives the number of the invoice in dollars.
    """
    company.clock.to("2024-04-10")
    sell_by_order(company, "WEB", "HELM", 1, orders=60)
    # 49.95 and 10.49 each; the tax of all at once would be a cent less on every hundred.
    company.paper.write("2024-04-10", {a.RECEIVABLES: 3_626_40, a.SALES: -2_997_00, a.VAT: -629_40})
    company.clock.to("2024-05-15")
    dollars = bill(company, "BIKES", "2024-05-15", "Bicycles", 48, "450", currency="USD")
    # 21,600 dollars at 1.08.
    company.paper.write("2024-05-15", {a.RECEIVABLES: 20_000_00, a.EXPORT: -20_000_00})
    company.clock.to("2024-06-10")
    bill(company, "RADHAUS", "2024-06-03", "Stadsfietsen", 10, "400")
    company.paper.write("2024-06-03", {a.RECEIVABLES: 4_000_00, a.INTRA_EU: -4_000_00})
    credit_invoice(
        company.bo, invoice=helmets, date=date(2024, 6, 10), why="Stuk",
        lines=[CreditLine(n=1, quantity=Decimal(4))],
    )  # fmt: skip
    company.paper.write("2024-06-10", {a.RECEIVABLES: -241_76, a.SALES: 199_80, a.VAT: 41_96})
    return dollars


def sell_in_the_third_quarter(company: Company) -> None:
    """A hundred and fifty bicycles."""
    company.clock.to("2024-07-10")
    sell_by_order(company, "RIJWIEL", "FIETS", 150, orders=1)
    company.paper.write(
        "2024-07-10", {a.RECEIVABLES: 81_675_00, a.SALES: -67_500_00, a.VAT: -14_175_00}
    )


def sell_in_the_fourth_quarter(company: Company) -> str:
    """One customer is bankrupt; 130 bicycles, and a year of service that is paid ahead.

    Gives the number of the invoice for the service.
    """
    company.clock.to("2024-10-15")
    [lost] = [each.number for each in open_invoices(company, "FAILLIET")]
    write_off(
        company.anne, items=[WriteOffDraft(document=lost)], why="failliet", on=date(2024, 10, 15)
    )
    company.paper.write(
        "2024-10-15", {a.RECEIVABLES: -1_210_00, a.BAD_DEBT: 1_000_00, a.VAT: 210_00}
    )
    company.clock.to("2024-10-20")
    sell_by_order(company, "RIJWIEL", "FIETS", 130, orders=1)
    company.paper.write(
        "2024-10-20", {a.RECEIVABLES: 70_785_00, a.SALES: -58_500_00, a.VAT: -12_285_00}
    )
    company.clock.to("2024-12-01")
    service = bill(company, "FIETSPLUS", "2024-12-01", "Onderhoud, een jaar", 12, "100")
    company.paper.write("2024-12-01", {a.RECEIVABLES: 1_452_00, a.SALES: -1_200_00, a.VAT: -252_00})
    return service


def open_invoices(company: Company, customer: str) -> list[InvoiceRow]:
    """The invoices of a customer that something is open of, by number."""
    rows = invoices(company.bo, party=customer, kind="invoice", sort="number", limit=100).rows
    return [each for each in rows if each.open]
