"""Tables that follow from others, by the provers that their departments registered."""

import logging
from collections.abc import Callable, Iterable

from kantoor.kernel.record.verify.provers import Fault, provers
from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.tables import kept_models

log = logging.getLogger(__name__)

PROVED_BY_THE_CHAIN = ("kernel_record", "kernel_change", "kernel_head")


def derived_tables() -> list[str]:
    """The tables that need a prover."""
    found = [m._meta.db_table for m in kept_models() if getattr(m, "kept", None) is Kept.DERIVED]
    return [table for table in found if table not in PROVED_BY_THE_CHAIN]


def prove_derived(tables: Iterable[str], found: Callable[[Fault], None]) -> None:
    """Run the provers of these tables."""
    known = provers()
    for table in tables:
        if table not in known:
            found(Fault("derived", table, "nothing proves this table: it has no prover"))
            continue
        try:
            for fault in known[table]():
                found(fault)
        except Exception as reason:
            # A database that was tampered with can break any assumption of a prover.
            log.exception("the prover of %s failed", table)
            found(Fault("derived", table, f"can't be proved: {reason}"))
