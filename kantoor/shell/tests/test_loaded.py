"""What a server has loaded when it begins, and what it has not: that is memory of each installation."""

import subprocess
import sys

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from kantoor.kernel.store.migration_names import migrations_of_the_code
from kantoor.shell.database import is_up_to_date, migrations_missing
from tests.console import PROJECT

LATER = (
    "PIL", "apprise", "anymail", "django.db.migrations.executor", "icalendar", "markdown_it",
    "markdownify", "nh3", "openpyxl", "pyhanko", "pyrage", "tarfile", "weasyprint",
)  # fmt: skip
"""Each has its use, and none at a first page."""
LOADS = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "kantoor.config.settings"
import django
django.setup()
from django.urls import get_resolver
from kantoor.shell.server import serve
get_resolver().url_patterns
print(*sys.modules, sep="\\n")
"""


def test_a_server_begins_without_what_no_first_page_needs() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADS], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.split())
    assert "kantoor.departments.finance.actions" in loaded
    assert sorted(loaded & set(LATER)) == []


@pytest.mark.django_db
def test_what_was_not_applied_is_known_by_name() -> None:
    assert migrations_of_the_code() == set(MigrationLoader(None).disk_migrations)
    assert is_up_to_date()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
    assert migrations_missing() == {("sessions", "0001_initial")}
    assert not is_up_to_date()
