"""CAMT: statements (053), reports of the day (052) and notifications (054) of ISO 20022.

Every version from .01 on is read by the names of elements, which kept their place; what moved
(`Sts/Cd`, `Dbtr/Pty`, `BICFI`) is looked for in both. Read entry by entry in bounded memory:
entities, DTDs and deep or huge trees are refused.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from django.utils.translation import gettext_lazy as _
from lxml import etree

from kantoor.departments.finance.formats.bank.model import (
    Balance,
    BankEntry,
    BankFile,
    BankFileError,
    BankStatement,
    Kind,
    Part,
)
from kantoor.departments.finance.formats.bank.values import (
    currency_code,
    iso_day,
    minor_units,
    one_line,
)

MESSAGES: dict[str, tuple[str, Kind]] = {
    "BkToCstmrStmt": ("Stmt", "statement"),
    "BkToCstmrStmtV01": ("Stmt", "statement"),
    "BkToCstmrAcctRpt": ("Rpt", "report"),
    "BkToCstmrAcctRptV01": ("Rpt", "report"),
    "BkToCstmrDbtCdtNtfctn": ("Ntfctn", "notification"),
    "BkToCstmrDbtCdtNtfctnV01": ("Ntfctn", "notification"),
}
"""Elements of a message: that of each statement in it, and what it is."""
MOST_ENTRIES = 2_000_000
MOST_PARTS = 100_000
MOST_DEPTH = 60
"""The deepest place of the schema lies at 16."""

_FORM = re.compile(r"camt\.05[234]\.001\.\d\d")
_OPENING, _CLOSING, _INTERIM = ("OPBD", "PRCD"), ("CLBD",), ("ITBD",)
Element = Any


def looks_like_camt(head: bytes) -> bool:
    """Whether the beginning of a file is that of such a message."""
    return b"camt.05" in head.replace(b"\0", b"") or b"BkToCstmr" in head.replace(b"\0", b"")


def read_camt(content: bytes) -> BankFile:
    """Read a message; raises BankFileError."""
    reader = _Reader()
    try:
        for event, element in _events(content):
            reader.see(event, element)
    except etree.XMLSyntaxError as error:
        message = _("The XML is not well-formed: {why}.").format(why=str(error)[:160])
        raise BankFileError("bank.xml", message, error.lineno) from None
    except (etree.LxmlError, UnicodeError, LookupError, ValueError) as error:
        message = _("The XML can't be read: {why}.").format(why=str(error)[:160])
        raise BankFileError("bank.xml", message) from None
    if not reader.form:
        raise BankFileError("bank.form", _("This is no CAMT message of ISO 20022."))
    if not reader.statements:
        raise BankFileError("bank.empty", _("There is no statement in this message."))
    return BankFile(reader.form, tuple(reader.statements))


def _events(content: bytes) -> Iterator[tuple[str, Element]]:
    parsed = etree.iterparse(
        BytesIO(content),
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    depth = 0
    for event, element in parsed:
        if event == "start":
            depth += 1
            if depth == 1 and element.getroottree().docinfo.doctype:
                raise BankFileError("bank.xml", _("A message has no document type (DTD)."), 1)
            if depth > MOST_DEPTH:
                message = _("The elements lie deeper than in any such message.")
                raise BankFileError("bank.xml", message, element.sourceline)
        else:
            depth -= 1
        yield event, element


class _Reader:
    """What was seen of a message so far."""

    def __init__(self) -> None:
        self.form = ""
        self.kind: Kind = "statement"
        self.whole = ""
        self.statements: list[BankStatement] = []
        self.entries: list[BankEntry] = []
        self.count = 0

    def see(self, event: str, element: Element) -> None:
        if not isinstance(element.tag, str):
            return
        name = _name(element)
        if event == "start":
            if name in MESSAGES and not self.form:
                self._begin(element, name)
            return
        if not self.form:
            return
        if name == "Ntry" and _name(element.getparent()) == self.whole:
            self._entry(element)
        elif name == self.whole and _name(element.getparent()) in MESSAGES:
            self._statement(element)

    def _begin(self, element: Element, name: str) -> None:
        found = _FORM.search(etree.QName(element).namespace or "")
        self.whole, self.kind = MESSAGES[name]
        number = {"statement": "053", "report": "052", "notification": "054"}[self.kind]
        self.form = found[0] if found else f"camt.{number}"
        if found and found[0][5:8] != number:
            message = _("{name} does not belong in {form}.").format(name=name, form=found[0])
            raise BankFileError("bank.form", message, element.sourceline)

    def _entry(self, element: Element) -> None:
        self.count += 1
        if self.count > MOST_ENTRIES:
            message = _("There are more than {most} entries.").format(most=MOST_ENTRIES)
            raise BankFileError("bank.too_many", message, element.sourceline)
        status = _at(element, "Sts")
        said = _text(status) or _get(element, "Sts", "Cd") or "BOOK"
        if said == "BOOK":
            self.entries.append(_read_entry(element))
        # What was read is let go, so that memory does not grow with the tree.
        element.clear()
        while (before := element.getprevious()) is not None and _name(before) == "Ntry":
            element.getparent().remove(before)

    def _statement(self, element: Element) -> None:
        line = element.sourceline or 0
        opening, closing, currency = _balances(element, line)
        currency = _get(element, "Acct", "Ccy") or currency
        if not currency and self.entries:
            currency = self.entries[0].currency
        account = _get(element, "Acct", "Id", "IBAN") or _get(element, "Acct", "Id", "Othr", "Id")
        account = account or _get(element, "Acct", "Id", "PrtryAcct", "Id")
        account = account or _get(element, "Acct", "Id", "BBAN")
        starts, ends = (_get(element, "FrToDt", name) for name in ("FrDtTm", "ToDtTm"))
        number = _get(element, "ElctrncSeqNb") or _get(element, "LglSeqNb")
        self.statements.append(
            BankStatement(
                form=self.form,
                kind=self.kind,
                account=account,
                currency=currency,
                identity=_get(element, "Id"),
                number=number,
                opening=opening,
                closing=closing,
                entries=tuple(self.entries),
                starts_on=iso_day(starts, line) if starts else None,
                ends_on=iso_day(ends, line) if ends else None,
                owner=_get(element, "Acct", "Ownr", "Nm"),
                line=line,
            )
        )
        self.entries = []
        element.clear()


def _balances(element: Element, line: int) -> tuple[Balance | None, Balance | None, str]:
    """The first and last booked balance that a statement gives."""
    found: dict[str, list[Balance]] = {}
    for each in element:
        if _name(each) != "Bal":
            continue
        code = _get(each, "Tp", "CdOrPrtry", "Cd") or _get(each, "Tp", "Cd")
        if code in (*_OPENING, *_CLOSING, *_INTERIM):
            found.setdefault(code, []).append(_balance(each, code in _INTERIM, line))
    interim = found.get("ITBD", [])
    opening = next((found[code][0] for code in _OPENING if code in found), None)
    closing = next((found[code][-1] for code in _CLOSING if code in found), None)
    if closing is None and interim:
        closing = interim[-1]
        interim = interim[:-1]
    if opening is None and interim:
        opening = interim[0]
    either = closing or opening
    return opening, closing, either.currency if either else ""


def _balance(element: Element, interim: bool, line: int) -> Balance:
    amount, currency = _signed(element, line)
    on = _get(element, "Dt", "Dt") or _get(element, "Dt", "DtTm") or _get(element, "Dt")
    return Balance(amount, iso_day(on, line), currency, interim)


def _signed(element: Element, line: int) -> tuple[int, str]:
    """The amount and currency of an element, below zero for a debit."""
    amount = _at(element, "Amt")
    if amount is None or _name(amount) != "Amt":
        raise BankFileError("bank.amount", _("There is no amount."), line)
    currency = currency_code(amount.get("Ccy", ""), line)
    minor = minor_units(_text(amount), currency, line)
    direction = _get(element, "CdtDbtInd")
    if direction not in ("CRDT", "DBIT"):
        message = _("An amount is credit (CRDT) or debit (DBIT).")
        raise BankFileError("bank.amount", message, line)
    return (-minor if direction == "DBIT" else minor), currency


def _read_entry(element: Element) -> BankEntry:
    line = element.sourceline or 0
    amount, currency = _signed(element, line)
    booked = _get(element, "BookgDt", "Dt") or _get(element, "BookgDt", "DtTm")
    valued = _get(element, "ValDt", "Dt") or _get(element, "ValDt", "DtTm")
    said = booked or valued or _day_of_statement(element.getparent())
    if not said:
        raise BankFileError("bank.date", _("This entry has no date."), line)
    return BankEntry(
        amount=amount,
        booked_on=iso_day(said, line),
        valued_on=iso_day(valued or said, line),
        currency=currency,
        reference=_get(element, "AcctSvcrRef") or _get(element, "NtryRef"),
        kind=_kind(element),
        parts=_parts(element, amount, currency, line),
        line=line,
    )


def _day_of_statement(statement: Element) -> str:
    for each in statement:
        if _name(each) == "Bal" and _get(each, "Tp", "CdOrPrtry", "Cd") == "CLBD":
            return _get(each, "Dt", "Dt") or _get(each, "Dt", "DtTm")
    return _get(statement, "CreDtTm")


def _kind(element: Element) -> str:
    """The bank's code of what it is, by ISO's list (`PMNT/RCDT/ESCT`) or the bank's own."""
    code = _at(element, "BkTxCd")
    if code is None:
        return ""
    family = [
        _get(code, "Domn", "Cd"),
        _get(code, "Domn", "Fmly", "Cd"),
        _get(code, "Domn", "Fmly", "SubFmlyCd"),
    ]
    return "/".join(filter(None, family)) or _get(code, "Prtry", "Cd")


