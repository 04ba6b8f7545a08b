"""Read a pain.002: what the bank made of a payment file, order by order."""

import re
from collections.abc import Iterator
from typing import cast

import msgspec
from django.utils.translation import gettext
from lxml import etree

MOST_BYTES = 64 * 1024 * 1024
MOST_ORDERS = 200_000
_URN = re.compile(r"urn:iso:std:iso:20022:tech:xsd:pain\.002\.001\.(\d\d)")
ACCEPTED = frozenset(["ACCC", "ACCP", "ACSC", "ACSP", "ACTC", "ACWC", "ACFC", "ACCR"])
REJECTED = frozenset(["RJCT", "CANC"])


class Unreadable(Exception):
    """The file is no status report that can be read; the text says why, `line` where."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.line = line


class OrderStatus(msgspec.Struct, frozen=True, gc=False):
    """What became of one order: `status` as the bank says it, `reason` a code of ISO 20022."""

    end_to_end: str
    status: str
    reason: str = ""
    group: str = ""
    """The payment information it stood in."""


class StatusReport(msgspec.Struct, frozen=True, kw_only=True):
    """A report on the file `original`: a status of the whole, of groups, and of single orders."""

    message_id: str
    original: str
    status: str
    reason: str
    groups: dict[str, tuple[str, str]]
    orders: tuple[OrderStatus, ...]

    def of(self, end_to_end: str, group: str) -> tuple[str, str]:
        """Status and reason of an order: its own, else its group's, else the whole file's."""
        for each in self.orders:
            if each.end_to_end == end_to_end:
                return each.status, each.reason
        return self.groups.get(group, (self.status, self.reason))


def read_status(content: bytes) -> StatusReport:
    """The report in a file; raises Unreadable."""
    root = _parsed(content)
    report = _only(root)
    header, original = _child(report, "GrpHdr"), _child(report, "OrgnlGrpInfAndSts")
    if header is None or original is None:
        raise Unreadable(gettext("the report names no file that it is about"), _line(root))
    groups: dict[str, tuple[str, str]] = {}
    orders: list[OrderStatus] = []
    for group in _children(report, "OrgnlPmtInfAndSts"):
        name = _text(group, "OrgnlPmtInfId")
        if status := _text(group, "PmtInfSts"):
            groups[name] = (status, _reason(group))
        for one in _children(group, "TxInfAndSts"):
            if len(orders) == MOST_ORDERS:
                raise Unreadable(gettext("the report has too many orders"), _line(one))
            orders.append(
                OrderStatus(_text(one, "OrgnlEndToEndId"), _text(one, "TxSts"), _reason(one), name)
            )
    return StatusReport(
        message_id=_text(header, "MsgId"),
        original=_text(original, "OrgnlMsgId"),
        status=_text(original, "GrpSts"),
        reason=_reason(original),
        groups=groups,
        orders=tuple(orders),
    )


def _parsed(content: bytes) -> "etree._Element":
    if len(content) > MOST_BYTES:
        raise Unreadable(gettext("the file is too large"))
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        raise Unreadable(gettext("the file is no XML"), line) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable(gettext("the file has a document type, which no bank sends"))
    if not _URN.fullmatch(etree.QName(root).namespace or ""):
        raise Unreadable(gettext("the file is no pain.002"), _line(root))
    return root


def _line(element: "etree._Element") -> int | None:
    return cast("int | None", element.sourceline)


def _only(root: "etree._Element") -> "etree._Element":
    for each in root:
        if etree.QName(each).localname in ("CstmrPmtStsRpt", "pain.002.001.02"):
            return each
    raise Unreadable(gettext("the file has no status report"), _line(root))


def _children(parent: "etree._Element", tag: str) -> Iterator["etree._Element"]:
    return parent.iterchildren(f"{{*}}{tag}")


def _child(parent: "etree._Element", tag: str) -> "etree._Element | None":
    return next(_children(parent, tag), None)


def _text(parent: "etree._Element", tag: str) -> str:
    found = _child(parent, tag)
    return (found.text or "").strip()[:35] if found is not None else ""


def _reason(parent: "etree._Element") -> str:
    for info in _children(parent, "StsRsnInf"):
        if (reason := _child(info, "Rsn")) is not None:
            return _text(reason, "Cd") or _text(reason, "Prtry")
    return ""
