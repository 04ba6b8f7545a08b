"""Stored files against the hashes of their content."""

from collections.abc import Callable
from dataclasses import dataclass

from kantoor.kernel.files.content import Content, kept, measure, path_of
from kantoor.kernel.record.verify.provers import Fault
from kantoor.kernel.store.raw import run
from kantoor.kernel.store.stream import stream


@dataclass
class Files:
    """How many contents were read, and how many lie there without a row."""

    checked: int = 0
    orphans: int = 0


def prove_files(found: Callable[[Fault], None]) -> Files:
    """Read every stored file and compare its content with its hash and size."""
    result = Files()
    last = ""
    sql = "SELECT id, sha256, size, erased_at IS NULL FROM kernel_file ORDER BY sha256, id"
    content: Content | None = None
    for key, digest, size, kept_on in stream(sql):
        where = f"kernel_file row {key}"
        if digest != last:
            last = digest
            result.checked += 1
            content = _content(digest)
        if content is None:
            if kept_on:
                found(Fault("files", where, "its content is missing, or can't be read"))
        elif content.sha256 != digest:
            found(Fault("files", where, "its content was changed"))
        elif content.size != size:
            found(Fault("files", f"{where} column size", f"is {size}, not {content.size}"))
    result.orphans = _orphans()
    return result


def _content(digest: object) -> Content | None:
    try:
        return measure(path_of(str(digest)))
    except AssertionError:
        return None


def _orphans() -> int:
    """Contents without a row: left by transactions that failed, no fault."""
    return sum(
        not run("SELECT 1 FROM kernel_file WHERE sha256 = %s LIMIT 1", [digest])
        for digest in kept()
    )
