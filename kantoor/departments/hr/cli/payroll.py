"""`kantoor payroll compute`: wage tax for one or many cases, without a company."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from kantoor.kernel.console.answers import Answers
from kantoor.kernel.console.command import Command
from kantoor.kernel.console.words import _, said


def compute_arguments(parser: ArgumentParser) -> None:
    """Which file."""
    parser.add_argument("file", metavar="FILE.json", type=Path, help=said(_("a list of cases")))


def compute(answers: Answers, options: Namespace) -> None:
    """Wage tax and labour credit of each case, in cents; the first that can't be is refused."""
    from kantoor.departments.hr.reckoning.cases import computed, read_cases
    from kantoor.kernel.errors import InvalidInput

    try:
        with options.file.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise InvalidInput(f"{options.file}: {error.strerror or error}") from None
    cases = [computed(case) for case in read_cases(data)]

    def text() -> None:
        heads = [_("year"), _("wage"), _("age class"), _("wage tax"), _("labour credit")]
        rows = [
            [case.year, case.wage, case.age_class, case.wage_tax, case.labour_credit]
            for case in cases
        ]
        answers.table([said(head) for head in heads], rows, right="rr rr")

    answers.give({"cases": cases}, text)


MOST_BYTES = 64 * 1024 * 1024

COMMANDS = (
    Command(
        "payroll compute",
        _("Compute wage tax for one or many cases (amounts in cents)"),
        compute,
        compute_arguments,
        needs_company=False,
    ),
)
