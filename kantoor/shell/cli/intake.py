"""`kantoor intake`: take in what the front office hands over, from files."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from kantoor.kernel.console.answers import Answers, Told
from kantoor.kernel.console.command import Command
from kantoor.kernel.console.words import _, said

if TYPE_CHECKING:
    from kantoor.kernel.intake.result import IntakeResult

CONSOLE = "console"


def arguments(parser: ArgumentParser) -> None:
    """Which files, of whom, read how."""
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path)
    parser.add_argument(
        "--source", metavar="NAME", default="",
        help=said(_("whose data it is, as: webshop; found by the columns where only one fits")),
    )  # fmt: skip
    parser.add_argument(
        "--mapping", metavar="FILE.toml", type=Path, help=said(_("what the columns mean"))
    )


def run(answers: Answers, options: Namespace) -> int | None:
    """Take in each file; exit code 1 only where a file could not be read, or not to its end."""
    import msgspec

    from kantoor.kernel.errors import DomainError, Place
    from kantoor.kernel.intake.files import intake_file

    actor = answers.actor()
    results: dict[str, IntakeResult] = {}
    faults: list[dict[str, str]] = []
    for path in options.files:
        try:
            source = options.source or _source_of(path, options.mapping)
            with answers.progress(path.name) as told:
                taken = intake_file(actor, path, source, options.mapping, _progress(told))
        except DomainError as error:
            # The other files are taken in all the same.
            faults.append({"check": error.code, "where": str(path), "what": str(error)})
            continue
        results[str(path)] = taken
        if taken.stopped:
            where = ", ".join(filter(None, (str(path), str(Place(line=taken.stopped.line)))))
            faults.append(
                {"check": taken.stopped.code, "where": where, "what": taken.stopped.message}
            )
    found = list(results.values())
    total = {
        "received": sum(each.received for each in found),
        "accepted": sum(each.accepted for each in found),
        "duplicates": sum(each.duplicates for each in found),
        "rejected": sum(each.rejected for each in found),
        "seconds": round(sum(each.seconds for each in found), 3),
        "files": [{"file": name, **msgspec.to_builtins(each)} for name, each in results.items()],
        "faults": faults,
    }
    for fault in faults:
        answers.say(f"{fault['where']}: {fault['what']}")
    answers.give(total, lambda: _tell(answers, results) if results else None)
    return 1 if faults else None


def _source_of(path: Path, mapping: Path | None) -> str:
    """Whose data it is by its columns; events say so themselves."""
    from kantoor.kernel.errors import InvalidInput
    from kantoor.kernel.intake.events import mapping_of_source
    from kantoor.kernel.intake.handing_in import known_sources
    from kantoor.kernel.intake.mapping_files import load
    from kantoor.kernel.intake.problems import Problem
    from kantoor.kernel.intake.readers import open_table, sniff

    if mapping is not None:
        return load(mapping).name
    if sniff(path) != "csv":
        return CONSOLE  # events name their source, and what can't be read is refused anyway
    known = known_sources()
    fitting = [
        name for name in known if not isinstance(open_table(path, mapping_of_source(name)), Problem)
    ]
    if len(fitting) != 1:
        message = said(_("Say whose data it is, with --source: {known}."))
        raise InvalidInput(message.format(known=", ".join(known)))
    return fitting[0]


def _progress(told: Told) -> "Callable[[IntakeResult], None]":
    return lambda result: told(result.received, None)


def _tell(answers: Answers, results: "dict[str, IntakeResult]") -> None:
    from kantoor.kernel.errors import Place
    from kantoor.kernel.money import exponent
    from kantoor.kernel.ui.formats import money

    heads = [_("file"), _("received"), _("accepted"), _("duplicates"), _("rejected"), _("seconds")]
    rows = [
        [name, each.received, each.accepted, each.duplicates, each.rejected, f"{each.seconds:.1f}"]
        for name, each in results.items()
    ]
    answers.table([said(head) for head in heads], rows, right=" rrrrr")
    for each in results.values():
        for reason in each.reasons:
            place = str(Place(reason.field, reason.line))
            worth = money(reason.amount, exponent(each.currency), each.currency)
            amount = f" ({worth})" if reason.amount else ""
            print(f"  {reason.rows} × {f'{place}: ' if place else ''}{reason.message}{amount}")
        if each.rejected_file:
            words = said(_("What was refused stands in {file}, with the reasons."))
            print(words.format(file=each.rejected_file))


COMMANDS = (Command("intake", _("Take in front-office data from files"), run, arguments),)