def _parts(element: Element, amount: int, currency: str, line: int) -> tuple[Part, ...]:
    """The transactions of an entry, where they add up to it; else it is one part by itself."""
    more = _get(element, "AddtlNtryInf")
    returned = "REVERSAL" if _get(element, "RvslInd") in ("true", "1") else ""
    details = [
        each
        for block in element
        if _name(block) == "NtryDtls"
        for each in block
        if _name(each) == "TxDtls"
    ]
    if len(details) > MOST_PARTS:
        message = _("There are more than {most} transactions in one entry.").format(most=MOST_PARTS)
        raise BankFileError("bank.too_many", message, line)
    if len(details) == 1:
        return (_part(details[0], amount, more, returned),)
    amounts = [_part_amount(each, amount, currency, line) for each in details]
    known = [each for each in amounts if each is not None]
    if details and len(known) == len(details) and sum(known) == amount:
        return tuple(
            _part(each, minor, more if n == 0 else "", returned)
            for n, (each, minor) in enumerate(zip(details, known, strict=True))
        )
    text = one_line(more)
    if details:
        first = _part(details[0], amount, more, returned)
        text = text or first.text
    batch = _get(element, "NtryDtls", "Btch", "PmtInfId") or _get(
        element, "NtryDtls", "Btch", "MsgId"
    )
    return (Part(amount=amount, text=text, end_to_end=one_line(batch), returned=returned),)


