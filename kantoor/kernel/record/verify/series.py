"""The prover of `kernel_series`: the counters against the numbers that the rows have."""

from collections.abc import Iterator

from kantoor.kernel.numbering.numbers import series_in_use
from kantoor.kernel.record.verify.provers import Fault, prover
from kantoor.kernel.store.raw import run


@prover("kernel_series")
def series() -> Iterator[Fault]:
    """Each counter stands at the last number in use, and its numbers run from 1 without a gap."""
    counters = dict(run("SELECT key, last FROM kernel_series"))
    for key, first, last, count in series_in_use():
        where = f"kernel_series row {key}"
        if key not in counters:
            yield Fault("numbers", where, f"is missing: numbers up to {last} are in use")
            continue
        counter = counters.pop(key)
        if counter != last:
            yield Fault("numbers", f"{where} column last", f"is {counter}, the last number {last}")
        if first != 1 or count != last - first + 1:
            what = f"has gaps: {count} numbers from {first} to {last}"
            yield Fault("numbers", where, what)
    for key in sorted(counters, key=str):
        yield Fault("numbers", f"kernel_series row {key}", "counts numbers that nothing has")
