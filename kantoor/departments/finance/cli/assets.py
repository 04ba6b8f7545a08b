"""`kantoor report assets` and `report asset-movements`: the register, and what it moved."""

from argparse import ArgumentParser, Namespace

from kantoor.departments.finance.cli.reports import span
from kantoor.kernel.console.answers import Answers
from kantoor.kernel.console.command import Command
from kantoor.kernel.console.words import _, said


def of_category(parser: ArgumentParser) -> None:
    """Which category."""
    parser.add_argument(
        "--category", metavar="CODE", default="", help=said(_("this category alone"))
    )


def register(answers: Answers, options: Namespace) -> None:
    """Every asset in the books with what it cost, lost and stands for."""
    from kantoor.departments.finance.cli.reports import amounts_in
    from kantoor.departments.finance.queries.assets.register import assets

    actor, cursor, rows = answers.actor(), "", []
    while True:
        page = assets(actor, category=options.category, cursor=cursor, limit=1000)
        rows += page.rows
        if not (cursor := page.next_cursor):
            break
    show = amounts_in(actor.currency)

    def text() -> None:
        table = [
            [
                row.number,
                row.name,
                row.category,
                *map(show, (row.cost, row.accumulated, row.book_value)),
            ]
            for row in rows
        ]
        heads = [
            _("number"),
            _("name"),
            _("category"),
            _("cost"),
            _("depreciation"),
            _("book value"),
        ]
        answers.table([said(head) for head in heads], table, right="   rrr")

    answers.give({"currency": actor.currency, "assets": rows}, text)


def movements(answers: Answers, options: Namespace) -> None:
    """Opening, additions, disposals, depreciation and closing by category, proved by the ledger."""
    from kantoor.departments.finance.cli.reports import amounts_in
    from kantoor.departments.finance.queries.assets.movements import asset_movements

    found = asset_movements(answers.actor(), start=options.start, end=options.end)
    show = amounts_in(found.currency)

    def text() -> None:
        table = [
            [each.category, each.name or said(_("total")), *map(show, (
                each.opening, each.acquired + each.revalued,
                each.disposed - each.disposed_accumulated, -each.depreciated - each.impaired,
                each.closing,
            ))]
            for each in (*found.categories, found.total)
        ]  # fmt: skip
        heads = ["", _("category"), _("opening"), _("additions"), _("disposals"), _("depreciation"), _("closing")]  # fmt: skip
        answers.table([said(head) if head else "" for head in heads], table, right="  rrrrr")
        for each in found.accounts:
            if each.difference:
                words = said(_("{account}: the ledger has {difference} more than the assets"))
                print(words.format(account=each.account, difference=show(each.difference)))

    answers.give(found, text)


COMMANDS = (
    Command("report assets", _("The register of fixed assets"), register, of_category),
    Command("report asset-movements", _("Movements of fixed assets"), movements, span),
)
