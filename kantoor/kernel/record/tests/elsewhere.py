"""Run a function in a process of its own, on a new database in a folder of its own.

For what a test's transaction can't hold: rebuilding tables, and looking into the files themselves.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

_START = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", run_syncdb=True, verbosity=0)
from {module} import {name}
{name}()
"""


def run_elsewhere(function: Callable[[], None], folder: Path) -> str:
    """What the function printed; the test fails with its traceback when it failed."""
    code = _START.format(module=function.__module__, name=function.__name__)
    env = {**os.environ, "KANTOOR_DATA": str(folder)}
    env.pop("DATABASE_URL", None)
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout
