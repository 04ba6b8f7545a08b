"""`kantoor intake`: take in what the front office hands over, from files."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from kantoor.kernel.console.answers import Answers, Told
from kantoor.kernel.console.command import Command
from kantoor.kernel.console.words import _, said

if TYPE_CHECKING:
    from kantoor.kernel.intake.result import IntakeResult


def arguments(parser: ArgumentParser) -> None:
    """Which files, of whom, read how."""
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path)
    parser.add_argument(
        "--source", metavar="NAME", required=True, help=said(_("whose data it is, as: webshop"))
    )
    parser.add_argument(
        "--mapping", metavar="FILE.toml", type=Path, help=said(_("what the columns mean"))
    )


def run(answers: Answers, options: Namespace) -> int | None:
    """Take in each file; exit code 1 only where a file could not be read, or not to its end."""
    import msgspec

    from kantoor.kernel.intake.files import intake_file
    from kantoor.kernel.intake.result import IntakeResult

    actor = answers.actor()
    results: dict[str, IntakeResult] = {}
    for path in options.files:
        with answers.progress(path.name) as told:
            results[str(path)] = intake_file(
                actor, path, options.source, options.mapping, _progress(told)
            )
    found = list(results.values())
    total = {
        "received": sum(each.received for each in found),
        "accepted": sum(each.accepted for each in found),
        "duplicates": sum(each.duplicates for each in found),
        "rejected": sum(each.rejected for each in found),
        "seconds": round(sum(each.seconds for each in found), 3),
        "files": [{"file": name, **msgspec.to_builtins(each)} for name, each in results.items()],
    }
    answers.give(total, lambda: _tell(answers, results))
    return 1 if any(each.stopped for each in found) else None


def _progress(told: Told):  # type: ignore[no-untyped-def]
    return lambda result: told(result.received, None)


def _tell(answers: Answers, results: "dict[str, IntakeResult]") -> None:
    heads = [_("file"), _("received"), _("accepted"), _("duplicates"), _("rejected"), _("seconds")]
    rows = [
        [name, each.received, each.accepted, each.duplicates, each.rejected, f"{each.seconds:.1f}"]
        for name, each in results.items()
    ]
    answers.table([said(head) for head in heads], rows, right=" rrrrr")
    for each in results.values():
        for reason in each.reasons:
            print(f"  {reason.rows} × {reason.message}")
        if each.rejected_file:
            words = said(_("What was refused stands in {file}, with the reasons."))
            print(words.format(file=each.rejected_file))
        if each.stopped:
            print(f"  {said(_('line'))} {each.stopped.line}: {each.stopped.message}")


COMMANDS = (Command("intake", _("Take in front-office data from files"), run, arguments),)