def _part_amount(element: Element, whole: int, currency: str, line: int) -> int | None:
    """The amount of one transaction in the account's currency, if it says so."""
    amount = _at(element, "Amt")
    if amount is None:
        amount = _at(element, "AmtDtls", "TxAmt", "Amt")
    if amount is None or amount.get("Ccy") != currency:
        return None
    minor = minor_units(_text(amount), currency, line)
    direction = _get(element, "CdtDbtInd") or ("DBIT" if whole < 0 else "CRDT")
    return -minor if direction == "DBIT" else minor


def _part(element: Element, amount: int, more: str, returned: str) -> Part:
    """Who is on the other side, what for and by which references."""
    parties = _at(element, "RltdPties")
    side = "Dbtr" if amount > 0 else "Cdtr"
    name = iban = bic = ""
    if parties is not None:
        name = _party(parties, side) or _party(parties, f"Ultmt{side}")
        iban = _get(parties, f"{side}Acct", "Id", "IBAN") or _get(
            parties, f"{side}Acct", "Id", "Othr", "Id"
        )
        if not name and not iban:  # Returns, and banks that turn it round.
            other = "Cdtr" if amount > 0 else "Dbtr"
            name = _party(parties, other)
            iban = _get(parties, f"{other}Acct", "Id", "IBAN")
    agents = _at(element, "RltdAgts", f"{side}Agt", "FinInstnId")
    if agents is not None:
        bic = _get(agents, "BICFI") or _get(agents, "BIC")
    unstructured, structured = _remittance(element)
    text = unstructured or _get(element, "AddtlTxInf") or more
    end_to_end = _get(element, "Refs", "EndToEndId")
    reason = _get(element, "RtrInf", "Rsn", "Cd") or _get(element, "RtrInf", "Rsn", "Prtry")
    return Part(
        amount=amount,
        text=one_line(text),
        name=one_line(name),
        iban=iban.replace(" ", "").upper(),
        bic=bic.strip().upper(),
        end_to_end="" if end_to_end == "NOTPROVIDED" else one_line(end_to_end),
        mandate=one_line(_get(element, "Refs", "MndtId")),
        creditor_reference=one_line(structured),
        original=_original(element),
        returned=one_line(reason) or returned,
    )


def _party(parties: Element, side: str) -> str:
    return _get(parties, side, "Nm") or _get(parties, side, "Pty", "Nm")


def _remittance(element: Element) -> tuple[str, str]:
    """What the payer wrote, and the structured reference."""
    block = _at(element, "RmtInf")
    if block is None:
        return "", ""
    words = [_text(each) for each in block if _name(each) == "Ustrd"]
    reference = ""
    for each in block:
        if _name(each) == "Strd":
            reference = reference or _get(each, "CdtrRefInf", "Ref")
            number = _get(each, "RfrdDocInf", "Nb")
            words += [text for text in (number, _get(each, "AddtlRmtInf")) if text]
    return " ".join(words), reference


def _original(element: Element) -> str:
    for name in ("InstdAmt", "CntrValAmt"):
        amount = _at(element, "AmtDtls", name, "Amt")
        if amount is not None and _at(element, "AmtDtls", name, "CcyXchg") is not None:
            return f"{amount.get('Ccy', '')[:3]} {_text(amount)[:30]}"
    return ""


def _name(element: Element) -> str:
    """An element's name without its namespace."""
    if element is None or not isinstance(element.tag, str):
        return ""
    return str(element.tag).rpartition("}")[2]


def _at(element: Element, *path: str) -> Element:
    """The first element at a path of names."""
    for wanted in path:
        for each in element:
            if _name(each) == wanted:
                element = each
                break
        else:
            return None
    return element


def _text(element: Element) -> str:
    return (element.text or "").strip() if element is not None else ""


def _get(element: Element, *path: str) -> str:
    """The text at a path of names; empty when there is none."""
    return _text(_at(element, *path))
