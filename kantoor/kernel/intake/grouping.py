"""Rows of a file gathered into documents as they go by, in memory that its length can't grow.

The rows of a document stand together in most files, and nearly together in all: a document is
handed on once `window_rows` rows went by without one of its own. Rows of it that come after that
are a second document, whose identity says so (`536365#2`), so that none is lost and none counted
twice. The same file always falls into the same documents.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.intake.csvtable import Row
from kantoor.kernel.intake.problems import Problem
from kantoor.kernel.intake.seen import SeenKeys

WINDOW_ROWS = 20_000
DOCUMENT_ROWS = 100_000
KEY_LIMIT = 100
HELD_ROWS = 150_000
HELD_CHARACTERS = 64 << 20
"""Beyond these the oldest document is handed on as it is, whether or not more of it comes."""

_LOOK_EVERY = 64


@dataclass(slots=True)
class Document:
    """The rows of one document, and the lines they stood on.

    `part` is 1 but for rows that came too late (see above). A document with a `problem` is to be
    refused as a whole: a row of it could not be read, or it has too many. One of too many rows
    comes in several pieces, each with the problem.
    """

    key: str
    part: int
    lines: list[int] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    problem: Problem | None = None
    last: int = field(default=0, repr=False, compare=False)
    """The last row of the file that is one of its own, counted while it is open."""
    began: int = field(default=0, repr=False, compare=False)
    """How many characters of the file were read when it opened."""

    @property
    def identity(self) -> str:
        """What tells it from every other document of its source."""
        return self.key if self.part == 1 else f"{self.key}#{self.part}"


def group_documents(
    rows: Iterable[Row],
    key_index: int | Sequence[int],
    *,
    window_rows: int = WINDOW_ROWS,
    document_rows: int = DOCUMENT_ROWS,
    held_rows: int = HELD_ROWS,
    characters_read: Callable[[], int] = lambda: 0,
) -> Iterator[Document | Problem]:
    """The documents in the order of their first rows; a Problem for a row that belongs to none.

    `key_index` is the column, or the columns, whose value the rows of a document share.
    `characters_read` tells how far the file was read, so that rows of great length stay bounded
    too. After a fatal problem the documents still open carry it, as rows of theirs may be missing.
    """
    columns = (key_index,) if isinstance(key_index, int) else tuple(key_index)
    grouping = _Grouping(columns, window_rows, document_rows, held_rows, characters_read)
    return grouping.documents(rows)


class _Grouping:
    def __init__(
        self,
        columns: tuple[int, ...],
        window_rows: int,
        document_rows: int,
        held_rows: int,
        characters_read: Callable[[], int],
    ) -> None:
        self._columns = columns
        self._window_rows = window_rows
        self._document_rows = document_rows
        self._held_rows = held_rows
        self._characters_read = characters_read
        self._open: dict[str, Document] = {}
        self._seen = SeenKeys()
        self._count = self._handed_on = 0

    def documents(self, rows: Iterable[Row]) -> Iterator[Document | Problem]:
        """The hot loop: a row that follows one of its own document costs next to nothing."""
        column = self._columns[0] if len(self._columns) == 1 else None
        count, present, document = 0, None, None
        for line, row in rows:
            count += 1
            if not isinstance(row, list):
                self._count, present = count, None
                yield from self._problem(line, row)
                if row.fatal:
                    return
                continue
            key = row[column] if column is not None else self._joined(row)
            if key != present or document is None:
                self._count, present = count, key
                if document:
                    document.last = count - 1
                document = self._document(key)
                if document is None:
                    yield self._without_key(line, row)
                    continue
                yield from self._due()
            document.lines.append(line)
            document.rows.append(row)
            if not count % _LOOK_EVERY:
                self._count, present = count, None
                document.last = count
                yield from self._due()
                yield from self._too_much(document)
        yield from self._rest()

    def _joined(self, row: Sequence[str]) -> str:
        """Several columns as one key, so that no two different ones come out the same."""
        parts = [row[column].strip() for column in self._columns]
        if not any(parts):
            return ""
        return "/".join(part.replace("%", "%25").replace("/", "%2F") for part in parts)

    def _document(self, key: str) -> Document | None:
        """The open document of this key, or a new one; None when it is no key."""
        key = key.strip()
        document = self._open.get(key)
        if document is None:
            if not 0 < len(key) <= KEY_LIMIT:
                return None
            document = Document(key, self._seen.count(key), began=self._characters_read())
            self._open[key] = document
        document.last = self._count
        return document

    def _without_key(self, line: int, row: list[str]) -> Problem:
        self._handed_on += 1
        message = _("The number of the document is missing here, or longer than {limit}.")
        said = format_lazy(message, limit=KEY_LIMIT)
        return Problem(line, "", "document.no_key", said, tuple(row))

    def _problem(self, line: int, problem: Problem) -> Iterator[Document | Problem]:
        """A row that could not be read takes its document with it, if that can still be told."""
        if problem.fatal:
            for document in self._open.values():
                document.problem = document.problem or problem
            yield from self._rest()
            yield problem
            return
        fields = problem.given
        if isinstance(fields, tuple) and (owner := self._owner(fields)):
            owner.problem = owner.problem or problem
            owner.lines.append(line)
            owner.rows.append(list(fields))
        else:
            self._handed_on += 1
            yield problem

    def _owner(self, fields: tuple[str, ...]) -> Document | None:
        if len(fields) <= max(self._columns):
            return None
        only = self._columns[0]
        return self._document(fields[only] if len(self._columns) == 1 else self._joined(fields))

    def _due(self) -> Iterator[Document]:
        """The oldest documents, as far as their window is over."""
        while self._open:
            oldest = next(iter(self._open.values()))
            if self._count - oldest.last <= self._window_rows:
                return
            yield from self._hand_on(oldest)

    def _too_much(self, present: Document) -> Iterator[Document]:
        """What does not fit in memory: the oldest, and a document that has no end itself."""
        if len(present.rows) > self._document_rows:
            yield from self._piece(present)
        while self._open and self._is_too_much():
            oldest = next(iter(self._open.values()))
            if oldest.key == present.key:
                yield from self._piece(oldest)
                return
            yield from self._hand_on(oldest)

    def _is_too_much(self) -> bool:
        oldest = next(iter(self._open.values()))
        return (
            self._count - self._handed_on > self._held_rows
            or self._characters_read() - oldest.began > HELD_CHARACTERS
        )

    def _piece(self, document: Document) -> Iterator[Document]:
        """What there is of a document that is too long, refused; what comes after will be too."""
        message = _("The document {key} has more than {limit} rows, or rows that are very long.")
        said = format_lazy(message, key=document.key, limit=self._document_rows)
        problem = document.problem or Problem(document.lines[0], "", "document.too_long", said)
        document.problem = problem
        self._open[document.key] = Document(
            document.key,
            document.part,
            problem=problem,
            last=document.last,
            began=self._characters_read(),
        )
        self._handed_on += len(document.rows)
        yield document

    def _hand_on(self, document: Document) -> Iterator[Document]:
        del self._open[document.key]
        self._handed_on += len(document.rows)
        if document.rows:
            yield document

    def _rest(self) -> Iterator[Document]:
        for document in list(self._open.values()):
            yield from self._hand_on(document)
