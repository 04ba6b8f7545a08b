"""`kantoor migrate`: bring the database up to date with this version."""

from argparse import Namespace

from kantoor.kernel.console.answers import Answers
from kantoor.kernel.console.command import Command
from kantoor.kernel.console.words import _, said


def run(answers: Answers, options: Namespace) -> None:
    """Apply what is missing; `run` and the other commands do so by themselves as well."""
    from kantoor.shell.database import is_up_to_date, migrate

    changed = not is_up_to_date()
    migrate()
    words = _("The database was brought up to date.") if changed else _("Nothing had to be done.")
    answers.give({"changed": changed}, lambda: print(said(words)))


COMMANDS = (
    Command("migrate", _("Bring the database up to date"), run, needs_company=False),
)  # fmt: skip
