"""`kantoor report budget`: what was planned, what came of it, and last year."""

from argparse import ArgumentParser, Namespace

from kantoor.departments.finance.cli.reports import span
from kantoor.kernel.console.answers import Answers
from kantoor.kernel.console.command import Command
from kantoor.kernel.console.words import _, said


def arguments(parser: ArgumentParser) -> None:
    """From when to when, and for which value of a dimension."""
    span(parser)
    parser.add_argument(
        "--dimension", metavar="CODE=VALUE", default="", help=said(_("lines with this value alone"))
    )


def comparison(answers: Answers, options: Namespace) -> None:
    """Budget, actual, the difference and last year, account by account."""
    from kantoor.departments.finance.cli.reports import amounts_in
    from kantoor.departments.finance.queries.budgets.comparison import budget_comparison

    found = budget_comparison(
        answers.actor(), start=options.start, end=options.end, dimension=options.dimension
    )
    show = amounts_in(found.currency)

    def text() -> None:
        table = [
            [
                row.account, row.name,
                *map(show, (row.budget, row.actual, row.difference)),
                "" if row.percentage is None else f"{row.percentage} %",
                show(row.last_year),
            ]
            for row in found.rows
        ]  # fmt: skip
        sums = (found.budget, found.actual, found.actual - found.budget)
        table.append(["", said(_("result")), *map(show, sums), "", show(found.last_year)])
        heads = ["", _("account"), _("budget"), _("actual"), _("difference"), "%", _("last year")]
        answers.table([said(head) if head else "" for head in heads], table, right="  rrrrr")

    answers.give(found, text)


COMMANDS = (Command("report budget", _("Budget and actual"), comparison, arguments),)
