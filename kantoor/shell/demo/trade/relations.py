"""Whom the trading company deals with: invented names, real kinds of business.

Their account numbers are made from the example bank codes that the banks' own documents use, with
right check digits; nobody has them.
"""

from dataclasses import dataclass

from schwifty import IBAN

from kantoor.departments.finance.actions.payables.suppliers import create_suppliers
from kantoor.departments.finance.actions.paying.mandates import (
    add_mandates,
    set_creditor_identifier,
)
from kantoor.departments.finance.actions.paying.party_accounts import (
    propose_party_accounts,
    verify_party_accounts,
)
from kantoor.departments.finance.drafts_payments import MandateDraft, PartyAccountDraft
from kantoor.departments.finance.drafts_purchases import SupplierDraft
from kantoor.departments.sales.actions.customers import CustomerDraft, create_customers
from kantoor.shell.demo.calendar import Month
from kantoor.shell.demo.trade.office import Office


@dataclass(frozen=True, slots=True)
class Supplier:
    """A supplier with what they are bought from each month: text, account, tax, and about how much.

    `usual` is in cents, without tax; `every` is how many months lie between their invoices.
    """

    code: str
    name: str
    city: str
    country: str
    text: str
    account: str
    tax: str
    usual: int
    every: int = 1
    days: int = 30
    vat_number: str = ""

    @property
    def iban(self) -> str:
        """Their account, the same every time."""
        return iban_of(self.country, self.code)


@dataclass(frozen=True, slots=True)
class Customer:
    """A customer and about how much they buy a month, in cents without tax; `pays` is in days."""

    code: str
    name: str
    city: str
    country: str
    usual: int
    pays: int
    kind: str = "organisation"
    vat_number: str = ""
    currency: str = ""

    @property
    def iban(self) -> str:
        """Their account, the same every time; none where there is no SEPA."""
        return "" if self.currency else iban_of(self.country, self.code)


SUPPLIERS = (
    Supplier("L-KLEI", "Kleifabriek De Maas", "Maastricht", "NL", "Aardewerk", "70251", "P21", 1_450_000),
    Supplier("L-GLAS", "Glashandel Leerdam", "Leerdam", "NL", "Glaswerk", "70251", "P21", 980_000),
    Supplier("L-TEX", "Textil Aalter", "Aalter", "BE", "Linnen", "70251", "PK21", 720_000, vat_number="BE0202239951"),
    Supplier("L-HUUR", "Vastgoed Havenkwartier", "Deventer", "NL", "Huur magazijn", "45105", "P21", 385_000, days=14),
    Supplier("L-VERV", "Van Dalen Transport", "Apeldoorn", "NL", "Vracht", "45635", "P21", 164_000, days=21),
    Supplier("L-TEL", "Nedertel Zakelijk", "Utrecht", "NL", "Telefoon en internet", "46110", "P21", 21_450, days=14),
    Supplier("L-VERZ", "Onderlinge Salland", "Raalte", "NL", "Verzekering", "46305", "PE", 486_000, every=12, days=14),
    Supplier("L-ACC", "Visser Accountants", "Deventer", "NL", "Administratie en advies", "46351", "P21", 142_000, every=3),
    Supplier("L-KANT", "Kantoorhandel Brink", "Deventer", "NL", "Kantoorartikelen", "46101", "P21", 18_800),
)  # fmt: skip
CUSTOMERS = (
    Customer("K-HEMA", "Warenhuis De Brink", "Deventer", "NL", 1_980_000, 21),
    Customer("K-TUIN", "Tuincentrum Salland", "Raalte", "NL", 1_240_000, 28),
    Customer("K-HOTEL", "Hotel Het Gouden Anker", "Zutphen", "NL", 610_000, 14),
    Customer("K-MUS", "Museumwinkel IJssel", "Kampen", "NL", 285_000, 33),
    Customer("K-LATE", "Woonwinkel Kastanje", "Almelo", "NL", 435_000, 75),
    Customer("K-GENT", "Huis & Haard", "Gent", "BE", 890_000, 30, vat_number="BE0403170701"),
    Customer("K-KOLN", "Wohnkultur am Dom", "Köln", "DE", 1_050_000, 25, vat_number="DE129273398"),
    Customer("K-ERIE", "Lakeside Interiors", "Erie", "US", 760_000, 40, currency="USD"),
    Customer("K-VRIES", "Familie de Vries", "Deventer", "NL", 12_500, 7, kind="person"),
)  # fmt: skip
BUYER = "De Linde Handel BV"
"""The company itself."""
ORDERED = "L-KLEI"
"""Whom orders are written to."""
BANKS = {"NL": "RABO", "BE": "539", "DE": "10000000"}
CREDITOR = "NL79ZZZ999999990000"


def iban_of(country: str, code: str) -> str:
    """An account number with right check digits that a code always gives."""
    number = str(sum(ord(letter) * 31**place for place, letter in enumerate(code)) % 9_000_000)
    return str(IBAN.generate(country, bank_code=BANKS[country], account_code=number))


def know_them(office: Office, first: Month) -> None:
    """Enter suppliers and customers, with accounts that a second person verified, and mandates."""
    bookkeeper = office.bookkeeper
    create_suppliers(
        bookkeeper,
        suppliers=[
            SupplierDraft(
                code=each.code, name=each.name, city=each.city, country=each.country,
                vat_number=each.vat_number, payment_days=each.days, account=each.account,
                tax=each.tax,
            )
            for each in SUPPLIERS
        ],
    )  # fmt: skip
    create_customers(
        office.seller,
        customers=[
            CustomerDraft(
                code=each.code, name=each.name, city=each.city, country=each.country,
                vat_number=each.vat_number, kind=each.kind,  # type: ignore[arg-type]
            )
            for each in CUSTOMERS
        ],
    )  # fmt: skip
    accounts = [
        PartyAccountDraft(party=each.code, iban=each.iban, why="Contract")
        for each in (*SUPPLIERS, *CUSTOMERS)
        if each.iban
    ]
    propose_party_accounts(bookkeeper, accounts=accounts)
    verify_party_accounts(office.controller, ibans=[each.iban for each in accounts])
    set_creditor_identifier(bookkeeper, identifier=CREDITOR, valid_from=first.first)
    add_mandates(bookkeeper, mandates=[MandateDraft(party="K-HOTEL", signed_on=first.first)])
