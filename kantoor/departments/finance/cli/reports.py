"""`kantoor report …`: the same queries as the pages, as text or JSON."""

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable, Iterator
from datetime import date
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from kantoor.kernel.console.answers import Answers
from kantoor.kernel.console.command import Command
from kantoor.kernel.console.words import _, said

if TYPE_CHECKING:
    from kantoor.departments.finance.queries.general_ledger import GeneralLedger
    from kantoor.departments.finance.queries.receivables import AgeRow, Ages
    from kantoor.departments.finance.queries.statement_rows import (
        StatementGroup,
        StatementLine,
        Subtotal,
    )

PAGE = 1000


def day(text: str) -> date:
    """A date as ISO 8601 writes it."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(said(_("“{text}” is no date; write 2026-11-24")).format(text=text)) from None  # fmt: skip


def span(parser: ArgumentParser) -> None:
    """From when to when, both included."""
    parser.add_argument(
        "--from", dest="start", metavar="DATE", type=day, help=said(_("first day, as 2026-01-31"))
    )
    parser.add_argument("--to", dest="end", metavar="DATE", type=day, help=said(_("last day")))


def at(parser: ArgumentParser) -> None:
    """At the end of which day."""
    parser.add_argument("--on", metavar="DATE", type=day, help=said(_("at the end of this day")))
    parser.add_argument(
        "--compare", dest="compare_on", metavar="DATE", type=day,
        help=said(_("compare it with another day")),
    )  # fmt: skip
    parser.add_argument(
        "--from", dest="start", metavar="DATE", type=day, help=said(_("first day, as 2026-01-31"))
    )
    laid_out(parser)


def laid_out(parser: ArgumentParser) -> None:
    """By which layout, over which columns."""
    parser.add_argument(
        "--layout", metavar="NAME", default="", help=said(_("a layout of the company's own"))
    )
    parser.add_argument(
        "--across",
        choices=("month", "quarter", "year", "years_before"),
        default="",
        help=said(_("a column for each month, quarter or year, or three years before")),
    )


def span_laid_out(parser: ArgumentParser) -> None:
    """From when to when, by which layout, over which columns, beside what."""
    span(parser)
    laid_out(parser)
    parser.add_argument(
        "--compare",
        choices=("previous_period", "previous_year", "budget"),
        default="",
        help=said(_("beside the time before, a year before or the budget")),
    )


def of_flow(parser: ArgumentParser) -> None:
    """From when to when, and how it is made up."""
    span(parser)
    parser.add_argument(
        "--method",
        choices=("indirect", "direct"),
        default="indirect",
        help=said(_("from the result, or by what it was for")),
    )


def of_account(parser: ArgumentParser) -> None:
    """Which account, from when to when."""
    span(parser)
    parser.add_argument("--account", metavar="CODE", default="", help=said(_("this account alone")))


def trial_balance(answers: Answers, options: Namespace) -> None:
    """What each account opened with, moved and closed with."""
    from kantoor.departments.finance.queries.trial_balance import trial_balance as query

    actor = answers.actor()
    found = query(actor, start=options.start, end=options.end)
    show = amounts_in(found.currency)

    def text() -> None:
        rows = [
            [row.code, row.name, *map(show, (row.opening, row.debit, row.credit, row.closing))]
            for row in found.accounts
        ]
        rows.append(["", said(_("total")), "", show(found.debit), show(found.credit), ""])
        heads = ["", _("account"), _("opening"), _("debit"), _("credit"), _("closing")]
        answers.table([said(head) if head else "" for head in heads], rows, right="  rrrr")

    answers.give(found, text)


def balance_sheet(answers: Answers, options: Namespace) -> None:
    """What the company owns and owes on a day."""
    if options.layout or options.across:
        return _by_layout(answers, options, "balance_sheet", options.on)
    from kantoor.departments.finance.queries.balance_sheet import balance_sheet as query

    found = query(answers.actor(), on=options.on, compare_on=options.compare_on)
    answers.give(
        found,
        lambda: _statement(
            answers,
            found.currency,
            found.groups,
            [
                (_("assets"), found.assets, found.previous_assets),
                (
                    _("equity and liabilities"),
                    found.equity_and_liabilities,
                    found.previous_equity_and_liabilities,
                ),
            ],
        ),
    )


def profit_and_loss(answers: Answers, options: Namespace) -> None:
    """What was earned and spent between two days."""
    if options.layout or options.across:
        return _by_layout(answers, options, "profit_and_loss", options.end)
    from kantoor.departments.finance.queries.profit_and_loss import profit_and_loss as query

    found = query(answers.actor(), start=options.start, end=options.end, compare=options.compare)
    last = [(_("result"), found.result, found.previous_result)]
    answers.give(found, lambda: _statement(answers, found.currency, found.groups, last))


def _by_layout(answers: Answers, options: Namespace, statement: Any, end: date | None) -> None:
    from kantoor.departments.finance.queries.reporting.statement import statement as query

    found = query(
        answers.actor(), statement=statement, start=options.start, end=end,
        across=options.across, layout=options.layout,
        budget=statement == "profit_and_loss" and options.compare == "budget",
    )  # fmt: skip
    show = amounts_in(found.currency)
    beside = statement == "profit_and_loss" and options.compare == "budget"
    heads = ["", ""]
    for column in found.columns:
        heads += [column.title, said(_("budget"))] if beside else [column.title]
    rows = [
        [
            each.code,
            each.label,
            *(
                show(amount)
                for pair in zip_longest(each.amounts, each.budget if beside else (), fillvalue=0)
                for amount in (pair if beside else pair[:1])
            ),
        ]
        for each in found.rows
    ]
    right = "  " + "r" * (len(heads) - 2)
    answers.give(found, lambda: answers.table(heads, [_filled(row, heads) for row in rows], right))


def _filled(row: list[str], heads: list[str]) -> list[str]:
    return [*row, *[""] * (len(heads) - len(row))]


def cash_flow(answers: Answers, options: Namespace) -> None:
    """Where money came from and went to."""
    from kantoor.departments.finance.queries.reporting.cash_flow import cash_flow as query

    found = query(answers.actor(), start=options.start, end=options.end, method=options.method)
    show = amounts_in(found.currency)

    def text() -> None:
        rows = [[said(_("at the start")), show(found.opening)]]
        for part in found.parts:
            rows += [[f"  {each.code} {each.label}", show(each.amount)] for each in part.rows]
            rows.append([part.label, show(part.amount)])
        rows.append([said(_("at the end")), show(found.closing)])
        answers.table(["", said(_("amount"))], rows, right=" r")

    answers.give(found, text)


def general_ledger(answers: Answers, options: Namespace) -> None:
    """Every line, account by account, written as it is read."""
    import msgspec

    pages = _pages(answers, options)
    first = next(pages)
    show = amounts_in(first.currency)
    if not answers.json:
        for page in (first, *pages):
            for row in page.rows:
                amounts = f"{show(row.debit - row.credit):>16} {show(row.balance):>16}"
                print(f"{row.account:<8} {row.date} {row.entry:<16} {amounts}  {_said_of(row)}")
        answers.given = True
        return
    head = msgspec.to_builtins(first)
    for name in ("rows", "next_cursor"):
        del head[name]
    # One object, yet never all of it in memory.
    sys.stdout.write(msgspec.json.encode(head).decode()[:-1] + ',"rows":[')
    answers.given = True
    comma = ""
    for page in (first, *pages):
        if page.rows:
            sys.stdout.write(comma + msgspec.json.encode(page.rows).decode()[1:-1])
            comma = ","
    sys.stdout.write("]}\n")


def receivables(answers: Answers, options: Namespace) -> None:
    """What each customer owed on a day, by how long it was due."""
    from kantoor.departments.finance.queries.receivables import receivables_by_age

    found = receivables_by_age(answers.actor(), on=options.on)
    answers.give(found, lambda: show_ages(answers, found, said(_("customer")), said(_("owes"))))


def show_ages(answers: Answers, found: "Ages", party: str, owed: str) -> None:
    """A control account by age, as a table."""
    show = amounts_in(found.currency)

    def row(name: str, of: "AgeRow") -> list[str]:
        ages = (of.total, of.not_due, of.days_30, of.days_60, of.days_90, of.older)
        return [of.party, name, *map(show, ages)]

    rows = [row(each.name, each) for each in found.rows]
    rows.append(row(said(_("total")), found.total))
    heads = ["", party, owed, said(_("not due")), "1-30", "31-60", "61-90", "> 90"]
    answers.table(heads, rows, right="  rrrrrr")


def on_day(parser: ArgumentParser) -> None:
    """On which day."""
    parser.add_argument("--on", metavar="DATE", type=day, help=said(_("at the end of this day")))


def _pages(answers: Answers, options: Namespace) -> "Iterator[GeneralLedger]":
    from kantoor.departments.finance.queries.general_ledger import general_ledger as query

    actor, cursor = answers.actor(), ""
    while True:
        page = query(
            actor,
            account=options.account,
            start=options.start,
            end=options.end,
            cursor=cursor,
            limit=PAGE,
        )
        yield page
        cursor = page.next_cursor
        if not cursor:
            return


def _said_of(row: Any) -> str:
    return str(row.text or row.entry_text)


def _statement(
    answers: Answers,
    currency: str,
    groups: "list[StatementGroup]",
    last: list[tuple[str, int, int | None]],
) -> None:
    show = amounts_in(currency)
    rows: list[list[object]] = []
    for group in groups:
        if group.lines:
            rows.append([group.name, *_two(show, group)])
        rows += [[f"    {line.code} {line.name}", *_two(show, line)] for line in group.lines]
        if group.subtotal:
            rows.append([group.subtotal.name, *_two(show, group.subtotal)])
    for name, amount, previous in last:
        rows.append([said(name), show(amount), "" if previous is None else show(previous)])
    answers.table(["", currency, said(_("compared"))], rows, right=" rr")


def _two(show: Callable[[int], str], row: "StatementGroup | StatementLine | Subtotal") -> list[str]:
    return [show(row.amount), "" if row.previous is None else show(row.previous)]


def amounts_in(currency: str) -> Callable[[int], str]:
    """How amounts of the currency are shown, in the language of the console."""
    from kantoor.kernel.money import exponent
    from kantoor.kernel.ui.formats import amount

    digits = exponent(currency)
    return lambda minor: amount(minor, digits)


COMMANDS = (
    Command("report trial-balance", _("The trial balance"), trial_balance, span),
    Command("report balance-sheet", _("The balance sheet"), balance_sheet, at),
    Command(
        "report profit-and-loss", _("The profit and loss account"), profit_and_loss, span_laid_out
    ),
    Command("report cash-flow", _("The cash flow"), cash_flow, of_flow),
    Command("report general-ledger", _("Every line, by account"), general_ledger, of_account),
    Command("report receivables", _("What customers owe, by age"), receivables, on_day),
)
