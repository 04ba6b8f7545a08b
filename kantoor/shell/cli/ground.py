"""The ground that most commands stand on: Django set up, the database there, errors in words."""

import os
from argparse import Namespace
from pathlib import Path

from kantoor.kernel.console.answers import Answers
from kantoor.kernel.console.command import Command
from kantoor.kernel.console.words import language


def perform_on_django(command: Command, answers: Answers, options: Namespace) -> int:
    """Perform a command that uses the installation; a refusal is one line and exit code 1."""
    from kantoor.shell.cli.script import refuse

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kantoor.config.settings")
    import django
    from django.db import DatabaseError, connections
    from django.utils import translation

    from kantoor.kernel.errors import DomainError

    try:
        django.setup()
        translation.activate(language())
        if command.needs_company:
            _prepare(answers, as_it_is=command.as_it_is)
        return command.run(answers, options) or 0
    except DomainError as error:
        return refuse(answers, error.code, str(error.place), str(error.message))
    except DatabaseError as error:
        return refuse(answers, "database", "", _plainly(error))
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        return refuse(answers, "system", str(error.filename or ""), error.strerror or str(error))
    finally:
        connections.close_all()  # SQLite then puts its journal away


def _prepare(answers: Answers, *, as_it_is: bool) -> None:
    """Refuse where nothing was begun yet, and bring an older database up to date."""
    from django.conf import settings
    from django.utils.translation import gettext as _

    from kantoor.kernel.errors import NotFound
    from kantoor.shell.database import database_exists, migrate_if_needed

    if not database_exists():
        message = _("There is no company in {folder} yet: run “kantoor init” first.")
        raise NotFound(message.format(folder=Path(settings.DATA)), field="--data")
    if not as_it_is and migrate_if_needed():
        answers.say(_("The database was brought up to date."))


def _plainly(error: Exception) -> str:
    """The database's own words in one line."""
    from django.utils.translation import gettext as _

    words = " ".join(str(error).split())
    if "locked" in words:
        return _("The database is in use by another program for too long; try again later.")
    return _("The database refused: {words}").format(words=words)
