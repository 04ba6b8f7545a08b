"""A whole file through the door: streamed, in batches that are committed one after another."""

import gc
import hashlib
import re
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.intake.door import receive
from kantoor.kernel.intake.events import from_taken, mapping_of_source
from kantoor.kernel.intake.incoming import Incoming
from kantoor.kernel.intake.mapping import Mapping
from kantoor.kernel.intake.mapping_files import load
from kantoor.kernel.intake.models import IntakeFile
from kantoor.kernel.intake.problems import Problem
from kantoor.kernel.intake.raw import EVENTS, ROWS, TAKE_IN
from kantoor.kernel.intake.readers import open_table, read_events, sniff
from kantoor.kernel.intake.rejected import RejectedFile
from kantoor.kernel.intake.result import IntakeResult, Stopped
from kantoor.kernel.intake.rows import Layout, from_document, from_problem
from kantoor.kernel.store.ids import take_ids
from kantoor.kernel.store.instants import now
from kantoor.kernel.store.lookup import fetch
from kantoor.kernel.store.models import insert_rows

BATCH_DOCUMENTS, BATCH_ROWS = 800, 20_000
"""What is committed at a time: as many documents, or fewer when they are long."""

_SOURCE = re.compile(r"[A-Za-z0-9\-._~:/?#@!$&'()*+,;=%]{1,200}", re.ASCII)

Progress = Callable[[IntakeResult], None]


class UnreadableFile(InvalidInput):
    """A file of which nothing could be taken in; `code` says what is wrong with it."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message, field=problem.field, line=problem.line)
        self.code = problem.code


def intake_file(
    actor: Actor,
    path: Path,
    source: str,
    mapping: Mapping | Path | None = None,
    progress: Progress | None = None,
) -> IntakeResult:
    """Take in a file of CloudEvents (NDJSON or a JSON array) or CSV, plain or gzip.

    A CSV file is read by its mapping, that of the source when none is given. May be ended at any
    moment and run again: what was accepted stays so and counts as a duplicate then. Raises
    UnreadableFile, NoMapping or MappingUnusable when nothing can be read.
    """
    if not _SOURCE.fullmatch(source):
        message = _("The name of a source has no spaces, and at most 200 characters.")
        raise InvalidInput(message, field="source")
    chosen = load(mapping) if isinstance(mapping, Path) else mapping
    kind = sniff(path)
    if isinstance(kind, Problem):
        raise UnreadableFile(kind)
    intake = _Intake(actor, path, source, progress)
    if kind == "csv":
        return intake.rows(chosen or mapping_of_source(source))
    return intake.events(chosen)


class _Intake:
    """One file under way."""

    def __init__(self, actor: Actor, path: Path, source: str, progress: Progress | None) -> None:
        self.actor, self.path, self.source, self.progress = actor, path, source, progress
        self.result = IntakeResult(currency=actor.currency)

    def rows(self, mapping: Mapping) -> IntakeResult:
        table = open_table(self.path, mapping)
        if isinstance(table, Problem):
            raise UnreadableFile(table)
        layout = Layout(mapping, tuple(table.csv.header), table.columns)
        return self._run(ROWS, self._documents(layout, table.documents()), layout)

    def events(self, mapping: Mapping | None) -> IntakeResult:
        return self._run(EVENTS, self._events(mapping), None)

    def _documents(self, layout: Layout, found: Iterable[object]) -> Iterator[Incoming]:
        for document in found:
            if not isinstance(document, Problem):
                yield from_document(self.source, layout, document)  # type: ignore[arg-type]
                continue
            if document.fatal:
                self._stop(document)
            if document.given or not document.fatal:
                yield from_problem(self.source, layout, document)

    def _events(self, mapping: Mapping | None) -> Iterator[Incoming]:
        def mapping_for(source: str) -> Mapping:
            return mapping or mapping_of_source(source)

        for place, taken in read_events(self.path):
            if isinstance(taken, Problem) and taken.fatal:
                self._stop(taken)
                continue
            yield from_taken(taken, place, self.source, mapping_for)

    def _stop(self, problem: Problem) -> None:
        self.result.stopped = Stopped(
            code=problem.code, message=str(problem.message), line=problem.line
        )

    def _run(self, form: str, documents: Iterator[Incoming], layout: Layout | None) -> IntakeResult:
        began = time.perf_counter()
        file_id = self._keep(layout)
        refused = RejectedFile(self.path)
        try:
            with _fewer_collections():
                for batch in _batches(documents):
                    verdicts = receive(self.actor, batch, form=form, file_id=file_id)
                    refused.add(verdicts)
                    self.result.add(verdicts)
                    self.result.seconds = time.perf_counter() - began
                    if self.progress:
                        self.progress(self.result)
        except BaseException:
            refused.abandon()
            raise
        self.result.rejected_file = refused.finish()
        self.result.seconds = time.perf_counter() - began
        return self.result

    def _keep(self, layout: Layout | None) -> int:
        with self.path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        return keep_file(
            self.actor,
            source=self.source,
            name=self.path.name[:255],
            size=self.path.stat().st_size,
            sha256=sha256,
            mapping=msgspec.json.encode(layout.mapping).decode() if layout else "",
            header=msgspec.json.encode(layout.header).decode() if layout else "",
        )


def _batches(documents: Iterable[Incoming]) -> Iterator[list[Incoming]]:
    batch: list[Incoming] = []
    rows = 0
    for document in documents:
        batch.append(document)
        rows += document.rows
        if len(batch) >= BATCH_DOCUMENTS or rows >= BATCH_ROWS:
            yield batch
            batch, rows = [], 0
    if batch:
        yield batch


@contextmanager
def _fewer_collections() -> Iterator[None]:
    """Look for garbage less often: a file's rows are many small lists, and none is in a circle."""
    before = gc.get_threshold()
    gc.set_threshold(200_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)


@action(permission=TAKE_IN, title=_("Keep a file that was handed in"), hidden=True)
def keep_file(
    actor: Actor, /, *, source: str, name: str, size: int, sha256: str, mapping: str, header: str
) -> int:
    """Note a file before its content is worked on; the same file again is the row there is."""
    told = f"{source}\n{sha256}\n{mapping}\n{header}"
    key = hashlib.sha256(told.encode()).hexdigest()
    known = fetch(
        "SELECT id FROM kernel_intake_file WHERE company_id = %s AND key = %s",
        [actor.company_id, key],
    )
    if known:
        return int(known[0][0])
    row = take_ids(IntakeFile, 1)
    columns = (source, name, size, sha256, key, mapping, header, actor.user_id, now())
    insert_rows(IntakeFile, [(row, actor.company_id, *columns)])
    concerns(f"kernel.intake_file/{row}")
    return row
