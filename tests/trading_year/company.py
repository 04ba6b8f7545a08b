"""The company of the story: its people, its relations, and how two of them do what takes two."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from kantoor.departments.finance.actions.banking.accounts import add_bank_account
from kantoor.departments.finance.actions.banking.rules import keep_bank_rules
from kantoor.departments.finance.actions.entries import post_entries
from kantoor.departments.finance.actions.payables.suppliers import create_suppliers
from kantoor.departments.finance.actions.paying.party_accounts import (
    propose_party_account,
    verify_party_account,
)
from kantoor.departments.finance.drafts import EntryDraft, LineDraft
from kantoor.departments.finance.drafts_banking import BankRuleDraft
from kantoor.departments.finance.drafts_purchases import SupplierDraft
from kantoor.departments.sales.actions.articles import ArticleDraft, create_articles
from kantoor.departments.sales.actions.customers import CustomerDraft, create_customers
from kantoor.kernel.actions.runner import NeedsSecondPair
from kantoor.kernel.actors.approvals import approve_request
from tests.founded import House, found
from tests.trading_year import accounts as a
from tests.trading_year.clock import Clock
from tests.trading_year.paper import Amounts, Paper

OWN = "NL91ABNA0417164300"
IBANS = {
    "GAZELLE": "NL20INGB0001234567",
    "POLIS": "NL39RABO0300065264",
    "PAND": "NL86INGB0002445588",
    "KETTLER": "DE89370400440532013000",
    "PERS": "BE68539007547034",
    "LASWERK": "NL02ABNA0123456789",
}
SUPPLIERS = (
    SupplierDraft(
        code="GAZELLE", name="Gazelle Groothandel BV", country="NL", vat_number="NL123456789B01",
        account=a.GOODS, tax="P21",
    ),
    SupplierDraft(code="POLIS", name="Polis NV", country="NL", account=a.INSURANCE, tax="PE"),
    SupplierDraft(code="PAND", name="Pand en Zoon", country="NL", account=a.RENT, tax="P21"),
    SupplierDraft(
        code="KETTLER", name="Kettler GmbH", country="DE", vat_number="DE136695976",
        account=a.GOODS, tax="PK21",
    ),
    SupplierDraft(code="PERS", name="Persen NV", country="NL", account=a.PRESS, tax="P21"),
    SupplierDraft(
        code="LASWERK", name="Laswerk VOF", country="NL", account=a.SUBCONTRACTED, tax="PR21"
    ),
)  # fmt: skip
CUSTOMERS = (
    CustomerDraft(code="RIJWIEL", name="Rijwielhuis Jansen", country="NL"),
    CustomerDraft(code="FIETSPLUS", name="Fietsplus BV", country="NL"),
    CustomerDraft(code="WEB", name="Klanten van de webwinkel", country="NL"),
    CustomerDraft(code="FAILLIET", name="Snel Failliet BV", country="NL"),
    CustomerDraft(code="RADHAUS", name="Radhaus GmbH", country="DE", vat_number="DE811907980"),
    CustomerDraft(code="BIKES", name="Bikes Inc", country="US"),
)
ARTICLES = (
    ArticleDraft(code="FIETS", name="Stadsfiets", unit_price=Decimal("450.00")),
    ArticleDraft(code="HELM", name="Helm", unit_price=Decimal("49.95")),
)
RULES = (
    ("Loon", "Salaris", a.NET_WAGES),
    ("Loonheffing", "Loonheffing", a.WAGE_TAX),
    ("Omzetbelasting", "Omzetbelasting", a.VAT_OWED),
    ("Bankkosten", "Kosten betalingsverkeer", a.BANK_COSTS),
)
"""By name: what a line of the bank says, and where such a line belongs."""


class Company:
    """Anne keeps the company; Bo and Cas are bookkeepers, who do together what takes two; Dirk sells."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.clock = Clock(patch, "2024-01-01")
        self.house: House = found("De Vries Rijwielen BV")
        self.anne = self.house.administrator
        self.bo = self.house.person("bo", "bookkeeper")
        self.cas = self.house.person("cas", "bookkeeper")
        self.dirk = self.house.person("dirk", "sales_desk")
        self.paper = Paper()
        self.payment_files: list[bytes] = []

    def settle_in(self) -> None:
        """Customers, suppliers with accounts that two people saw, articles, the bank."""
        create_customers(self.anne, customers=CUSTOMERS)
        create_articles(self.anne, articles=ARTICLES)
        create_suppliers(self.bo, suppliers=SUPPLIERS)
        for code, iban in IBANS.items():
            propose_party_account(self.bo, party=code, iban=iban, why="contract")
            verify_party_account(self.cas, iban=iban, why="called them")
        add_bank_account(self.anne, name="Betaalrekening", iban=OWN)
        rules = [
            BankRuleDraft(name=name, contains=contains, account=account, automatic=True)
            for name, contains, account in RULES
        ]
        keep_bank_rules(self.anne, rules=rules)

    def post(self, on: str, text: str, amounts: Amounts, **more: str) -> str:
        """Post an entry by hand, and write the same on paper; gives its number."""
        lines = [LineDraft(account=code, amount=amount) for code, amount in amounts.items()]
        self.paper.write(on, amounts)
        day = date.fromisoformat(on)
        entry = EntryDraft(date=day, lines=lines, text=text, **more)
        return post_entries(self.bo, entries=[entry]).first

    def together(self, act: Callable[[], object]) -> object:
        """Bo does what takes two, and Cas approves it; gives what came of it."""
        with pytest.raises(NeedsSecondPair) as waiting:
            act()
        return approve_request(self.cas, approval_id=waiting.value.approval_id)
