"""Write SAF-T Financial, piece by piece: the OECD's Standard Audit File for Tax in Norway's schema.

Elements, order and lengths are those of Skatteetaten's schemas (Norwegian SAF-T Financial 1.30 and
1.10), the ones that a schema is published for here. Opening balances stand at their accounts and
parties, and are no transactions.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from lxml import etree

from kantoor.departments.finance.formats.audit.saft_codes import (
    CATEGORY,
    NAMESPACE,
    NO_STANDARD,
    TAX_NAME,
    TAX_TYPE,
    Analyses,
    journal_type,
)
from kantoor.departments.finance.formats.audit.streaming import XmlPieces
from kantoor.departments.finance.formats.audit.values import (
    Account,
    AuditFile,
    BankAccount,
    Company,
    Control,
    Line,
    Party,
    Tax,
    TaxCode,
    Transaction,
)
from kantoor.departments.finance.formats.audit.words import amount, key, percentage, plain
from kantoor.kernel.money import exponent

Node = tuple[str, "str | Sequence[Node] | None"]
"""An element with its text or its elements; None is left out, an empty text is not."""
SHORT, MIDDLE, LONG, LONGEST = 18, 35, 70, 256


class SaftVersion(NamedTuple):
    """A version of the schema."""

    name: str


VERSIONS = {name: SaftVersion(name) for name in ("1.30", "1.10")}


def write_saft(file: AuditFile, version: SaftVersion) -> Iterator[bytes]:
    """The audit file as pieces of UTF-8; memory does not grow with the number of lines."""
    return _Writing(file, version).pieces()


class _Writing(XmlPieces):
    def __init__(self, file: AuditFile, version: SaftVersion) -> None:
        super().__init__("AuditFile", NAMESPACE)
        self.file = file
        self.version = version
        self.newer = version.name == "1.30"
        self.places = file.header.places
        self.analyses = Analyses(file.values)
        self.customers: set[str] = set()
        self.suppliers: set[str] = set()

    def body(self) -> Iterator[None]:
        self.tree("Header", self._header())
        with self.inside("MasterFiles"):
            yield from self._accounts()
            yield from self._parties("Customers", "Customer", self.customers)
            yield from self._parties("Suppliers", "Supplier", self.suppliers)
            yield from self._tax_table()
            yield from self._analysis_types()
        yield from self._entries()

    # --- the small tools

    def tree(self, tag: str, nodes: Iterable[Node]) -> None:
        """Write an element with all that is in it."""
        self.xml.write(self.grown(tag, nodes))

    def say(self, *fields: tuple[str, str]) -> None:
        """Write elements with text where we are."""
        for name, text in fields:
            element = etree.Element(name)
            element.text = text
            self.xml.write(element)

    def grown(self, tag: str, nodes: Iterable[Node]) -> "etree._Element":
        made = etree.Element(tag)
        self._grow(made, nodes)
        return made

    def _grow(self, parent: "etree._Element", nodes: Iterable[Node]) -> None:
        for name, what in nodes:
            if what is None:
                continue
            child = etree.SubElement(parent, name)
            if isinstance(what, str):
                child.text = what
            else:
                self._grow(child, what)

    def money(self, minor: int) -> str:
        return amount(minor, self.places)

    def signed(self, minor: int) -> str:
        return f"-{self.money(minor)}" if minor < 0 else self.money(minor)

    def balances(self, opening: int, closing: int) -> list[Node]:
        return [
            (f"Opening{_side(opening)}Balance", self.money(opening)),
            (f"Closing{_side(closing)}Balance", self.money(closing)),
        ]

    # --- header and master files

    def _header(self) -> list[Node]:
        header, company = self.file.header, self.file.company
        contact: list[Node] = [
            (
                "ContactPerson",
                [
                    ("FirstName", "NotUsed"),
                    ("LastName", plain(company.contact, LONG) or plain(company.name, LONG)),
                ],
            ),
            ("Telephone", plain(company.phone, SHORT)),
            ("Email", plain(company.email, LONG) or None),
        ]
        about: list[Node] = [
            ("RegistrationNumber", plain(company.registration or company.vat_number, MIDDLE)),
            ("Name", plain(company.name, LONG)),
            ("Address", _address(company)),
            ("Contact", contact),
            *_tax_registration(company.vat_number),
            *(self._bank(each) for each in company.banks),
        ]
        return [
            ("AuditFileVersion", self.version.name),
            ("AuditFileCountry", company.country),
            ("AuditFileDateCreated", header.made_on.isoformat()),
            ("SoftwareCompanyName", plain(header.software, LONG)),
            ("SoftwareID", plain(header.software, LONGEST)),
            ("SoftwareVersion", plain(header.version, SHORT)),
            ("Company", about),
            ("DefaultCurrencyCode", header.currency),
            (
                "SelectionCriteria",
                [
                    ("SelectionStartDate", header.start.isoformat()),
                    ("SelectionEndDate", header.end.isoformat()),
                ],
            ),
            ("TaxAccountingBasis", "A"),
        ]

    def _bank(self, bank: BankAccount) -> Node:
        number = "IBANNumber" if bank.iban else "BankAccountNumber"
        return (
            "BankAccount",
            [
                (number, key(bank.number)),
                ("BIC", plain(bank.bic, SHORT) or None),
                ("CurrencyCode", bank.currency or None),
                ("GeneralLedgerAccountID", bank.account or None),
            ],
        )

    def _accounts(self) -> Iterator[None]:
        with self.inside("GeneralLedgerAccounts"):
            for account in self.file.accounts:
                self.tree("Account", self._account(account))
                yield

    def _account(self, account: Account) -> list[Node]:
        # Whoever reads it back knows the kind by it, where no RGS code says it.
        category = self.file.header.rgs_version if account.rgs else f"{CATEGORY}{account.kind}"
        return [
            ("AccountID", key(account.code)),
            ("AccountDescription", plain(account.name, LONGEST) or account.code),
            ("GroupingCategory", category),
            ("GroupingCode", plain(account.rgs or account.group, MIDDLE)),
            ("AccountType", "GL"),
            *self.balances(account.opening, account.closing),
        ]

    def _parties(self, around: str, tag: str, written: set[str]) -> Iterator[None]:
        chosen = (each for each in self.file.parties if _belongs(each, tag))
        if (first := next(chosen, None)) is None:
            return  # The schema takes no empty list.
        with self.inside(around):
            for party in chain([first], chosen):
                self.tree(tag, self._party(party, tag))
                written.add(party.code)
                yield

    def _party(self, party: Party, tag: str) -> list[Node]:
        role = "receivables" if tag == "Customer" else "payables"
        control = next((each for each in party.controls if each.role == role), None)
        return [
            ("RegistrationNumber", plain(party.registration, MIDDLE) or None),
            ("Name", plain(party.name, LONG) or party.code[:LONG]),
            ("Address", _address(party)),
            *_tax_registration(party.vat_number),
            *(self._bank(each) for each in party.banks),
            (f"{tag}ID", key(party.code)),
            *(self._balance(control) if control else ()),
        ]

    def _balance(self, control: Control) -> list[Node]:
        nodes: list[Node] = [
            ("AccountID", key(control.account)),
            *self.balances(control.opening, control.closing),
        ]
        return [("BalanceAccount", nodes)] if self.newer else nodes

    def _tax_table(self) -> Iterator[None]:
        if not self.file.tax_codes:
            return
        with self.inside("TaxTable"), self.inside("TaxTableEntry"):
            self.say(("TaxType", TAX_TYPE), ("Description", TAX_NAME))
            for code in self.file.tax_codes:
                self.tree("TaxCodeDetails", _tax_code(code))
                yield

    def _analysis_types(self) -> Iterator[None]:
        if not self.file.values:
            return
        with self.inside("AnalysisTypeTable"):
            for value in self.file.values:
                self.tree(
                    "AnalysisTypeTableEntry",
                    [
                        ("AnalysisType", self.analyses.type_of(value.dimension)),
                        ("AnalysisTypeDescription", plain(value.dimension_name, LONGEST)),
                        ("AnalysisID", key(value.code)),
                        ("AnalysisIDDescription", plain(value.name, LONGEST) or value.code),
                        ("Status", "Active" if value.active else "Passive"),
                    ],
                )
                yield

    # --- entries

    def _entries(self) -> Iterator[None]:
        totals = self.file.totals
        with self.inside("GeneralLedgerEntries"):
            self.say(
                ("NumberOfEntries", str(totals.entries)),
                ("TotalDebit", self.money(totals.debit)),
                ("TotalCredit", self.money(totals.credit)),
            )
            for journal in self.file.journals:
                with self.inside("Journal"):
                    self.say(
                        ("JournalID", plain(journal.code, SHORT)),
                        ("Description", plain(journal.name, LONGEST) or journal.code),
                        ("Type", journal_type(journal.kind)),
                    )
                    for entry in journal.transactions:
                        self.tree("Transaction", self._transaction(entry))
                        yield

    def _transaction(self, entry: Transaction) -> list[Node]:
        text = plain(entry.text, LONGEST) or key(entry.number)
        recorded = (entry.recorded or entry.date).isoformat()
        return [
            ("TransactionID", key(entry.number)),
            ("Period", str(entry.period)),
            ("PeriodYear", str(entry.date.year)),
            ("TransactionDate", entry.date.isoformat()),
            ("Description", text),
            ("SystemEntryDate", recorded),
            ("GLPostingDate", recorded),
            *(
                ("Line", self._line(number, line, entry, text))
                for number, line in enumerate(entry.lines, 1)
            ),
        ]

    def _line(self, number: int, line: Line, entry: Transaction, text: str) -> list[Node]:
        due = line.due_on.isoformat() if line.due_on else None
        return [
            ("RecordID", str(number)),
            ("AccountID", key(line.account)),
            *(
                (
                    "Analysis",
                    [("AnalysisType", self.analyses.type_of(code)), ("AnalysisID", key(value))],
                )
                for code, value in line.dimensions.items()
            ),
            ("SourceDocumentID", plain(entry.reference, MIDDLE) or None),
            *self._named(line),
            ("Description", plain(line.text, LONGEST) or text),
            (f"{_side(line.amount)}Amount", self._amount(line)),
            *(("TaxInformation", self._tax(tax, line)) for tax in line.taxes),
            ("ReferenceNumber", plain(line.invoice, MIDDLE) or None),
            ("DueDate", due),
        ]

    def _named(self, line: Line) -> list[Node]:
        if not line.party:
            return []
        supplier = line.role == "payables" or (
            line.role != "receivables" and line.party not in self.customers
        )
        return [("SupplierID" if supplier else "CustomerID", key(line.party))]

    def _amount(self, line: Line) -> list[Node]:
        nodes: list[Node] = [("Amount", self.money(line.amount))]
        # An amount of a currency with three decimals has no room.
        if line.currency and exponent(line.currency) <= 2:
            said = amount(line.currency_amount, exponent(line.currency))
            nodes += [("CurrencyCode", line.currency), ("CurrencyAmount", said)]
        return nodes

    def _tax(self, tax: Tax, line: Line) -> list[Node]:
        # Above nothing where the tax is on the side that is said: its own, in 1.10 the line's.
        side = _side(tax.amount or line.amount) if self.newer else _side(line.amount)
        sign = -1 if side == "Credit" else 1
        nodes: list[Node] = [
            ("TaxType", TAX_TYPE),
            ("TaxCode", key(tax.code)),
            ("TaxPercentage", percentage(tax.rate)),
            ("TaxBase", self.signed(sign * tax.base)),
        ]
        name = f"{side}TaxAmount" if self.newer else "TaxAmount"
        return [*nodes, (name, [("Amount", self.signed(sign * tax.amount))])]


def _side(minor: int) -> str:
    return "Credit" if minor < 0 else "Debit"


def _belongs(party: Party, tag: str) -> bool:
    """Whether a party is a customer or a supplier; one that is neither is put with customers."""
    roles = {each.role for each in party.controls}
    if tag == "Supplier":
        return party.kind in ("S", "B") or "payables" in roles
    return party.kind in ("C", "B") or "receivables" in roles or (
        not party.kind and "payables" not in roles
    )  # fmt: skip


def _address(whose: Company | Party) -> list[Node]:
    return [
        ("StreetName", plain(whose.street, LONG) or None),
        ("City", plain(whose.city, MIDDLE) or None),
        ("PostalCode", plain(whose.postcode, SHORT) or None),
        ("Country", whose.country or None),
        ("AddressType", "StreetAddress"),
    ]


def _tax_registration(number: str) -> list[Node]:
    said = plain(number, MIDDLE)
    return [("TaxRegistration", [("TaxRegistrationNumber", said)])] if said else []


def _tax_code(code: TaxCode) -> list[Node]:
    return [
        ("TaxCode", key(code.code)),
        ("EffectiveDate", code.since.isoformat() if code.since else None),
        ("ExpirationDate", code.until.isoformat() if code.until else None),
        ("Description", plain(code.name, LONGEST) or code.code),
        ("TaxPercentage", percentage(code.rate)),
        ("Country", code.country),
        ("StandardTaxCode", NO_STANDARD),
        ("BaseRate", percentage(code.deductible)),
    ]
