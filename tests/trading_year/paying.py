"""Suppliers are paid: proposed, approved by two people, sent as a file of the bank's form."""

from datetime import date
from decimal import Decimal

from lxml import etree

from kantoor.departments.finance.actions.paying.approving import approve_payment_run
from kantoor.departments.finance.actions.paying.making import make_payment_file
from kantoor.departments.finance.actions.paying.proposing import propose_payments
from kantoor.departments.finance.queries.paying.files import payment_file
from kantoor.departments.finance.queries.paying.runs import payment_run
from kantoor.kernel.tests.shared import shared_file
from tests.trading_year import accounts as a
from tests.trading_year.company import Company

PAIN = "pain.001.001.09"


def pay_suppliers(company: Company, on: str, *amounts: int, discount: int = 0) -> str:
    """Pay what is due today, in payments of these amounts; gives the message that the bank gets.

    `discount` is what is kept back of the supplier's terms, of which 21/121 is input tax.
    """
    company.clock.to(on)
    made = propose_payments(company.bo, due_until=date.fromisoformat(on))
    assert (made.orders, made.amount, made.left_out) == (len(amounts), sum(amounts), 0)
    card = payment_run(company.bo, number=made.number)
    company.together(lambda: approve_payment_run(company.bo, run=made.number, digest=card.digest))
    make_payment_file(company.bo, run=made.number)
    content = payment_file(company.bo, number=made.number).content
    _prove_amounts(content, amounts)
    company.payment_files.append(content)
    tax = discount * 21 // 121
    company.paper.write(
        on,
        {a.PAYABLES: sum(amounts) + discount, a.UNDER_WAY: -sum(amounts), a.INPUT_VAT: -tax,
         a.DISCOUNTS: tax - discount},
    )  # fmt: skip
    return card.message_id


def _prove_amounts(content: bytes, amounts: tuple[int, ...]) -> None:
    """The file asks for these amounts."""
    space = {"p": f"urn:iso:std:iso:20022:tech:xsd:{PAIN}"}
    found = etree.fromstring(content).iterfind(".//p:InstdAmt", space)
    asked = [Decimal(str(each.text)) for each in found]
    assert sorted(asked) == sorted(Decimal(each).scaleb(-2) for each in amounts)


def prove_form(content: bytes) -> None:
    """The file is valid by the official schema."""
    schema = shared_file("standards", "iso20022-xsd", f"{PAIN}.xsd")
    etree.XMLSchema(etree.parse(str(schema))).assertValid(etree.fromstring(content))
