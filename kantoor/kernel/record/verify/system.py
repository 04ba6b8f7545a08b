"""Verify the whole system: the record, every table against it, and what follows from them."""

import logging
import sqlite3
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from django.db import DatabaseError, connection

from kantoor.kernel.record.layouts import layout_from, recorded_models
from kantoor.kernel.record.verify.chain import Chain, ChainReader, Report, Written
from kantoor.kernel.record.verify.derived import derived_tables, prove_derived, undecodable
from kantoor.kernel.record.verify.django_tables import prove_migrations, prove_sequences
from kantoor.kernel.record.verify.heads import handed_out, head_fits, present_head, signed_heads
from kantoor.kernel.record.verify.passing import passing_table
from kantoor.kernel.record.verify.provers import Fault
from kantoor.kernel.record.verify.rows import Table, prove_rows
from kantoor.kernel.record.verify.schema import Columns, check_schema, columns_here
from kantoor.kernel.record.verify.stored import prove_files
from kantoor.kernel.store.raw import run
from kantoor.kernel.store.stream import snapshot
from kantoor.kernel.store.tables import Layout, kept_models, layout_of

log = logging.getLogger(__name__)

MOST_FAULTS = 10_000
"""Faults that are kept; of a database that is wrong throughout the rest tells nothing new."""


@dataclass
class Verification:
    """What `verify` found: `checked` is how many rows (or files) of what, `seconds` how long."""

    ok: bool = True
    checked: dict[str, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    seconds: float = 0.0
    more_faults: int = 0
    """Those found beyond MOST_FAULTS."""
    orphan_files: int = 0
    """Contents of files that no row refers to; transactions that failed leave them behind."""

    @property
    def rows(self) -> int:
        """How many rows were checked in all."""
        return sum(self.checked.values())


def verify(
    progress: Report | None = None,
    *,
    tables: Collection[str] | None = None,
    against: Sequence[str] = (),
    verifier: str = "",
) -> Verification:
    """Prove the whole system against its record; changes nothing and stops nobody.

    `progress` is told now and then how many rows of a table were checked. `tables` keeps it to
    some (the record itself is always read). `against` are heads handed out earlier (their text),
    signed by the key in `verifier` or else by the installation's own.
    """
    asked = (progress or _silent, tables, against, verifier)
    try:
        return _Verifier(*asked).verify()
    except (sqlite3.OperationalError, DatabaseError, UnicodeDecodeError) as reason:
        if connection.vendor != "sqlite" or not undecodable(reason):
            raise
    # A cell with text that is no text: read it some other way, so that its row is named.
    driver = connection.connection
    assert driver is not None
    usual, driver.text_factory = driver.text_factory, _any_text
    try:
        return _Verifier(*asked, any_text=True).verify()
    finally:
        driver.text_factory = usual


def verify_against(head_note: str, *, verifier: str = "") -> Verification:
    """Compare the record with a head handed out earlier, and nothing else."""
    return verify(tables=(), against=[head_note], verifier=verifier)


def _silent(_table: str, _rows: int) -> None:
    pass


def _any_text(cell: bytes) -> str:
    return cell.decode("utf-8", "backslashreplace")


class _Verifier:
    def __init__(
        self,
        progress: Report,
        tables: Collection[str] | None,
        against: Sequence[str],
        verifier: str,
        *,
        any_text: bool = False,
    ) -> None:
        self.any_text = any_text
        self.progress = progress
        self.tables = tables
        self.against = against
        self.verifier = verifier
        self.result = Verification()

    def verify(self) -> Verification:
        began = time.perf_counter()
        with snapshot():
            here = columns_here()
            check_schema(here, self.found)
            layouts = self._layouts(here)
            chain = self._chain(layouts)
            self._rows(here, layouts, chain)
            self._rest(here, chain)
        result = self.result
        result.ok = not result.faults
        result.seconds = time.perf_counter() - began
        return result

    def found(self, fault: Fault) -> None:
        if len(self.result.faults) < MOST_FAULTS:
            self.result.faults.append(fault)
        else:
            self.result.more_faults += 1

    def _asked(self, table: str) -> bool:
        return self.tables is None or table in self.tables

    def _layouts(self, here: Columns) -> dict[str, Layout]:
        """The layouts in `kernel_layout`: each is named by the hash of what it says."""
        found = {}
        if "kernel_layout" not in here:
            return {}
        for row, key, table, columns in run(
            "SELECT id, key, tablename, columns FROM kernel_layout ORDER BY id"
        ):
            try:
                layout = layout_from(table, columns)
                fits = layout.key == key
            except (ValueError, TypeError):
                fits = False
            if fits:
                found[str(key)] = layout
            else:
                where = f"kernel_layout row {row}"
                self.found(Fault("record", where, "isn't the layout that its key is of"))
        return found

    def _chain(self, layouts: dict[str, Layout]) -> Chain:
        head = present_head(self.found)
        points = signed_heads(self.found)
        points += handed_out(self.against, self.verifier, self.found)
        sealed = head.size if head is not None and head.sealed else None
        chain = ChainReader(self.found, layouts, points, sealed, self.progress).read()
        head_fits(head, chain, self.found)
        checked = self.result.checked
        checked["kernel_record"], checked["kernel_change"] = chain.records, chain.changes
        checked["kernel_head"] = int(head is not None)
        return chain

    def _rows(self, here: Columns, layouts: dict[str, Layout], chain: Chain) -> None:
        present = {layout.table: layout for layout in map(layout_of, recorded_models())}
        for name in sorted({*present, *chain.tables}):
            if not self._asked(name):
                continue
            written = chain.tables.get(name, Written())
            layout = present.get(name) or _latest_layout(written, layouts)
            if name not in here or layout is None:
                self.found(Fault("rows", name, "the record speaks of a table there isn't"))
                continue
            if not set(layout.columns) <= here[name]:
                continue  # The missing column is named already.
            table = Table(layout, layouts, written, here[name])
            self.progress(name, 0)
            self.result.checked[name] = prove_rows(table, self.found, self.progress)

    def _rest(self, here: Columns, chain: Chain) -> None:
        checked = self.result.checked
        derived = [table for table in derived_tables() if self._asked(table) and table in here]
        for table in derived:
            self.progress(table, 0)
            quoted = connection.ops.quote_name(table)
            checked[table] = run(f"SELECT count(*) FROM {quoted}")[0][0]  # noqa: S608
        prove_derived(derived, self.found, any_text=self.any_text)
        if self._asked("kernel_file") and "kernel_file" in here:
            files = prove_files(self.found)
            checked["files"], self.result.orphan_files = files.checked, files.orphans
        if self._asked("django_migrations"):
            checked["django_migrations"] = prove_migrations(self.found)
        if self._asked("sqlite_sequence") and (
            counters := prove_sequences(chain.tables, self.found)
        ):
            checked["sqlite_sequence"] = counters
        for table in sorted(set(here) - _known(chain)):
            if not passing_table(table):
                self.found(Fault("schema", table, "the table is unknown to Kantoor"))


def _latest_layout(written: Written, layouts: dict[str, Layout]) -> Layout | None:
    """The last known layout of a table whose department is not installed."""
    known = [layout for key, layout in layouts.items() if key in written.layouts]
    return known[-1] if known else None


def _known(chain: Chain) -> set[str]:
    tables = {model._meta.db_table for model in kept_models() if hasattr(model, "kept")}
    return {*tables, *chain.tables, "django_migrations", "sqlite_sequence"}
