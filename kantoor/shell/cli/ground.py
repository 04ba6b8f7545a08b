"""The ground that most commands stand on: Django set up, the database there, errors in words."""

import gc
import os
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from kantoor.kernel.console.answers import Answers, Fault
from kantoor.kernel.console.command import Command
from kantoor.kernel.console.words import _, language, said

if TYPE_CHECKING:
    from kantoor.kernel.errors import DomainError


def perform_on_django(command: Command, answers: Answers, options: Namespace) -> int:
    """Perform a command that uses the installation; a refusal is one line and exit code 1."""
    from kantoor.shell.cli.script import refuse

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kantoor.config.settings")
    gc.disable()  # what is loaded here stays: looking for what may go would take a sixth of it
    import django
    from django.apps import apps
    from django.core.exceptions import ImproperlyConfigured
    from django.db import DatabaseError, connections
    from django.utils import translation

    from kantoor.kernel.errors import DomainError
    from kantoor.kernel.system_errors import sentence, why, why_database

    try:
        django.setup()
        gc.freeze()
        gc.enable()
        translation.activate(language())
        if command.needs_company:
            _prepare(answers, as_it_is=command.as_it_is)
        return command.run(answers, options) or 0
    except DomainError as error:
        return refuse(answers, *_faults(error))
    except ImproperlyConfigured as error:
        return refuse(answers, Fault("settings", "", _of_settings(error)))
    except DatabaseError as error:
        return refuse(answers, Fault("database", "", why_database(error)))
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        return refuse(answers, Fault("system", str(error.filename or ""), sentence(why(error))))
    finally:
        gc.enable()
        if apps.ready:  # with settings that are wrong there is nothing to close
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


def _of_settings(error: Exception) -> str:
    """What is wrong with the environment; Django's own words but for the address we ask for."""
    if "DATABASE_URL" not in str(error):
        return " ".join(str(error).split())
    words = _(
        "DATABASE_URL is no address: use postgres://user:password@host/name or sqlite:///path."
    )
    return said(words)


def _faults(error: "DomainError") -> list[Fault]:
    """Each of the errors that were found at once."""
    from kantoor.kernel.errors import Refusals

    several = error.errors if isinstance(error, Refusals) else (error,)
    return [Fault(each.code, str(each.place), str(each.message)) for each in several]
