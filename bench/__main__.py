"""Runs the benchmarks of this folder, each in its own process: `python -m bench [--json] [NAME…]`.

A benchmark is a module here with `def run() -> list[Ratio]`. `KANTOOR_BENCH_POSTGRES` holds the
address of an empty PostgreSQL server, with its durability on, where this machine has one.
"""

import argparse
import dataclasses
import importlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.ratio import Ratio
from dev import machine, postgres

HERE = Path(__file__).parent
NOT_BENCHMARKS = {"__init__", "__main__", "ratio"}


def main(words: list[str]) -> int:
    """Run those named, or all; the exit code is 1 when one failed or missed what is wanted."""
    parser = argparse.ArgumentParser(prog="bin/bench", description="Benchmarks as ratios.")
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output")
    parser.add_argument("--into", help=argparse.SUPPRESS)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(found()))
    options = parser.parse_args(words)
    if unknown := set(options.names) - set(found()):
        parser.error(f"no benchmark {', '.join(sorted(unknown))}; there are {', '.join(found())}")
    if options.into:
        measure(options.names[0], Path(options.into))
        return 0
    with server():
        outcome = {name: in_own_process(name) for name in options.names or found()}
    print(as_json(outcome)) if options.json else show(outcome)
    return int(not all(ratios and all(r.ok for r in ratios) for ratios in outcome.values()))


def found() -> list[str]:
    """The benchmarks there are."""
    names = (file.stem for file in HERE.glob("*.py"))
    return sorted(name for name in names if name not in NOT_BENCHMARKS and name[0] != "_")


@contextmanager
def server() -> Iterator[None]:
    """A PostgreSQL server for the benchmarks, where there is one to start."""
    if "KANTOOR_BENCH_POSTGRES" in os.environ or machine.ensure(["postgres"]):
        yield
        return
    with postgres.server(durable=True) as url:
        os.environ["KANTOOR_BENCH_POSTGRES"] = url
        yield


def in_own_process(name: str) -> list[Ratio] | None:
    """The ratios of one benchmark, or None when it failed (its error is on standard error)."""
    print(f"Measuring {name}", file=sys.stderr, flush=True)
    with tempfile.NamedTemporaryFile(suffix=".json") as into:
        command = [sys.executable, "-m", "bench", "--into", into.name, name]
        if subprocess.run(command, stdout=sys.stderr).returncode:
            return None
        return [Ratio(**fields) for fields in json.load(into)]


def measure(name: str, into: Path) -> None:
    """Run one benchmark in this process and leave its ratios in a file."""
    ratios: list[Ratio] = importlib.import_module(f"bench.{name}").run()
    into.write_text(json.dumps([dataclasses.asdict(ratio) for ratio in ratios]))


def as_json(outcome: dict[str, list[Ratio] | None]) -> str:
    """Everything measured, with the ratios worked out."""
    rows = {
        name: [{**dataclasses.asdict(r), "ratio": r.ratio, "ok": r.ok} for r in ratios or []]
        for name, ratios in outcome.items()
    }
    return json.dumps({"benchmarks": rows, "failed": [n for n, r in outcome.items() if not r]})


def show(outcome: dict[str, list[Ratio] | None]) -> None:
    """The table a person reads."""
    table = Table("benchmark", "what")
    for heading in ("ours", "limit or peer", "unit", "ratio", "wanted", ""):
        table.add_column(heading, justify="left" if heading == "unit" else "right")
    for name, ratios in outcome.items():
        if not ratios:
            table.add_row(name, "FAILED: see above", "", "", "", "", "", "FAILED")
        for r in ratios or []:
            wanted = f"{'≥' if r.higher_is_better else '≤'} {r.wanted:g}"
            figures = (plain(r.ours), plain(r.peer), r.unit, f"{r.ratio:.2f}", wanted)
            table.add_row(name, r.name, *figures, "ok" if r.ok else "MISSED")
    Console(width=max(100, Console().width)).print(table)


def plain(figure: float) -> str:
    """Three digits at least, and never 4.6e+04."""
    return f"{figure:,.0f}" if figure >= 100 else f"{figure:.3g}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
