"""`kantoor post`: journal entries from a CSV file, all or nothing."""

import time
from argparse import ArgumentParser, Namespace
from pathlib import Path

from kantoor.kernel.console.answers import Answers
from kantoor.kernel.console.command import Command
from kantoor.kernel.console.words import _, said


def arguments(parser: ArgumentParser) -> None:
    """Which file."""
    parser.add_argument(
        "file", metavar="FILE.csv", type=Path,
        help=said(_("entry,date,account,amount,currency,text[,party][,dimension…]; amounts signed")),
    )  # fmt: skip


def run(answers: Answers, options: Namespace) -> None:
    """Post the file's entries; refused as a whole where one of them is."""
    from kantoor.departments.finance.public import post_csv

    actor = answers.actor()
    began = time.perf_counter()
    with answers.progress(options.file.name):
        posted = post_csv(actor, options.file)
    seconds = round(time.perf_counter() - began, 3)
    answers.give(
        {
            "entries": posted.entries,
            "lines": posted.lines,
            "seconds": seconds,
            "first": posted.first,
            "last": posted.last,
        },
        lambda: print(
            said(_("Posted {entries} entries of {lines} lines: {first} to {last}.")).format(
                entries=posted.entries, lines=posted.lines, first=posted.first, last=posted.last
            )
        ),
    )


COMMANDS = (Command("post", _("Post journal entries from a CSV file"), run, arguments),)
