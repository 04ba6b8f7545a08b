"""Read the Dutch XML Auditfile Financieel (3.0 to 4.0): streamed, in bounds, with no entities.

What the file states of itself (numbers of lines, totals) is compared with what is in it.
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
    texts,
)
from kantoor.departments.finance.formats.audit.xaf_codes import JOURNAL_KINDS

NAMESPACE = re.compile(
    r"https?://[^\"'>]*(?:auditfiles\.nl/XAF/|[Xx]ml[Aa]uditfile(?:Financieel|XAF_))[^\"'>]*"
)


def read_xaf(content: bytes) -> Administration:
    """The audit file as an administration; what is wrong stands among its troubles."""
    return administration("xaf", _Reader, content)


class _Reader(AuditReader):
    root = "auditfile"
    namespace = NAMESPACE
    stranger = _("This is no XML Auditfile Financieel.")

    def __init__(self, found: Administration) -> None:
        super().__init__(found)
        self.start: datetime.date | None = None
        self.journal = ""
        self.journal_type = ""
        self.stated: dict[str, dict[str, str]] = {}
        self.counted: dict[str, tuple[int, Decimal, Decimal]] = {
            "openingBalance": (0, Decimal(0), Decimal(0)),
            "transactions": (0, Decimal(0), Decimal(0)),
        }
        self.opening: list[SourceLine] = []
        self.opening_numbers: dict[str, str] = {}
        self.whole: list[SourceEntry] = []

    def ready(self) -> Iterator[SourceEntry]:
        """The entry that has just ended, if one has."""
        yield from self.whole
        self.whole.clear()

    def ended(self, name: str, parent: str, element: Element, line: int) -> bool:
        """Take what an element says."""
        if name == "transaction" and parent == "journal":
            self.whole.append(self._transaction(element, line))
        elif name == "openingBalance":
            if self.opening:
                self.whole.append(self._opening(line))
        elif parent == "header":
            self._header(name, element)
        elif parent == "journal":
            self._journal(name, element)
        elif name in ("ledgerAccount", "customerSupplier", "obLine", "obSbLine"):
            self._master(name, element, line)
        elif parent in self.counted and name in ("linesCount", "totalDebit", "totalCredit"):
            self.stated.setdefault(parent, {})[name] = (element.text or "").strip()
        else:
            return name in ("vatCode", "period", "sbLine", "journal")
        return True

    # --- the parts

    def _header(self, name: str, element: Element) -> None:
        text = (element.text or "").strip()
        if name == "startDate":
            self.start = self.day(text, element.sourceline or 0)
        elif name == "curCode":
            self.found.currency = text

    def _journal(self, name: str, element: Element) -> None:
        text = (element.text or "").strip()
        if name == "jrnID":
            self.journal, self.journal_type = text, ""
            self.found.journals.setdefault(text, "")
        elif name == "jrnTp":
            self.journal_type = text
            self.found.journals[self.journal] = JOURNAL_KINDS.get(text, "general")

    def _master(self, name: str, element: Element, line: int) -> None:
        said = texts(element)
        if name == "obLine":
            made = self._line(said, line, "openingBalance")
            self.opening.append(made)
            self.opening_numbers[said.get("nr", "")] = made.account
        elif not self.first:
            return
        elif name == "ledgerAccount":
            code = said.get("accID", "")
            rgs = said.get("RGScode") or said.get("leadReference") or said.get("leadCode") or ""
            self.found.accounts[code] = SourceAccount(
                code, said.get("accDesc", ""), said.get("accTp", ""), rgs
            )
        elif name == "customerSupplier":
            self._party(said, element)
        else:
            self._item(said, line)

    def _party(self, said: dict[str, str], element: Element) -> None:
        code = said.get("custSupID", "")
        address: dict[str, str] = {}
        for child in element:
            if str(child.tag).rpartition("}")[2] == "streetAddress":
                address = address or texts(child)
        street = " ".join(
            part
            for name in ("streetname", "number", "numberExtension")
            if (part := address.get(name))
        )
        kind = said.get("custSupTp", "")
        self.found.parties[code] = SourceParty(
            code, said.get("custSupName", ""), kind if kind in "BCS" else "",
            said.get("eMail", ""), street, address.get("postalCode", ""), address.get("city", ""),
            said.get("taxRegistrationCountry", "") or address.get("country", ""),
            said.get("taxRegIdent", ""), said.get("commerceNr", ""),
        )  # fmt: skip

    def _item(self, said: dict[str, str], line: int) -> None:
        party = said.get("custSupID", "")
        amount = self._amount(said, line)
        on = self.day(said["invDt"], line) if "invDt" in said else self.start
        due = self.day(said["invDueDt"], line) if "invDueDt" in said else on
        if not party or not amount or on is None or due is None:
            return
        account = self.opening_numbers.get(said.get("obLineNr", ""), "")
        reference = said.get("invRef") or said.get("docRef") or ""
        self.found.items.append(
            SourceItem(party, reference, amount, on, due, line, account, self.found.currency)
        )

    def _opening(self, line: int) -> SourceEntry:
        text = str(_("Opening balance"))
        on = self.start or datetime.date(1900, 1, 1)
        return SourceEntry(on, text, line, self.opening, opening=True)

    def _transaction(self, element: Element, line: int) -> SourceEntry:
        said = texts(element)
        lines: list[SourceLine] = []
        reference = ""
        for child in element:
            if str(child.tag).rpartition("}")[2] == "trLine":
                if len(lines) >= MOST_LINES:
                    raise NotRead(_("An entry has more lines than it can have."), line)
                cells = texts(child)
                reference = reference or cells.get("docRef", "")
                lines.append(self._trline(cells, child))
        number = said.get("nr", "")
        period = said.get("periodNumber", "")
        on = self.day(said.get("trDt", ""), line) or self.start or datetime.date(1900, 1, 1)
        opening = self.journal_type == "O" or period in ("0", "00", "000")
        return SourceEntry(
            on, said.get("desc", ""), line, lines, self.journal, reference or number, opening
        )

    def _trline(self, cells: dict[str, str], child: Element) -> SourceLine:
        line = child.sourceline or 0
        made = self._line(cells, line, "transactions")
        dims = {
            code: cells[name]
            for name, code in (("cost", "cost_centre"), ("costID", "cost_centre"),
                               ("project", "project"), ("projID", "project"))
            if cells.get(name)
        }  # fmt: skip
        currency = {}
        for part in child:
            if str(part.tag).rpartition("}")[2] == "currency":
                currency = texts(part)
        if currency.get("curCode") and currency["curCode"] != self.found.currency:
            said = self.decimal(currency.get("curAmnt", ""), line)
            if said and currency["curCode"] != "ZZZ":
                quantity = said.copy_sign(made.quantity)
                made = made._replace(
                    quantity=quantity, commodity=currency["curCode"],
                    cost=made.quantity, cost_commodity=self.found.currency,
                )  # fmt: skip
        return made._replace(
            party=cells.get("custSupID", ""), text=cells.get("desc", ""), dimensions=dims
        )

    def _line(self, cells: dict[str, str], line: int, part: str) -> SourceLine:
        amount = self._amount(cells, line)
        count, debit, credit = self.counted[part]
        if amount > 0:
            debit += amount
        else:
            credit -= amount
        self.counted[part] = count + 1, debit, credit
        return SourceLine(cells.get("accID", ""), amount, self.found.currency, line=line)

    def _amount(self, cells: dict[str, str], line: int) -> Decimal:
        amount = self.decimal(cells.get("amnt", ""), line)
        return -amount if cells.get("amntTp") == "C" else amount

    def check_totals(self) -> None:
        """Compare what the file states of itself with what is in it."""
        words = {
            "openingBalance": _("The opening balance"),
            "transactions": _("The part with the entries"),
        }
        for part, (count, debit, credit) in self.counted.items():
            stated = self.stated.get(part, {})
            for name, has in (
                ("linesCount", count),
                ("totalDebit", debit),
                ("totalCredit", credit),
            ):
                self.compare(words[part], name, stated.get(name), has)
