"""Read the Dutch XML Auditfile Financieel (3.0 to 4.0): streamed, in bounds, with no entities.

What the file states of itself (numbers of lines, totals) is compared with what is in it.
"""

import datetime
import io
import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext_lazy as _
from lxml import etree

from kantoor.departments.finance.formats.administration import (
    Administration,
    SourceAccount,
    SourceEntry,
    SourceItem,
    SourceLine,
    SourceParty,
)
from kantoor.departments.finance.formats.audit.xaf_codes import JOURNAL_KINDS

MOST_BYTES = 1024 * 1024 * 1024
MOST_LINES = 100_000
DEEPEST = 32
NAMESPACE = re.compile(
    r"https?://[^\"'>]*(?:auditfiles\.nl/XAF/|[Xx]ml[Aa]uditfile(?:Financieel|XAF_))[^\"'>]*"
)
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_CELL = {"accID", "docRef", "desc", "amnt", "amntTp", "custSupID", "invRef"}
Element = Any


class _Refused(Exception):
    def __init__(self, message: Any, line: int = 0) -> None:
        self.message = message
        self.line = line


def read_xaf(content: bytes) -> Administration:
    """The audit file as an administration; what is wrong stands among its troubles."""
    found = Administration("xaf")
    reader = _Reader(found)
    try:
        for _entry in reader.entries(content, first=True):
            pass
        reader.check_totals()
    except _Refused as refused:
        found.trouble("xml", refused.message, refused.line)
        found.entries = lambda: iter(())
        return found
    found.entries = lambda: _Reader(Administration("xaf")).entries(content, first=False)
    return found


class _Reader:
    def __init__(self, found: Administration) -> None:
        self.found = found
        self.start: datetime.date | None = None
        self.journal = ""
        self.journal_type = ""
        self.path: list[str] = []
        self.stated: dict[str, dict[str, str]] = {}
        self.counted: dict[str, tuple[int, Decimal, Decimal]] = {
            "openingBalance": (0, Decimal(0), Decimal(0)),
            "transactions": (0, Decimal(0), Decimal(0)),
        }
        self.opening: list[SourceLine] = []
        self.opening_numbers: dict[str, str] = {}
        self.first = True

    def entries(self, content: bytes, *, first: bool) -> Iterator[SourceEntry]:
        """The entries, the opening balance before them; with `first` all else is gathered too."""
        self.first = first
        if len(content) > MOST_BYTES:
            raise _Refused(_("The file is larger than an audit file can be here."))
        if _DOCTYPE.search(content, 0, 4096):
            raise _Refused(_("An audit file has no document type and no entities."))
        try:
            yield from self._events(content)
        except etree.XMLSyntaxError as error:
            line = error.lineno or 0
            message = _("The XML can't be read: {why}.").format(why=str(error.msg)[:120])
            raise _Refused(message, line) from None

    def _events(self, content: bytes) -> Iterator[SourceEntry]:
        events = etree.iterparse(
            io.BytesIO(content), events=("start", "end"), resolve_entities=False,
            no_network=True, load_dtd=False, huge_tree=False, remove_comments=True,
            remove_pis=True,
        )  # fmt: skip
        for event, element in events:
            if not isinstance(element.tag, str):
                raise _Refused(_("An audit file has no document type and no entities."))
            name = element.tag.rpartition("}")[2]
            if event == "start":
                if not self.path:
                    self._root(element, name)
                self.path.append(name)
                if len(self.path) > DEEPEST:
                    raise _Refused(_("The file is deeper than an audit file is."))
                continue
            self.path.pop()
            yield from self._ended(name, element)

    def _root(self, element: Element, name: str) -> None:
        if element.getroottree().docinfo.doctype:
            raise _Refused(_("An audit file has no document type and no entities."))
        space = element.tag[1:].partition("}")[0] if element.tag.startswith("{") else ""
        if name.lower() != "auditfile" or not NAMESPACE.fullmatch(space):
            raise _Refused(_("This is no XML Auditfile Financieel."), element.sourceline or 0)

    def _ended(self, name: str, element: Element) -> Iterator[SourceEntry]:
        parent = self.path[-1] if self.path else ""
        line = element.sourceline or 0
        done = True
        if name == "transaction" and parent == "journal":
            yield self._transaction(element, line)
        elif name == "openingBalance":
            if self.opening:
                yield self._opening(line)
        elif parent == "header":
            self._header(name, element)
        elif parent == "journal":
            self._journal(name, element)
        elif name in ("ledgerAccount", "customerSupplier", "obLine", "obSbLine"):
            self._master(name, element, line)
        elif parent in self.counted and name in ("linesCount", "totalDebit", "totalCredit"):
            self.stated.setdefault(parent, {})[name] = (element.text or "").strip()
        else:
            done = name in ("vatCode", "period", "sbLine", "journal")
        if done:
            element.clear()
            while element.getprevious() is not None and element.getparent() is not None:
                del element.getparent()[0]

    # --- the parts

    def _header(self, name: str, element: Element) -> None:
        text = (element.text or "").strip()
        if name == "startDate":
            self.start = self._day(text, element.sourceline or 0)
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
        said = _texts(element)
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
                address = address or _texts(child)
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
        on = self._day(said["invDt"], line) if "invDt" in said else self.start
        due = self._day(said["invDueDt"], line) if "invDueDt" in said else on
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
        said = _texts(element)
        lines: list[SourceLine] = []
        reference = ""
        for child in element:
            if str(child.tag).rpartition("}")[2] == "trLine":
                if len(lines) >= MOST_LINES:
                    raise _Refused(_("An entry has more lines than it can have."), line)
                cells = _texts(child)
                reference = reference or cells.get("docRef", "")
                lines.append(self._trline(cells, child))
        number = said.get("nr", "")
        period = said.get("periodNumber", "")
        on = self._day(said.get("trDt", ""), line) or self.start or datetime.date(1900, 1, 1)
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
                currency = _texts(part)
        if currency.get("curCode") and currency["curCode"] != self.found.currency:
            said = self._decimal(currency.get("curAmnt", ""), line)
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
        amount = self._decimal(cells.get("amnt", ""), line)
        return -amount if cells.get("amntTp") == "C" else amount

    def _decimal(self, text: str, line: int) -> Decimal:
        try:
            if len(text) > 40:
                raise InvalidOperation
            amount = Decimal(text)
            if not amount.is_finite():
                raise InvalidOperation
            return amount
        except InvalidOperation:
            message = _("“{text}” is no amount.").format(text=text[:40])
            self.found.trouble("amount", message, line)
            return Decimal(0)

    def _day(self, text: str, line: int) -> datetime.date | None:
        try:
            return datetime.date.fromisoformat(text[:10])
        except ValueError:
            message = _("“{text}” is no date; write it as 2011-01-31.").format(text=text[:30])
            self.found.trouble("date", message, line)
            return None

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
                said = stated.get(name)
                if said and _number(said) != has:
                    message = _("{part} states {name} {said}, but has {has}.")
                    self.found.trouble(
                        "totals",
                        message.format(part=words[part], name=name, said=said[:30], has=has),
                    )


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _texts(element: Element) -> dict[str, str]:
    """The texts of an element's own children, the first of each name."""
    found: dict[str, str] = {}
    for child in element:
        if isinstance(child.tag, str) and len(child) == 0 and child.text:
            found.setdefault(child.tag.rpartition("}")[2], child.text.strip())
    return found
