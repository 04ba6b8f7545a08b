"""`kantoor report management`: the management report of a month, as text, JSON or PDF.

kantoor report management --month 2026-10 --to report.pdf
"""

import re
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kantoor.kernel.console.answers import Answers
from kantoor.kernel.console.command import Command
from kantoor.kernel.console.words import _, language, said

if TYPE_CHECKING:
    from kantoor.management.queries.report import ManagementReport


def month(text: str) -> date:
    """A month as ISO 8601 writes it."""
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text):
        message = _("“{text}” is no month; write 2026-10")
        raise ArgumentTypeError(said(message).format(text=text))
    return date.fromisoformat(f"{text}-01")


def arguments(parser: ArgumentParser) -> None:
    """Of which month, for whom, and where the PDF goes."""
    parser.add_argument(
        "--month",
        metavar="MONTH",
        type=month,
        help=said(_("a month, the last whole one otherwise")),
    )
    parser.add_argument(
        "--to", metavar="FILE", type=Path, help=said(_("write it to this file, as PDF"))
    )
    parser.add_argument(
        "--as", dest="user", metavar="USER", default="", help=said(_("with what this user may see"))
    )
    parser.add_argument(
        "--language", choices=("nl", "en"), default="", help=said(_("in this language"))
    )


def run(answers: Answers, options: Namespace) -> None:
    """Ask the report, and write it where it is to go."""
    from django.utils.translation import override

    from kantoor.kernel.actors.days import where
    from kantoor.management.queries.report import management_report

    actor = answers.actor(options.user)
    with override(options.language or language()), where(actor):
        report = management_report(actor, month=options.month)
        if options.to is None:
            answers.give(report, lambda: _show(answers, report))
            return
        from kantoor.management.print.month import report_pdf

        content = report_pdf(actor, report)
        options.to.write_bytes(content)
    written: dict[str, Any] = {
        "file": str(options.to), "month": f"{report.month:%Y-%m}", "bytes": len(content),
    }  # fmt: skip
    answers.give(written, lambda: print(options.to))


def _show(answers: Answers, report: "ManagementReport") -> None:
    heads = [_("figure"), _("month"), _("month before"), _("a year before"), _("year so far")]
    rows = [
        [
            f"{part.title}: {line.title}", line.shown_month, line.shown_previous,
            line.shown_last_year, line.shown_year,
        ]
        for part in report.departments
        for line in part.figures
    ]  # fmt: skip
    answers.table([said(head) for head in heads], rows, right=" rrrr")


COMMANDS = (Command("report management", _("Management report of a month"), run, arguments),)
