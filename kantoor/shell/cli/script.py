"""From the words on the command line to a command's exit code: 0 done, 1 refused, 2 wrong usage."""

import os
import sys
from argparse import SUPPRESS, ArgumentParser, Namespace
from collections.abc import Sequence
from typing import Any, NoReturn

from kantoor.kernel.console.answers import Answers, Fault, json_faults
from kantoor.kernel.console.command import Command
from kantoor.kernel.console.words import _, said
from kantoor.shell.cli.collected import GROUPS, commands

DONE, REFUSED, MISUSED, STOPPED = 0, 1, 2, 130


def main(words: Sequence[str] | None = None) -> int:
    """Perform one command and give its exit code."""
    answers = Answers(json="--json" in (sys.argv[1:] if words is None else words))
    try:
        return _perform(answers, _parser().parse_args(words))
    except _Misuse as misuse:
        return _misused(answers, str(misuse))
    except SystemExit as stop:  # argparse printed the help
        return int(stop.code or 0)
    except KeyboardInterrupt:
        refuse(answers, Fault("stopped", "", said(_("Stopped; nothing is half done."))))
        return STOPPED
    except BrokenPipeError:  # the reader of our output is gone, as with `| head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return REFUSED


def _perform(answers: Answers, options: Namespace) -> int:
    command: Command | None = getattr(options, "command", None)
    if command is None:
        _parser().print_help(sys.stderr)
        return _misused(answers, said(_("Name a command; “kantoor --help” lists them.")))
    if data := getattr(options, "data", ""):
        os.environ["KANTOOR_DATA"] = data
    answers.json = getattr(options, "json", False)
    answers.company = getattr(options, "in_company", "")
    if not command.needs_django:
        return command.run(answers, options) or DONE
    from kantoor.shell.cli.ground import perform_on_django

    return perform_on_django(command, answers, options)


class _Misuse(Exception):
    """The words on the command line are no command; how it is used has been printed."""


class _Parser(ArgumentParser):
    """Leaves it to us to end, so that `--json` gets its object here too.

    A command takes its options before, between and behind what it is about: by itself argparse
    has done with what is left out once an option follows (`do ACTION --as USER JSON`).
    """

    _mixed = False

    def parse_known_args(  # type: ignore[override]
        self, args: Sequence[str] | None = None, namespace: Namespace | None = None
    ) -> tuple[Namespace, list[str]]:
        if self._mixed or self._subparsers is not None:
            return super().parse_known_args(args, namespace)
        self._mixed = True
        try:
            return self.parse_known_intermixed_args(args, namespace)
        finally:
            self._mixed = False

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        print(f"{self.prog}: {message}", file=sys.stderr)
        raise _Misuse(message)


def _misused(answers: Answers, message: str) -> int:
    if answers.json:
        print(json_faults([Fault("usage", "", message)]))
    return MISUSED


def refuse(answers: Answers, *faults: Fault) -> int:
    """Say why a command was refused: a line each, and the object when one was asked for."""
    for fault in faults:
        answers.say(f"{fault.where}: {fault.what}" if fault.where else fault.what)
    if answers.json and not answers.given:
        print(json_faults(faults))
    return REFUSED


def _parser() -> ArgumentParser:
    parser = _Parser(prog="kantoor", description=said(_("The back office of a company.")))
    parser.add_argument("--version", action="version", version=_version())
    _common(parser)
    inside = parser.add_subparsers(metavar=said(_("COMMAND")), title=said(_("commands")))
    groups: dict[str, Any] = {}
    for command in commands():
        first, _space, second = command.name.partition(" ")
        if second and first not in groups:
            group = inside.add_parser(first, help=said(GROUPS.get(first, "")))
            groups[first] = group.add_subparsers(metavar=said(_("WHAT")), required=True)
        place = groups[first] if second else inside
        _add(place, second or first, command)
    return parser


def _add(place: Any, name: str, command: Command) -> None:
    help_text = said(command.help)
    parser: ArgumentParser = place.add_parser(
        name, help=help_text, description=help_text, conflict_handler="resolve"
    )
    _common(parser)  # first, since `init` has a --company of its own
    command.arguments(parser)
    parser.set_defaults(command=command)


def _common(parser: ArgumentParser) -> None:
    """Options that may stand before and after the command."""
    parser.add_argument(
        "--data",
        metavar="DIR",
        default=SUPPRESS,
        help=said(_("data folder; else $KANTOOR_DATA, else ./kantoor-data")),
    )
    parser.add_argument(
        "--json",
        action="store_true",
        default=SUPPRESS,
        help=said(_("print one JSON object")),
    )
    parser.add_argument(
        "--company",
        metavar="NAME",
        dest="in_company",
        default=SUPPRESS,
        help=said(_("which company, where there are several")),
    )


def _version() -> str:
    from kantoor import __version__

    return f"kantoor {__version__}"
