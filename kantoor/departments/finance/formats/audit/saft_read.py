"""Read SAF-T Financial (Norway's 1.0 to 1.30): accounts, parties, opening balances and entries.

Balances at the start stand at accounts and parties: those of accounts become one opening entry,
those of customers and suppliers open items. What the file states of itself (numbers of entries,
totals, closing balances) is compared with what is in it.
"""

import datetime
import re
from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.formats.administration import (
    Administration,
    SourceAccount,
    SourceEntry,
    SourceItem,
    SourceLine,
    SourceParty,
)
from kantoor.departments.finance.formats.audit.bounded import (
    MOST_LINES,
    AuditReader,
    Element,
    NotRead,
    administration,
    children,
    texts,
)
from kantoor.departments.finance.formats.audit.saft_codes import (
    CATEGORY,
    dimension_of,
    journal_kind,
)

NAMESPACE = re.compile(r"urn:StandardAuditFile-Taxation-Financial:[A-Za-z]{2}")
_NO_DAY = datetime.date(1900, 1, 1)
_CLASSES = (
    ("1", "asset"), ("20", "equity"), ("2", "liability"), ("3", "income"), ("4", "expense"),
    ("5", "expense"), ("6", "expense"), ("7", "expense"), ("8", "P"),
)  # fmt: skip
"""Kinds of account by how a Norwegian number begins (NS 4102); 8 has both sides."""


def read_saft(content: bytes) -> Administration:
    """The audit file as an administration; what is wrong stands among its troubles."""
    return administration("saft", _Reader, content)


