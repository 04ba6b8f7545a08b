"""Provers: a department computes a derived table anew and names every row that differs.

A table of `Kept.DERIVED` follows from other tables, so the record holds nothing of it; its prover
is what stands in the record's place. To add one: write a generator of faults in the department's
`proofs.py` (found by its name), and decorate it. It only reads, and sees one moment throughout.

    @prover("finance_balance")
    def balances() -> Iterator[Fault]: ...
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """Something that isn't as the record says.

    `check` is the check that found it (`rows`, `record`, `derived`, `files` …), `where` is the
    place (`finance_line row 12`, `finance_balance row 3/7/0 column debit`), `what` a sentence.
    """

    check: str
    where: str
    what: str


Prover = Callable[[], Iterator[Fault]]
_provers: dict[str, Prover] = {}


def prover(table: str) -> Callable[[Prover], Prover]:
    """Register the function that proves a derived table; it yields a fault for each wrong row."""

    def note(function: Prover) -> Prover:
        known = _provers.get(table)
        same = known is None or known.__module__ == function.__module__
        assert same, f"two provers for {table}"
        _provers[table] = function
        return function

    return note


def provers() -> dict[str, Prover]:
    """The provers by the table they prove, in order of name."""
    return {table: _provers[table] for table in sorted(_provers)}
