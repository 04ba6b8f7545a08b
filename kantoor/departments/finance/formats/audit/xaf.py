"""Write the Dutch XML Auditfile Financieel, versions 4.0, 3.2.1 and 3.2, piece by piece.

Elements, order and lengths are those of the schemas (XmlAuditfileFinancieel4.0.xsd and so on).
The opening balance stands in its element and never as a transaction, as 4.0 asks.
"""

from collections.abc import Iterator, Sequence

from lxml import etree

from kantoor.departments.finance.formats.audit.streaming import Fields, XmlPieces
from kantoor.departments.finance.formats.audit.values import (
    Account,
    AuditFile,
    Company,
    Header,
    Item,
    Journal,
    Line,
    Party,
    Subledger,
    Totals,
    Transaction,
)
from kantoor.departments.finance.formats.audit.words import amount, key, percentage, plain
from kantoor.departments.finance.formats.audit.xaf_codes import (
    JOURNAL_TYPES,
    Version,
    country,
    currency,
)


def write_xaf(file: AuditFile, version: Version) -> Iterator[bytes]:
    """The auditfile as pieces of UTF-8; memory does not grow with the number of lines."""
    return _Writing(file, version).pieces()


class _Writing(XmlPieces):
    def __init__(self, file: AuditFile, version: Version) -> None:
        super().__init__("auditfile", version.namespace)
        self.file = file
        self.version = version
        self.four = version.name == "4.0"
        self.places = file.header.places

    def body(self) -> Iterator[None]:
        file = self.file
        self.put("header", _header(file.header, self.version))
        with self.inside("company"):
            self.fields(_company(file.company, self.four))
            for step in (self._parties, self._master, self._opening, self._transactions):
                yield from step()

    # --- the small tools

    def fields(self, fields: Fields) -> None:
        for name, text in fields:
            if text or name == "taxRegIdent":
                element = etree.Element(name)
                element.text = text
                self.xml.write(element)

    def totals(self, totals: Totals) -> None:
        self.fields(
            (
                ("linesCount", str(totals.lines)),
                ("totalDebit", self.money(totals.debit)),
                ("totalCredit", self.money(totals.credit)),
            )
        )

    def money(self, minor: int) -> str:
        return amount(minor, self.places)

    def sided(self, name: str, side: str, minor: int) -> list[tuple[str, str]]:
        """An amount without sign and its side."""
        return [(name, self.money(minor)), (side, "C" if minor < 0 else "D")]

    # --- what does not change

    def _parties(self) -> Iterator[None]:
        with self.inside("customersSuppliers"):
            for party in self.file.parties:
                self.xml.write(self._party(party))
                yield

    def _party(self, party: Party) -> "etree._Element":
        kind = party.kind or ("" if self.four else "O")
        element = self.made(
            "customerSupplier",
            [
                ("custSupID", key(party.code)),
                ("custSupName", plain(party.name, 50)),
                ("eMail", plain(party.email)),
                ("commerceNr", plain(party.registration, 100)),
                ("taxRegistrationCountry", country(party.country)),
                ("taxRegIdent", plain(party.vat_number, 30)),
                ("custSupTp", kind),
                *(
                    [
                        *self.sided("opBalDesc", "opBalTp", party.opening),
                        *self.sided("clBalDesc", "clBalTp", party.closing),
                    ]
                    if self.four
                    else []
                ),
            ],
        )
        address = [
            ("streetname", plain(party.street, 100)),
            ("city", plain(party.city, 50)),
            ("postalCode", plain(party.postcode, 10)),
            ("country", country(party.country)),
        ]
        if any(text for _name, text in address):
            element.append(self.made("streetAddress", address))
        for bank in () if self.four else party.banks:
            fields = [("bankAccNr", key(bank.number)), ("bankIdCd", key(bank.bic))]
            element.append(self.made("bankAccount", fields))
        return element

    def _master(self) -> Iterator[None]:
        with self.inside("generalLedger"):
            for fields in _accounts(self.file.accounts, self.four):
                self.put("ledgerAccount", fields)
                yield
        with self.inside("vatCodes"):
            for code in self.file.tax_codes:
                self.put(
                    "vatCode",
                    [
                        ("vatID", key(code.code)),
                        ("vatDesc", plain(code.name, 100) or code.code),
                        ("vatToPayAccID", key(code.to_pay)),
                        ("vatToClaimAccID", key(code.to_claim)),
                    ],
                )
                yield
        with self.inside("periods"):
            for period in self.file.periods:
                self.put(
                    "period",
                    [
                        ("periodNumber", str(period.number)),
                        ("startDatePeriod", period.start.isoformat()),
                        ("endDatePeriod", period.end.isoformat()),
                    ],
                )
                yield

    # --- the opening balance

    def _opening(self) -> Iterator[None]:
        lines = self.file.opening
        if not lines and self.version.name == "3.2.1":
            return  # Its linesCount is never nought.
        with self.inside("openingBalance"):
            if not self.four:
                self.fields([("opBalDate", self.file.header.start.isoformat())])
            debit = sum(minor for _code, minor in lines if minor > 0)
            credit = -sum(minor for _code, minor in lines if minor < 0)
            self.totals(Totals(len(lines), debit, credit))
            for number, (code, minor) in enumerate(lines, 1):
                fields = [("nr", str(number)), ("accID", key(code))]
                self.put("obLine", [*fields, *self.sided("amnt", "amntTp", minor)])
                yield
            if not self.four and self.file.opening_items:
                yield from self._opening_items()

    def _opening_items(self) -> Iterator[None]:
        numbers = {code: str(n) for n, (code, _minor) in enumerate(self.file.opening, 1)}
        with self.inside("obSubledgers"):
            for ledger in self.file.opening_items:
                with self.inside("obSubledger"):
                    self._subledger_head(ledger)
                    for number, item in enumerate(ledger.items, 1):
                        self.put(
                            "obSbLine",
                            [
                                ("nr", str(number)),
                                ("obLineNr", numbers.get(item.account, "0")),
                                *self._item(item, ledger.kind),
                            ],
                        )
                        yield

    def _subledger_head(self, ledger: Subledger) -> None:
        self.fields([("sbType", ledger.kind), ("sbDesc", plain(ledger.name))])
        self.totals(ledger.totals)

    def _item(self, item: Item, kind: str) -> Fields:
        return [
            ("desc", plain(item.text)),
            *self.sided("amnt", "amntTp", item.amount),
            ("docRef", plain(item.reference, 999)),
            ("custSupID", key(item.party)),
            ("invRef", plain(item.reference, 999)),
            ("invPurSalTp", "S" if kind == "CU" else "P"),
            ("invTp", "D" if item.amount > 0 else "C"),
            ("invDt", item.date.isoformat()),
            ("invDueDt", item.due_on.isoformat()),
        ]

    # --- transactions

    def _transactions(self) -> Iterator[None]:
        totals = self.file.totals
        if not totals.lines and self.version.name == "3.2.1":
            return
        with self.inside("transactions"):
            self.totals(totals)
            for journal in self.file.journals:
                with self.inside("journal"):
                    self.fields(_journal(journal, self.four))
                    for transaction in journal.transactions:
                        self.xml.write(self._transaction(transaction))
                        yield
            if not self.four and self.file.items:
                yield from self._items()

    def _items(self) -> Iterator[None]:
        with self.inside("subledgers"):
            for ledger in self.file.items:
                with self.inside("subledger"):
                    self._subledger_head(ledger)
                    for number, item in enumerate(ledger.items, 1):
                        self.put(
                            "sbLine",
                            [
                                ("nr", str(number)),
                                ("jrnID", key(item.journal)),
                                ("trNr", key(item.transaction)),
                                ("trLineNr", str(item.line)),
                                *self._item(item, ledger.kind),
                            ],
                        )
                        yield

    def _transaction(self, entry: Transaction) -> "etree._Element":
        made = self.made(
            "transaction",
            [
                ("nr", key(entry.number)),
                ("desc", plain(entry.text)),
                ("periodNumber", str(entry.period)),
                ("trDt", entry.date.isoformat()),
            ],
        )
        reference = plain(entry.reference, 255) or key(entry.number)
        day = entry.date.isoformat()
        for number, line in enumerate(entry.lines, 1):
            made.append(self._line(number, line, reference, day))
        return made

    def _line(self, number: int, line: Line, reference: str, day: str) -> "etree._Element":
        cost, project = ("cost", "project") if self.four else ("costID", "projID")
        element = self.made(
            "trLine",
            [
                ("nr", str(number)),
                ("accID", key(line.account)),
                ("docRef", reference),
                ("effDate", day),
                ("desc", plain(line.text)),
                *self.sided("amnt", "amntTp", line.amount),
                ("custSupID", key(line.party)),
                ("invRef", plain(line.invoice, 255)),
                (cost, key(line.dimensions.get("cost_centre", ""))),
                (project, key(line.dimensions.get("project", ""))),
                ("bankAccNr", key(line.bank)),
            ],
        )
        for tax in line.taxes:
            fields = [("vatID", key(tax.code)), ("vatPerc", percentage(tax.rate))]
            element.append(
                self.made("vat", [*fields, *self.sided("vatAmnt", "vatAmntTp", tax.amount)])
            )
        if line.currency:
            code = currency(line.currency, self.version)
            if (said := _foreign(line)) is not None:
                element.append(self.made("currency", [("curCode", code), ("curAmnt", said)]))
        return element


