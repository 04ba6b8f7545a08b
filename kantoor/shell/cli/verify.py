"""`kantoor verify`: prove the whole system against its record."""

from argparse import ArgumentParser, Namespace
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from kantoor.kernel.console.answers import Answers
from kantoor.kernel.console.command import Command
from kantoor.kernel.console.words import _, said

if TYPE_CHECKING:
    from kantoor.kernel.record.verify.system import Verification

SHOWN = 50
"""Faults that a person is shown; `--json` gives them all."""


def arguments(parser: ArgumentParser) -> None:
    """Heads handed out earlier, and whose key they were signed with."""
    parser.add_argument(
        "--against", metavar="HEAD", action="append", default=[],
        help=said(_("a signed head handed out earlier (file, or - for standard input)")),
    )  # fmt: skip
    parser.add_argument(
        "--key", metavar="TEXT", default="",
        help=said(_("public key that the head was signed with; else the installation's own")),
    )  # fmt: skip
    parser.add_argument(
        "--table", metavar="NAME", action="append", default=None,
        help=said(_("keep it to this table; the record itself is always read")),
    )  # fmt: skip


def run(answers: Answers, options: Namespace) -> int:
    """Verify; exit code 1 when a fault was found."""
    import msgspec

    from kantoor.kernel.record.verify.system import verify

    against = [_text(name) for name in options.against]
    read: Counter[str] = Counter()
    with answers.progress(said(_("Proving"))) as told:

        def progress(table: str, rows: int) -> None:
            read[table] = rows
            told(read.total(), None)

        found = verify(progress, tables=options.table, against=against, verifier=options.key)
    answers.give(msgspec.to_builtins(found, enc_hook=str), lambda: _tell(answers, found))
    return 0 if found.ok else 1


def _text(name: str) -> str:
    import sys

    return sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8")


def _tell(answers: Answers, found: "Verification") -> None:
    rows = [[name, count] for name, count in sorted(found.checked.items()) if count]
    answers.table([said(_("what")), said(_("proved"))], rows, right=" r")
    for fault in found.faults[:SHOWN]:
        print(f"{fault.where}: {fault.what}")
    count = len(found.faults) + found.more_faults
    if count > SHOWN:
        print(said(_("… and {n} more.")).format(n=count - SHOWN))
    rate = found.rows / found.seconds if found.seconds else 0
    if found.ok:
        words = _(
            "All is as the record says: {rows} rows in {seconds:.1f} s ({rate:.0f} a second)."
        )
    else:
        words = _("{n} faults in {rows} rows ({seconds:.1f} s).")
    print(said(words).format(n=count, rows=found.rows, seconds=found.seconds, rate=rate))


COMMANDS = (
    Command("verify", _("Prove everything against the record"), run, arguments, as_it_is=True),
)  # fmt: skip
