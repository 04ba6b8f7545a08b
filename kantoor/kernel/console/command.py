"""What a command is. A department offers its own in `cli.py`, as `COMMANDS`.

    COMMANDS = (Command("post", _("Post journal entries from a CSV file"), post, post_arguments),)

Such a module imports nothing of Django, nor of its department, before a command runs.
"""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass

from kantoor.kernel.console.answers import Answers


def no_arguments(_parser: ArgumentParser) -> None:
    """For commands without any."""


@dataclass(frozen=True, slots=True)
class Command:
    """One command. `name` may have two words (`report trial-balance`); `help` is a marked sentence.

    `run` gives the exit code, or nothing for 0; a DomainError it raises is exit code 1.
    `needs_company` commands are refused, with what to do, where `init` was not run yet; unless
    `as_it_is` an older database is brought up to date first. `needs_django` false is for commands
    that need no installation at all.
    """

    name: str
    help: str
    run: Callable[[Answers, Namespace], int | None]
    arguments: Callable[[ArgumentParser], None] = no_arguments
    needs_company: bool = True
    as_it_is: bool = False
    needs_django: bool = True