def _foreign(line: Line) -> str | None:
    """A foreign amount without sign; one of a currency with three decimals has no room."""
    from kantoor.kernel.money import exponent

    places = exponent(line.currency)
    return amount(line.currency_amount, places) if places <= 2 else None


def _header(header: Header, version: Version) -> Fields:
    rgs = plain(header.rgs_version, 20) if version.name == "4.0" else ""
    return [
        ("fiscalYear", header.fiscal_year),
        ("startDate", header.start.isoformat()),
        ("endDate", header.end.isoformat()),
        ("curCode", currency(header.currency, version)),
        ("dateCreated", header.made_on.isoformat()),
        ("softwareDesc", plain(header.software, 50)),
        ("softwareVersion", plain(header.version, 20)),
        ("RGSVersion", rgs),
    ]


def _company(company: Company, four: bool) -> Fields:
    ident = "Commercenr" if four else "companyIdent"
    return [
        (ident, plain(company.registration, 35)),
        ("companyName", plain(company.name, 255)),
        ("taxRegistrationCountry", country(company.country) or "NL"),
        ("taxRegIdent", plain(company.vat_number, 30)),
    ]


def _accounts(accounts: Sequence[Account], four: bool) -> Iterator[Fields]:
    taken: set[str] = set()
    for account in accounts:
        rgs = account.rgs
        if four:
            # Rule 0003 of XAF 4.0: an RGS code is named once; the first account has it.
            rgs = "" if rgs in taken else rgs
            taken.add(rgs)
        yield [
            ("accID", key(account.code)),
            ("accDesc", plain(account.name, 255)),
            ("accTp", "B" if account.carried else "P"),
            ("RGScode" if four else "leadReference", plain(rgs, 255)),
        ]


def _journal(journal: Journal, four: bool) -> Fields:
    return [
        ("jrnID", key(journal.code)),
        ("desc", plain(journal.name)),
        ("jrnTp", JOURNAL_TYPES.get(journal.kind, "Z")),
        ("offsetAccID", key(journal.offset)),
        ("bankAccNr", "" if four else key(journal.bank)),
    ]
