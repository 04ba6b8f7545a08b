"""`kantoor export ledger`: the whole ledger as text for another program."""

import sys
import time
from argparse import ArgumentParser, Namespace
from pathlib import Path

from kantoor.departments.finance.cli.reports import day
from kantoor.kernel.console.answers import Answers
from kantoor.kernel.console.command import Command
from kantoor.kernel.console.words import _, said


def arguments(parser: ArgumentParser) -> None:
    """In which form, and where to."""
    parser.add_argument(
        "--format",
        metavar="FORM",
        required=True,
        help=said(_("beancount, hledger, csv, xaf or saft")),
    )
    parser.add_argument(
        "--version",
        metavar="N",
        default="",
        help=said(_("version of xaf: 4.0, 3.2.1 or 3.2; of saft: 1.30 or 1.10")),
    )
    parser.add_argument(
        "--year", metavar="CODE", default="", help=said(_("fiscal year of an audit file"))
    )
    parser.add_argument("--from", metavar="D", type=day, dest="start", help=said(_("first day")))
    parser.add_argument("--until", metavar="D", type=day, dest="end", help=said(_("last day")))
    parser.add_argument(
        "--to",
        metavar="FILE",
        type=Path,
        help=said(_("write to this file, not to standard output")),
    )


def run(answers: Answers, options: Namespace) -> None:
    """Write the ledger piece by piece, however large it is."""
    from kantoor.departments.finance.exports.ledger import export_ledger

    pieces = export_ledger(
        answers.actor(),
        format=options.format,
        version=options.version,
        year=options.year,
        start=options.start,
        end=options.end,
    )
    if options.to is None:
        if answers.json:
            answers.give({"format": options.format, "text": "".join(pieces)})
        else:
            answers.give(None, lambda: sys.stdout.writelines(pieces))
        return
    began = time.perf_counter()
    # Made aside and then named, so that a broken export is never taken for a whole one.
    part = options.to.with_name(f".{options.to.name}.part")
    try:
        with part.open("w", encoding="utf-8", newline="") as file:
            file.writelines(pieces)
        part.replace(options.to)
    finally:
        part.unlink(missing_ok=True)
    size = options.to.stat().st_size
    seconds = round(time.perf_counter() - began, 3)
    answers.give(
        {"format": options.format, "file": str(options.to), "bytes": size, "seconds": seconds},
        lambda: print(f"{options.to}: {size} bytes"),
    )


COMMANDS = (
    Command("export ledger", _("Export the whole ledger"), run, arguments),
)  # fmt: skip
