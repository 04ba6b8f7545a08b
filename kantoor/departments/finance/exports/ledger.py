"""Export the whole ledger of a company as text, in a form that another program reads."""

import codecs
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from typing import Literal

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.exports.audit import read_audit
from kantoor.departments.finance.exports.audit_span import audit_span
from kantoor.departments.finance.exports.beancount import beancount
from kantoor.departments.finance.exports.hledger import hledger
from kantoor.departments.finance.exports.reading import Ledger, read_ledger
from kantoor.departments.finance.exports.table import table
from kantoor.departments.finance.formats.audit.saft import VERSIONS as SAFT
from kantoor.departments.finance.formats.audit.saft import write_saft
from kantoor.departments.finance.formats.audit.values import AuditFile
from kantoor.departments.finance.formats.audit.xaf import write_xaf
from kantoor.departments.finance.formats.audit.xaf_codes import VERSIONS as XAF
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.queries import query
from kantoor.kernel.store.stream import snapshot

Format = Literal["beancount", "hledger", "csv", "xaf", "saft"]
WriteAudit = Callable[[AuditFile], Iterator[bytes]]

WHOLE: dict[str, Callable[[Ledger], Iterator[str]]] = {
    "beancount": beancount,
    "hledger": hledger,
    "csv": table,
}
"""Forms that the whole ledger is written in, from the first entry to the last."""
AUDITS: dict[str, dict[str, WriteAudit]] = {
    "xaf": {name: partial(write_xaf, version=each) for name, each in XAF.items()},
    "saft": {name: partial(write_saft, version=each) for name, each in SAFT.items()},
}
"""Audit files by form and version; the first version is the one that is written if unsaid."""
FORMATS = (*WHOLE, *AUDITS)


@query(permission="finance.export_ledger", title=_("Export the ledger"))
def export_ledger(
    actor: Actor,
    /,
    *,
    format: Format,
    version: str = "",
    year: str = "",
    start: date | None = None,
    end: date | None = None,
) -> Iterator[str]:
    """The ledger as pieces of text, of one moment and in bounded memory.

    `beancount` and `hledger` for those programs, `csv` for `post` and for spreadsheets: all of
    it. `xaf` is the Dutch XML Auditfile Financieel (`version` 4.0, 3.2.1 or 3.2), `saft` SAF-T
    Financial (1.30 or 1.10), of a fiscal year, the last one booked if unsaid, or from `start` to
    `end`. Raises InvalidInput for another format or version, and for days where the whole is
    written.
    """
    if format not in FORMATS:
        message = _("There is no format “{format}”; there are: {known}.")
        known = ", ".join(FORMATS)
        raise InvalidInput(message.format(format=format, known=known), field="format")
    if format in WHOLE:
        if version or year or start or end:
            message = _("“{format}” has no versions and is always the whole ledger.")
            raise InvalidInput(message.format(format=format), field="format")
        return _pieces(actor, WHOLE[format])
    write = _audit_writer(format, version)
    return _audit(actor, write, year, start, end, dated=format == "saft")


def _audit_writer(format: Format, name: str) -> WriteAudit:
    versions = AUDITS[format]
    write = versions.get(name or next(iter(versions)))
    if write is None:
        message = _("There is no version “{version}”; there are: {known}.")
        known = ", ".join(versions)
        raise InvalidInput(message.format(version=name[:20], known=known), field="version")
    return write


def _pieces(actor: Actor, write: Callable[[Ledger], Iterator[str]]) -> Iterator[str]:
    with snapshot():
        yield from write(read_ledger(actor))


def _audit(
    actor: Actor,
    write: WriteAudit,
    year: str,
    start: date | None,
    end: date | None,
    *,
    dated: bool,
) -> Iterator[str]:
    span = audit_span(actor, year, start, end)

    def pieces() -> Iterator[str]:
        with snapshot():
            yield from decoded(write(read_audit(actor, span, dated=dated)))

    return pieces()


def decoded(pieces: Iterable[bytes]) -> Iterator[str]:
    """UTF-8 as text, whatever the places it was parted at."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    for piece in pieces:
        yield decoder.decode(piece)
    yield decoder.decode(b"", final=True)
