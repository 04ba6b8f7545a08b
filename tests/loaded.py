"""Kantoor as a command finds it once it is loaded: what processes of tests are forked from.

Loading it takes longer than most commands; a server of `multiprocessing` imports this module once.
"""

import gc
import os
import sys
from collections.abc import Mapping, Sequence

SETTINGS = "kantoor.config.settings"

os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
gc.disable()

import django  # noqa: E402

django.setup()

from kantoor.shell.cli import main  # noqa: E402
from kantoor.shell.cli.collected import commands  # noqa: E402

commands()
gc.enable()


def perform(
    words: Sequence[str], environment: Mapping[str, str], folder: str, out: str, err: str
) -> None:
    """Become the process of a command: its words, environment and folder, and files to print to."""
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    for number, path in ((1, out), (2, err)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND), number)
    sys.argv = ["kantoor", *words]
    _forget_settings()
    sys.exit(main())


def _forget_settings() -> None:
    """Let the settings be read anew, from this process's own environment, and connect by them."""
    from django.conf import settings
    from django.db import connections
    from django.utils.functional import empty

    from kantoor.kernel.store import raw

    for each in connections.all(initialized_only=True):
        each.close()
        del connections[each.alias]
    raw._threads.__dict__.clear()
    settings._wrapped = empty
    sys.modules.pop(SETTINGS, None)
    vars(connections).pop("settings", None)
    vars(connections)["_settings"] = None
