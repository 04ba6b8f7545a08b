"""`kantoor report cases`: how many were opened, handed on, reopened and solved."""

from argparse import ArgumentParser, Namespace
from datetime import date

from kantoor.kernel.console.answers import Answers
from kantoor.kernel.console.command import Command
from kantoor.kernel.console.words import _, said


def arguments(parser: ArgumentParser) -> None:
    """Which cases: of a front office, opened from a day and until another."""
    parser.add_argument("--source", default="", help=said(_("those that came in from it")))
    parser.add_argument("--from", dest="since", type=date.fromisoformat, metavar="D")
    parser.add_argument("--to", dest="until", type=date.fromisoformat, metavar="D")


def figures(answers: Answers, options: Namespace) -> None:
    """The counts, and how many clocks were met and missed."""
    from kantoor.departments.ict.queries.cases.figures import case_figures

    found = case_figures(
        answers.actor(), source=options.source, since=options.since, until=options.until
    )

    def text() -> None:
        rows = [[name.replace("_", " "), getattr(found, name)] for name in found.__struct_fields__]
        answers.table(["", ""], [row for row in rows if isinstance(row[1], int)], right=" r")

    answers.give(found, text)


COMMANDS = (Command("report cases", _("Cases of the service desk"), figures, arguments),)
