"""`kantoor import employees`: hire everybody on a CSV list, all or none."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from kantoor.kernel.console.answers import Answers
from kantoor.kernel.console.command import Command
from kantoor.kernel.console.words import _, said

MOST_BYTES = 64 * 2**20


def arguments(parser: ArgumentParser) -> None:
    """Which file."""
    parser.add_argument(
        "file", metavar="FILE", type=Path,
        help=said(_("a CSV file; its first line names the columns, such as name;start;hours_mon")),
    )  # fmt: skip


def run(answers: Answers, options: Namespace) -> int:
    """Take in the file; exit code 1, with a line for each cell that is wrong, when refused."""
    from kantoor.departments.hr.actions.people.hiring import take_in_employees
    from kantoor.kernel.errors import InvalidInput

    actor = answers.actor()
    try:
        if options.file.stat().st_size > MOST_BYTES:
            raise InvalidInput(said(_("The file is larger than 64 MB; split it.")))
        text = options.file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InvalidInput(error.strerror or str(error)) from None
    except UnicodeDecodeError:
        raise InvalidInput(said(_("The file is not UTF-8 text; save it as CSV UTF-8."))) from None
    codes = take_in_employees(actor, rows=text)
    answers.give({"hired": len(codes)}, lambda: print(len(codes)))
    return 0


COMMANDS = (
    Command("import employees", _("Take in a CSV list of employees, all or none"), run, arguments),
)