class _Reader(AuditReader):
    root = "auditfile"
    namespace = NAMESPACE
    stranger = _("This is no SAF-T Financial file.")

    def __init__(self, found: Administration) -> None:
        super().__init__(found)
        self.start = _NO_DAY
        self.country = ""
        self.journal = ""
        self.dimensions: dict[str, str] = {}
        self.supplier_codes: dict[str, str] = {}
        self.opening: list[SourceLine] = []
        self.stated: dict[str, str] = {}
        self.closing: dict[str, tuple[Decimal, int]] = {}
        self.sums: dict[str, Decimal] = {}
        self.count = 0
        self.debit = self.credit = Decimal(0)
        self.whole: list[SourceEntry] = []

    def ready(self) -> Iterator[SourceEntry]:
        """The entry that has just ended, if one has."""
        yield from self.whole
        self.whole.clear()

    def ended(self, name: str, parent: str, element: Element, line: int) -> bool:
        """Take what an element says."""
        if name == "Transaction" and parent == "Journal":
            self.whole.append(self._transaction(element, line))
        elif name == "GeneralLedgerAccounts":
            if self.opening:
                words = str(_("Opening balance"))
                self.whole.append(SourceEntry(self.start, words, line, self.opening, opening=True))
        elif parent == "Header":
            self._header(name, element)
        elif parent == "Journal":
            self._journal(name, element)
        elif parent == "GeneralLedgerEntries":
            self.stated[name] = (element.text or "").strip()
        elif name == "Account" and parent == "GeneralLedgerAccounts":
            self._account(texts(element), line)
        elif (name, parent) in (("Customer", "Customers"), ("Supplier", "Suppliers")):
            self._party(name, element, line)
        elif name == "AnalysisTypeTableEntry":
            said = texts(element)
            type = said.get("AnalysisType", "")
            self.dimensions[type] = dimension_of(type, said.get("AnalysisTypeDescription", ""))
        else:
            return name in ("TaxTableEntry", "Owner", "Product", "Asset", "Taxonomy")
        return True

    # --- the parts

    def _header(self, name: str, element: Element) -> None:
        text = (element.text or "").strip()
        if name == "DefaultCurrencyCode":
            self.found.currency = text
        elif name == "AuditFileCountry":
            self.country = text
        elif name == "SelectionCriteria":
            said = texts(element)
            line = element.sourceline or 0
            year, month = said.get("PeriodStartYear", ""), said.get("PeriodStart", "")
            if "SelectionStartDate" in said:
                self.start = self.day(said["SelectionStartDate"], line) or self.start
            elif re.fullmatch("[0-9]{4}", year):
                # Periods are months where they can be.
                first = month.zfill(2) if re.fullmatch("0?[1-9]|1[0-2]", month) else "01"
                self.start = self.day(f"{year}-{first}-01", line) or self.start

    def _journal(self, name: str, element: Element) -> None:
        text = (element.text or "").strip()
        if name == "JournalID":
            self.journal = text
            self.found.journals.setdefault(text, "general")
        elif name == "Type":
            self.found.journals[self.journal] = journal_kind(text)

    def _account(self, said: dict[str, str], line: int) -> None:
        code = said.get("AccountID", "")
        category, grouping = said.get("GroupingCategory", ""), said.get("GroupingCode", "")
        kind, rgs = "", ""
        if category.startswith("RGS"):
            rgs = grouping
        elif category.startswith(CATEGORY):
            kind = category.removeprefix(CATEGORY)
        elif self.country == "NO":
            number = said.get("StandardAccountID") or code
            kind = next((what for begin, what in _CLASSES if number.startswith(begin)), "")
        name = said.get("AccountDescription", "")
        self.found.accounts[code] = SourceAccount(code, name, kind, rgs)
        opening = self._balance(said, "Opening", line)
        if opening:
            self.opening.append(SourceLine(code, opening, self.found.currency, line=line))
        self.sums[code] = opening
        if "ClosingDebitBalance" in said or "ClosingCreditBalance" in said:
            self.closing[code] = self._balance(said, "Closing", line), line

    def _party(self, what: str, element: Element, line: int) -> None:
        said = texts(element)
        code = said.get(f"{what}ID", "")
        name = said.get("Name", "")
        kind = what[0]
        before = self.found.parties.get(code)
        if what == "Supplier":
            # Numbers of customers and of suppliers are apart: the same one may be another's.
            if before is not None and before.name != name:
                code = f"{code}-S"
                before = self.found.parties.get(code)
            self.supplier_codes[said.get("SupplierID", "")] = code
        if before is not None and before.kind != kind:
            kind = "B"
        address = texts(next(children(element, "Address"), ()))
        street = " ".join(filter(None, (address.get("StreetName"), address.get("Number"))))
        contact = texts(next(children(element, "Contact"), ()))
        tax = texts(next(children(element, "TaxRegistration"), ()))
        self.found.parties[code] = SourceParty(
            code, name, kind, contact.get("Email", ""), street, address.get("PostalCode", ""),
            address.get("City", ""), address.get("Country", ""),
            tax.get("TaxRegistrationNumber", ""), said.get("RegistrationNumber", ""),
        )  # fmt: skip
        balances = [texts(each) for each in children(element, "BalanceAccount")] or [said]
        for each in balances:
            amount = self._balance(each, "Opening", line)
            if amount and self.first:
                self.found.items.append(
                    SourceItem(
                        code, "", amount, self.start, self.start, line, each.get("AccountID", ""),
                        self.found.currency,
                    )
                )  # fmt: skip

    def _transaction(self, element: Element, line: int) -> SourceEntry:
        said = texts(element)
        self.count += 1
        lines: list[SourceLine] = []
        reference = ""
        for child in children(element, "Line"):
            if len(lines) >= MOST_LINES:
                raise NotRead(_("An entry has more lines than it can have."), line)
            cells = texts(child)
            reference = reference or cells.get("SourceDocumentID", "")
            lines.append(self._line(cells, child))
        on = self.day(said.get("TransactionDate", ""), line) or self.start
        return SourceEntry(
            on, said.get("Description", ""), line, lines, self.journal,
            reference or said.get("TransactionID", ""),
        )  # fmt: skip

    def _line(self, cells: dict[str, str], element: Element) -> SourceLine:
        line = element.sourceline or 0
        code = cells.get("AccountID", "")
        total, foreign, currency = Decimal(0), Decimal(0), ""
        for name, sign in (("DebitAmount", 1), ("CreditAmount", -1)):
            for each in children(element, name):
                said = texts(each)
                amount = sign * self.decimal(said.get("Amount", ""), line)
                total += amount
                if said.get("CurrencyCode", self.found.currency) != self.found.currency:
                    currency = said["CurrencyCode"]
                    foreign += sign * self.decimal(said.get("CurrencyAmount", ""), line)
                if sign > 0:
                    self.debit += amount
                else:
                    self.credit -= amount
        self.sums[code] = self.sums.get(code, Decimal(0)) + total
        supplier = cells.get("SupplierID", "")
        dimensions = {
            self.dimensions.get(type) or dimension_of(type, ""): said["AnalysisID"]
            for said in map(texts, children(element, "Analysis"))
            if (type := said.get("AnalysisType", "")) and said.get("AnalysisID")
        }
        made = SourceLine(
            code, total, self.found.currency,
            party=cells.get("CustomerID") or self.supplier_codes.get(supplier, supplier),
            text=cells.get("Description", ""), line=line, dimensions=dimensions,
        )  # fmt: skip
        if currency and foreign:
            made = made._replace(
                quantity=foreign, commodity=currency, cost=total,
                cost_commodity=self.found.currency,
            )  # fmt: skip
        return made

    def _balance(self, said: dict[str, str], when: str, line: int) -> Decimal:
        """A balance at the opening or closing, debit positive."""
        debit, credit = said.get(f"{when}DebitBalance"), said.get(f"{when}CreditBalance")
        total = self.decimal(debit, line) if debit else Decimal(0)
        return total - self.decimal(credit, line) if credit else total

    def check_totals(self) -> None:
        """Compare what the file states of itself with what is in it."""
        part = _("The part with the entries")
        for name, has in (
            ("NumberOfEntries", self.count),
            ("TotalDebit", self.debit),
            ("TotalCredit", self.credit),
        ):
            self.compare(part, name, self.stated.get(name), has)
        for code, (said, line) in self.closing.items():
            if said != self.sums[code]:
                message = _("{account} closes at {said}, but what is in the file makes {has}.")
                words = message.format(account=code[:40], said=said, has=self.sums[code])
                self.found.trouble("closing", words, line, grave=False)
