"""Files that come in as purchase invoices, and what becomes of each."""

import msgspec


class IncomingFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file as it came in: an invoice in UBL or CII, a PDF, a picture, or a mail with those."""

    name: str
    content: bytes


class FileError(msgspec.Struct, frozen=True):
    """A rule that an invoice breaks, or why a file can't be read, and where."""

    rule: str
    message: str
    where: str = ""


class FileReceived(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a file: `number` and `state` of the invoice it is now, if it was kept.

    `what` is the syntax (`UBL Invoice`, `CII` …), `PDF` or `picture` where no invoice can be read
    in it, or `unreadable`. `known` tells that the same content was here already, so that nothing
    changed; `same_as` is the number of another invoice that it seems to be.
    """

    file: str
    ok: bool
    what: str
    errors: list[FileError]
    warnings: list[FileError]
    number: str = ""
    state: str = ""
    known: bool = False
    same_as: str = ""


class FilesReceived(msgspec.Struct, frozen=True):
    """What became of the files, in their order; `failed` are those that break a rule."""

    files: list[FileReceived]
    ok: int
    failed: int
