"""Take in purchase invoices as files: kept as they came, checked by the rules, and proposed."""

from collections.abc import Sequence
from hashlib import sha256
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.payables.entering import write_flagged
from kantoor.departments.finance.actions.payables.file_kinds import MEDIA, kind_of, without_mails
from kantoor.departments.finance.actions.payables.proposing import Proposals
from kantoor.departments.finance.actions.payables.rows import ReadyPurchase
from kantoor.departments.finance.drafts_incoming import (
    FileError,
    FileReceived,
    FilesReceived,
    IncomingFile,
)
from kantoor.departments.finance.formats.einvoice import (
    EInvoice,
    Syntax,
    UnreadableInvoice,
    read_document,
)
from kantoor.departments.finance.formats.einvoice.validation import findings
from kantoor.departments.finance.models.payables import RECEIVED
from kantoor.departments.finance.queries.payables.received import Finding, Known, known_contents
from kantoor.departments.finance.queries.payables.states import numbers_of
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.files.files import store_file

MOST_FILES, LARGEST_FILE = 200, 25 * 2**20
FORMS = {
    Syntax.UBL_INVOICE: "ubl",
    Syntax.UBL_CREDIT_NOTE: "ubl",
    Syntax.CII: "cii",
    Syntax.ZUGFERD_1: "cii",
}
WHAT = {"pdf": "PDF", "png": "picture", "jpeg": "picture", "mail": "mail"}


class _Read(NamedTuple):
    """A file that was read; without an `invoice` it is a picture of one, or unreadable."""

    file: IncomingFile
    sha256: str
    kind: str
    what: str
    form: str
    invoice: EInvoice | None = None
    findings: Sequence[Finding] = ()
    refused: str = ""


@action(
    permission="finance.enter_purchase", title=_("Take in purchase invoices"),
    bulk_of="finance.receive_purchase_file",
)  # fmt: skip
def receive_purchase_files(actor: Actor, /, *, files: Sequence[IncomingFile]) -> FilesReceived:
    """Take in invoices as UBL, CII or Factur-X, and PDFs, pictures and mails with those.

    Each is kept as it came. An invoice that keeps the rules is matched to its supplier and
    proposed for posting; one that breaks them is kept with what is wrong, and can't be posted. A
    PDF or picture without an invoice in it is a draft that a person fills in. What was taken in
    before (the same content) changes nothing. What can't be read is told, and not kept.

    Raises InvalidInput for too many files or one that is too large.
    """
    if not 0 < len(files) <= MOST_FILES:
        raise InvalidInput(_("Give 1 to {most} files.").format(most=MOST_FILES), field="files")
    for place, file in enumerate(files, 1):
        if not 0 < len(file.content) <= LARGEST_FILE:
            message = _("A file is not empty, and at most {most} MB.").format(most=25)
            raise InvalidInput(message, field="files", line=place)
    read = [_read(each) for each in without_mails(files)]
    known = known_contents(actor.company_id, [each.sha256 for each in read])
    written = _write(actor, [each for each in read if each.sha256 not in known])
    told = [written.get(each.sha256) or _known(each, known[each.sha256]) for each in read]
    seen: set[str] = set()
    answers = []
    for each, answer in zip(read, told, strict=True):
        again = each.sha256 in seen and bool(answer.number)
        seen.add(each.sha256)
        answers.append(_named(answer, each.file.name, again))
    ok = sum(each.ok for each in answers)
    return FilesReceived(answers, ok, len(answers) - ok)


@action(permission="finance.enter_purchase", title=_("Take in a purchase invoice"), hidden=True)
def receive_purchase_file(actor: Actor, /, *, name: str, content: bytes) -> FilesReceived:
    """Take in one file; see the bulk form."""
    return receive_purchase_files(actor, files=[IncomingFile(name=name, content=content)])


