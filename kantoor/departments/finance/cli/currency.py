"""`kantoor import rates`, and `kantoor report consolidated-balance-sheet`."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from kantoor.kernel.console.answers import Answers
from kantoor.kernel.console.command import Command
from kantoor.kernel.console.words import _, said


def rate_files(parser: ArgumentParser) -> None:
    """Which files of rates."""
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path)
    parser.add_argument(
        "--replace", action="store_true", help=said(_("replace rates that a file says otherwise"))
    )


def import_rates(answers: Answers, options: Namespace) -> int | None:
    """Take in each file whole; exit code 1 where one was refused."""
    from kantoor.departments.finance.actions.currency.rates import import_rate_file
    from kantoor.kernel.errors import DomainError

    actor = answers.actor()
    files: list[dict[str, object]] = []
    for path in options.files:
        row: dict[str, object] = {"file": str(path), "ok": True, "what": "rates", "errors": []}
        try:
            kept = import_rate_file(actor, path, options.replace)
            row |= {"added": kept.added, "replaced": kept.replaced, "known": kept.known}
        except (DomainError, OSError) as error:
            code = getattr(error, "code", "file")
            row |= {"ok": False, "errors": [{"rule": code, "message": str(error)}]}
        files.append(row)
    failed = sum(not each["ok"] for each in files)

    def text() -> None:
        for each in files:
            if each["ok"]:
                words = said(_("{file}: {added} new rates, {known} known already"))
                print(words.format(**each))
            else:
                print(f"{each['file']}: {each['errors'][0]['message']}")  # type: ignore[index]

    answers.give({"files": files, "ok": len(files) - failed, "failed": failed}, text)
    return 1 if failed else None


def of_group(parser: ArgumentParser) -> None:
    """Of which group, on which day."""
    from kantoor.departments.finance.cli.reports import on_day

    parser.add_argument("--group", metavar="CODE", required=True, help=said(_("the group's code")))
    on_day(parser)


def consolidated(answers: Answers, options: Namespace) -> None:
    """The consolidated balance sheet and results, by member."""
    from kantoor.departments.finance.queries.groups.consolidation import consolidated_statements
    from kantoor.kernel.money import exponent
    from kantoor.kernel.ui.formats import amount

    found = consolidated_statements(answers.actor(), group=options.group, on=options.on)
    digits = exponent(found.currency)

    def text() -> None:
        rows = [
            [
                line.name,
                *(amount(each, digits) for each in (*line.members, line.eliminated, line.total)),
            ]
            for line in (*found.balance_sheet, *found.profit_and_loss)
        ]
        heads = ["", *found.companies, said(_("eliminated")), found.currency]
        answers.table(heads, rows, right=" " + "r" * (len(heads) - 1))

    answers.give(found, text)


COMMANDS = (
    Command(
        "import rates",
        _("Rates of exchange of the European Central Bank"),
        import_rates,
        rate_files,
    ),
    Command(
        "report consolidated-balance-sheet", _("The statements of a group"), consolidated, of_group
    ),
)
