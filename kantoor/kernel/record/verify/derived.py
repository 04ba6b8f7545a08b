"""Tables that follow from others, by the provers that their departments registered."""

import logging
import sqlite3
from collections.abc import Callable, Iterable

from django.db import DatabaseError

from kantoor.kernel.record.verify.provers import Fault, provers
from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.tables import kept_models

log = logging.getLogger(__name__)

PROVED_BY_THE_CHAIN = ("kernel_record", "kernel_change", "kernel_head")


def derived_tables() -> list[str]:
    """The tables that need a prover."""
    found = [m._meta.db_table for m in kept_models() if getattr(m, "kept", None) is Kept.DERIVED]
    return [table for table in found if table not in PROVED_BY_THE_CHAIN]


def undecodable(reason: Exception) -> bool:
    """Whether a cell held text that is no text (SQLite keeps in any column what it is given)."""
    if isinstance(reason, UnicodeDecodeError):
        return True
    ours = isinstance(reason, (sqlite3.OperationalError, DatabaseError))
    return ours and "decode" in str(reason).lower()


def prove_derived(
    tables: Iterable[str], found: Callable[[Fault], None], *, any_text: bool = False
) -> None:
    """Run the provers of these tables.

    A cell that can't be decoded ends it, unless all text is read in some way (`any_text`).
    """
    known = provers()
    for table in tables:
        if table not in known:
            found(Fault("derived", table, "nothing proves this table: it has no prover"))
            continue
        try:
            for fault in known[table]():
                found(fault)
        except Exception as reason:
            if undecodable(reason) and not any_text:
                raise
            # A database that was tampered with can break any assumption of a prover.
            log.exception("the prover of %s failed", table)
            found(Fault("derived", table, f"can't be proved: {reason}"))