def _read(file: IncomingFile) -> _Read:
    digest, kind = sha256(file.content).hexdigest(), kind_of(file.content)
    try:
        document = read_document(file.content) if kind in ("pdf", "xml") else None
    except UnreadableInvoice as error:
        if error.code == "pdf.without_xml":
            return _Read(file, digest, kind, WHAT[kind], "pdf")
        where = f"XML line {error.line}" if error.line else ""
        finding = Finding(error.code, error.message, where, fatal=True)
        return _Read(file, digest, kind, "unreadable", "", None, [finding], error.code)
    if document is None:
        if kind == "mail":
            finding = Finding("mail.empty", str(_("No invoice is attached to this mail.")), "", fatal=True)  # fmt: skip
            return _Read(file, digest, kind, "mail", "", None, [finding], "mail.empty")
        return _Read(file, digest, kind, WHAT[kind], "image")
    syntax = document.invoice.syntax
    form = "facturx" if kind == "pdf" else FORMS[syntax]
    found = [
        Finding(each.rule, each.message, each.where, each.blocks) for each in findings(document)
    ]
    return _Read(file, digest, kind, syntax.value, form, document.invoice, found)


def _write(actor: Actor, read: Sequence[_Read]) -> dict[str, FileReceived]:
    """Keep what can be, and tell of each by its content."""
    told = {each.sha256: _answer(each, each.findings) for each in read if each.refused}
    fresh = list({each.sha256: each for each in read if not each.refused}.values())
    if not fresh:
        return told
    invoices = [each.invoice for each in fresh if each.invoice is not None]
    proposals = Proposals(actor, invoices)
    matches = iter(proposals.matches)
    ready = [
        proposals.proposal(each.invoice, next(matches), each.findings)
        if each.invoice is not None
        else _picture(actor)
        for each in fresh
    ]
    whole = [_kept(actor, each, row) for each, row in zip(fresh, ready, strict=True)]
    written, same = write_flagged(actor, whole)
    if len(fresh) == 1:
        concerns(f"finance.purchase_invoice/{written.ids[0]}")
    others = numbers_of(actor.company_id, [key for key in same if key])
    for each, row, number, key in zip(fresh, whole, written.numbers, same, strict=True):
        told[each.sha256] = _answer(
            each,
            row.findings,
            number=number,
            state=row.state if key is None else RECEIVED,
            same_as=others.get(key or 0, ""),
        )
    return told


def _kept(actor: Actor, each: _Read, ready: ReadyPurchase) -> ReadyPurchase:
    """The invoice with its file, kept as it came."""
    file = store_file(
        actor,
        content=each.file.content,
        name=each.file.name,
        media_type=MEDIA[each.kind],
        subject_id=ready.subject_id,
    )
    return ready._replace(form=each.form, file_id=file.pk, sha256=each.sha256)


def _picture(actor: Actor) -> ReadyPurchase:
    """A draft beside the picture of an invoice; a person reads it."""
    today = timezone.localdate().isoformat()
    return ReadyPurchase(
        RECEIVED, None, None, "", "", today, None, None, actor.currency, 0, 0, (), ()
    )


def _answer(each: _Read, findings: Sequence[Finding], **more: str) -> FileReceived:
    told = [(FileError(f.rule, f.message, f.place), f.fatal) for f in findings]
    return FileReceived(
        file=each.file.name,
        ok=not any(fatal for _error, fatal in told),
        what=each.what,
        errors=[error for error, fatal in told if fatal],
        warnings=[error for error, fatal in told if not fatal],
        **more,  # type: ignore[arg-type]
    )


def _known(each: _Read, known: Known) -> FileReceived:
    """What was told of it before."""
    told = _answer(each, known.findings, number=known.number, state=known.state)
    return _named(told, told.file, True)


def _named(told: FileReceived, name: str, known: bool) -> FileReceived:
    """The answer under the name of a file with that content."""
    return FileReceived(
        file=name,
        ok=told.ok,
        what=told.what,
        errors=told.errors,
        warnings=told.warnings,
        number=told.number,
        state=told.state,
        known=known or told.known,
        same_as=told.same_as,
    )
