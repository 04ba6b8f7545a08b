"""`kantoor import bank`: take in bank statements, each file by itself."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from kantoor.kernel.console.answers import Answers
from kantoor.kernel.console.command import Command
from kantoor.kernel.console.words import _, said

if TYPE_CHECKING:
    from kantoor.departments.finance.actions.banking.handing_in import FileAnswer


def arguments(parser: ArgumentParser) -> None:
    """Which files, and what to let pass."""
    parser.add_argument(
        "files", metavar="FILE", type=Path, nargs="+",
        help=said(_("CAMT.053, MT940, OFX or a bank's CSV; plain or gzip")),
    )  # fmt: skip
    parser.add_argument(
        "--account", metavar="CODE", default="",
        help=said(_("the bank account that they must be of; else their IBAN says")),
    )  # fmt: skip
    parser.add_argument(
        "--mapping", metavar="NAME", default="", help=said(_("which bank's CSV it is"))
    )
    parser.add_argument(
        "--lenient", action="store_true",
        help=said(_("take in with a warning what doesn't add up or has a gap")),
    )  # fmt: skip
    parser.add_argument(
        "--known-only", action="store_true",
        help=said(_("refuse accounts that aren't known, instead of adding them")),
    )  # fmt: skip


def run(answers: Answers, options: Namespace) -> int:
    """Take in each file; exit code 1 when one was refused."""
    from kantoor.departments.finance.actions.banking.handing_in import take_in_path

    actor = answers.actor()
    found: list[FileAnswer] = []
    with answers.progress("bank") as told:
        for n, path in enumerate(options.files):
            told(n, len(options.files))
            found.append(
                take_in_path(
                    actor,
                    path,
                    account=options.account,
                    mapping=options.mapping,
                    lenient=options.lenient,
                    open_accounts=not options.known_only,
                )
            )
    failed = sum(not each.ok for each in found)
    result = {"files": found, "ok": len(found) - failed, "failed": failed}
    answers.give(result, lambda: _print(found))
    return 1 if failed else 0


def _print(found: "list[FileAnswer]") -> None:
    for each in found:
        for error in each.errors:
            print(f"{each.file}: {error.message} ({error.rule})")
        for warning in each.warnings:
            print(f"{each.file}: {warning.message} ({warning.rule})")
        if each.ok:
            words = said(_("{file}: {form}, {statements} statements with {lines} new lines"))
            print(
                words.format(
                    file=each.file, form=each.what, statements=each.statements, lines=each.lines
                )
            )


COMMANDS = (Command("import bank", _("Take in bank statements"), run, arguments),)
