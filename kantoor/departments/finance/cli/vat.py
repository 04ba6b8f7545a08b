"""`kantoor report vat-return`, `report icp`, `report oss` and what else is told of VAT."""

from argparse import ArgumentParser, Namespace
from typing import Any

from kantoor.departments.finance.cli.reports import amounts_in, span
from kantoor.kernel.console.answers import Answers
from kantoor.kernel.console.command import Command
from kantoor.kernel.console.words import _, said


def of_period(parser: ArgumentParser) -> None:
    """Of which period."""
    parser.add_argument(
        "--period", metavar="PERIOD", default="",
        help=said(_("2024-03, 2024-Q1 or 2024; without it the next to file")),
    )  # fmt: skip


def vat_return(answers: Answers, options: Namespace) -> None:
    """The boxes of a VAT return."""
    from kantoor.departments.finance.queries.vat.returns import vat_return as query

    found = query(answers.actor(), period=options.period)
    show = amounts_in(found.currency)

    def text() -> None:
        rows = [
            [row.box, row.name, _maybe(show, row.base), _maybe(show, row.tax)]
            for row in found.boxes
        ]
        heads = [found.period, "", said(_("turnover")), said(_("VAT"))]
        answers.table(heads, rows, right="  rr")

    answers.give(found, text)


def belgian(answers: Answers, options: Namespace) -> None:
    """The grids of a Belgian VAT return."""
    from kantoor.departments.finance.queries.vat.belgium import belgian_vat_return

    found = belgian_vat_return(answers.actor(), period=options.period)
    show = amounts_in(found.currency)

    def text() -> None:
        rows = [[row.grid, row.name, show(row.amount)] for row in found.grids]
        answers.table([found.period, "", said(_("amount"))], rows, right="  r")

    answers.give(found, text)


def clients(answers: Answers, options: Namespace) -> None:
    """The yearly listing of Belgian customers."""
    from kantoor.departments.finance.queries.vat.client_listing import belgian_client_listing

    actor = answers.actor()
    found = belgian_client_listing(actor, year=options.year)
    show = amounts_in(actor.currency)

    def text() -> None:
        rows = [[n.vat_number, n.name, show(n.base), show(n.tax)] for n in found.rows]
        heads = [_("VAT number"), _("customer"), _("turnover"), _("VAT")]
        answers.table([said(head) for head in heads], rows, right="  rr")

    answers.give(found, text)


def icp(answers: Answers, options: Namespace) -> None:
    """Supplies to businesses in other EU countries."""
    from kantoor.departments.finance.queries.vat.listings import icp_listing

    found = icp_listing(answers.actor(), period=options.period)
    show = amounts_in(found.currency)

    def text() -> None:
        rows = [[n.period, n.vat_number, n.what, show(n.base)] for n in found.lines]
        answers.table(["", said(_("VAT number")), "", said(_("turnover"))], rows, right="   r")

    answers.give(found, text)


def oss(answers: Answers, options: Namespace) -> None:
    """Sales to consumers in other EU countries."""
    from kantoor.departments.finance.queries.vat.listings import oss_return

    found = oss_return(answers.actor(), period=options.period)
    show = amounts_in(found.currency)

    def text() -> None:
        rows = [
            [n.period, n.country, n.what, f"{n.rate.normalize():f}", show(n.base), show(n.tax)]
            for n in found.lines
        ]
        heads = ["", said(_("country")), "", "%", said(_("turnover")), said(_("VAT"))]
        answers.table(heads, rows, right="   rrr")

    answers.give(found, text)


def reconciliation(answers: Answers, options: Namespace) -> None:
    """The VAT accounts against the facts of tax."""
    from kantoor.departments.finance.queries.vat.reconciliation import vat_reconciliation
    from kantoor.departments.finance.queries.vat.returns import vat_return as next_return

    actor = answers.actor()
    start, end = options.start, options.end
    if start is None or end is None:
        following = next_return(actor)
        start, end = start or following.starts_on, end or following.ends_on
    found = vat_reconciliation(actor, start=start, end=end)
    show = amounts_in(found.currency)

    def text() -> None:
        rows = [
            [n.code, n.name, *map(show, (n.opening, n.facts, n.returns, n.difference, n.closing))]
            for n in found.accounts
        ]
        heads = [
            "", _("account"), _("opening"), _("tax"), _("returns"), _("difference"), _("closing"),
        ]  # fmt: skip
        answers.table([said(head) if head else "" for head in heads], rows, right="  rrrrr")

    answers.give(found, text)


def of_year(parser: ArgumentParser) -> None:
    """Of which year."""
    parser.add_argument(
        "--year", type=int, metavar="YEAR", default=0, help=said(_("without it this year"))
    )


def of_listing_year(parser: ArgumentParser) -> None:
    """Of which year."""
    parser.add_argument(
        "--year", type=int, metavar="YEAR", default=0, help=said(_("without it last year"))
    )


def thresholds(answers: Answers, options: Namespace) -> None:
    """How near the company is to the thresholds of VAT."""
    from kantoor.departments.finance.queries.vat.thresholds import vat_thresholds

    actor = answers.actor()
    found = vat_thresholds(actor, year=options.year)
    show = amounts_in(actor.currency)

    def text() -> None:
        rows = [
            [n.name, n.state, show(n.limit), show(n.turnover), f"{n.percentage:f}",
             show(n.last_year), n.advice]
            for n in found
        ]  # fmt: skip
        heads = [
            _("threshold"), _("state"), _("up to"), _("turnover"), "%", _("last year"),
            _("what to do"),
        ]  # fmt: skip
        answers.table([said(head) for head in heads], rows, right="  rrrr ")

    answers.give({"thresholds": found}, text)


def _maybe(show: Any, minor: int | None) -> str:
    return "" if minor is None else show(minor)


COMMANDS = (
    Command("report vat-return", _("The VAT return of a period"), vat_return, of_period),
    Command("report belgian-vat-return", _("The grids of Belgium"), belgian, of_period),
    Command("report belgian-client-listing", _("Belgian customers"), clients, of_listing_year),
    Command("report icp", _("Supplies to businesses in the EU"), icp, of_period),
    Command("report oss", _("Sales to consumers in the EU"), oss, of_period),
    Command("report vat-thresholds", _("The thresholds of VAT"), thresholds, of_year),
    Command("report vat-reconciliation", _("The VAT accounts"), reconciliation, span),
)
