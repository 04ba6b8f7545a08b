"""What is bought: electronic invoices, rent, from abroad, and by invoices that are entered."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from kantoor.departments.finance.actions.payables.entering import enter_purchase_invoices
from kantoor.departments.finance.actions.payables.posting import post_purchase_invoices
from kantoor.departments.finance.actions.payables.receiving import receive_purchase_files
from kantoor.departments.finance.drafts_incoming import IncomingFile
from kantoor.departments.finance.drafts_purchases import PurchaseDraft, PurchaseLineDraft
from kantoor.departments.finance.queries.payables.invoice_card import purchase_invoice
from kantoor.departments.finance.tests.payables.arriving import Sold, ubl
from tests.trading_year import accounts as a
from tests.trading_year.company import IBANS, Company


def take_in(company: Company, number: str, on: str, due: str, *lines: Sold, **more: str) -> None:
    """An electronic invoice of the wholesaler comes in, is proposed rightly, and posted."""
    paper = ubl(
        number, *lines, on=on, due=due, iban=IBANS["GAZELLE"], seller="Gazelle Groothandel BV",
        **more,
    )  # fmt: skip
    company.clock.to(on)
    files = [IncomingFile(name=f"{number}.xml", content=paper)]
    (told,) = receive_purchase_files(company.bo, files=files).files
    assert (told.ok, told.state, told.errors) == (True, "proposed", [])
    post_purchase_invoices(company.bo, invoices=[told.number])


def enter(
    company: Company, supplier: str, reference: str, on: str, amount: int, **more: Any
) -> str:
    """A purchase invoice of one line is entered and posted; gives the number of its entry."""
    line = PurchaseLineDraft(text=reference, amount=amount)
    draft = PurchaseDraft(
        supplier=supplier, reference=reference, date=date.fromisoformat(on), lines=[line], **more
    )
    [entered] = enter_purchase_invoices(company.bo, invoices=[draft], post_them=True)
    return purchase_invoice(company.bo, number=entered.number).entry


def rent(company: Company, on: str) -> None:
    """A quarter's rent."""
    enter(company, "PAND", f"Huur {on}", on, 3_000_00)
    company.paper.write(on, {a.RENT: 3_000_00, a.INPUT_VAT: 630_00, a.PAYABLES: -3_630_00})


def goods(company: Company, number: str, on: str, due: str, *nets: int, **more: str) -> None:
    """Goods at 21 % by an electronic invoice, written on paper as nets and their tax."""
    lines: Sequence[Sold] = [("Fietsen", f"{net}.00", "21") for net in nets]
    take_in(company, number, on, due, *lines, **more)
    net = sum(nets) * 100
    tax = sum(nets) * 21
    company.paper.write(on, {a.GOODS: net, a.INPUT_VAT: tax, a.PAYABLES: -net - tax})


def buy_in_the_first_quarter(company: Company) -> str:
    """Rent, goods, and insurance for the whole year; gives the number of the latter's entry."""
    company.clock.to("2024-01-05")
    rent(company, "2024-01-03")
    insurance = enter(company, "POLIS", "Polis 2024", "2024-01-05", 1_200_00)
    company.paper.write("2024-01-05", {a.INSURANCE: 1_200_00, a.PAYABLES: -1_200_00})
    goods(company, "G-2024-1", "2024-01-20", "2024-02-14", 3_000, 2_000)
    return insurance


def buy_in_the_second_quarter(company: Company) -> str:
    """A press, goods from Germany, work of a subcontractor; gives the entry of the press."""
    company.clock.to("2024-04-02")
    press = enter(company, "PERS", "P-77", "2024-04-02", 12_000_00)
    company.paper.write(
        "2024-04-02", {a.PRESS: 12_000_00, a.INPUT_VAT: 2_520_00, a.PAYABLES: -14_520_00}
    )
    rent(company, "2024-04-02")
    goods(company, "G-2024-2", "2024-04-15", "2024-05-15", 8_000)
    company.clock.to("2024-04-22")
    enter(company, "KETTLER", "RE-4711", "2024-04-22", 6_000_00)
    company.paper.write(
        "2024-04-22",
        {a.GOODS: 6_000_00, a.INPUT_VAT: 1_260_00, a.REVERSED_VAT: -1_260_00,
         a.PAYABLES: -6_000_00},
    )  # fmt: skip
    enter(company, "LASWERK", "L-9", "2024-04-22", 1_500_00)
    company.paper.write(
        "2024-04-22",
        {a.SUBCONTRACTED: 1_500_00, a.INPUT_VAT: 315_00, a.REVERSED_VAT: -315_00,
         a.PAYABLES: -1_500_00},
    )  # fmt: skip
    return press


def buy_in_the_third_quarter(company: Company) -> None:
    """Rent and goods; and a bill of March turns up, when its quarter was filed already."""
    company.clock.to("2024-08-05")
    rent(company, "2024-07-02")
    enter(company, "GAZELLE", "G-2024-0", "2024-03-28", 400_00)
    company.paper.write("2024-03-28", {a.GOODS: 400_00, a.INPUT_VAT: 84_00, a.PAYABLES: -484_00})
    goods(company, "G-2024-3", "2024-08-06", "2024-08-30", 40_000)


def buy_in_the_fourth_quarter(company: Company) -> None:
    """Rent, and goods with two per cent off for who pays within ten days."""
    company.clock.to("2024-10-20")
    rent(company, "2024-10-02")
    goods(
        company, "G-2024-4", "2024-11-01", "2024-12-01", 7_500,
        terms="#SKONTO#TAGE=10#PROZENT=2.00#",
    )  # fmt: skip
