"""The pytest plugin of this project: which database a run uses, and where its data lies.

Loaded by `-p dev.testing` (pyproject.toml) so that it comes before Django reads its settings.

- `--database=sqlite|postgres` chooses. On postgres only tests that touch a database run.
- `@pytest.mark.databases`: touches a database without pytest-django's fixtures; run on both.
- `@pytest.mark.sqlite_only`, `@pytest.mark.postgres_only`: makes sense on that one alone.
- `@pytest.mark.needs("chromium", …)`: calls a program; skipped where it is missing, never in CI.
"""

import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest

from dev import machine

LONG = ("tests/browser/", "tests/access/", "tests/test_tampering.py", "tests/faults/")
"""Tests that take minutes."""
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup", "live_server"}
ROOMY = 2 * 1024**3
BROWSER_WORDS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
"""How chromium is started: as root, and asking nothing of the network."""

HOME = ZoneInfo("Europe/Amsterdam")
"""Where the companies are that tests make."""

_data = Path()


def pytest_addoption(parser: pytest.Parser) -> None:
    """The one option."""
    parser.addoption(
        "--database",
        choices=("sqlite", "postgres"),
        default=os.environ.get("KANTOOR_TEST_DATABASE", "sqlite"),
        help="the database to test on (postgres: the server in KANTOOR_TEST_POSTGRES)",
    )


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Iterator[None]:
    """Set the environment that the settings read, before pytest-django makes Django read it."""
    global _data
    database = early_config.known_args_namespace.database
    _data = Path(tempfile.mkdtemp(prefix="kantoor-tests-", dir=_quick_folder()))
    os.environ["KANTOOR_TEST_DATABASE"] = database
    os.environ["KANTOOR_DATA"] = str(_data)
    os.environ.pop("DATABASE_URL", None)
    if database == "postgres":
        if not (url := os.environ.get("KANTOOR_TEST_POSTGRES")):
            raise pytest.UsageError("--database=postgres needs a server: use bin/test --postgres")
        os.environ["DATABASE_URL"] = url
    yield
    _name_test_database(database)
    _share_the_day()


def _quick_folder() -> str | None:
    """Memory where there is plenty: tests commit thousands of times to data nobody keeps."""
    memory = Path("/dev/shm")
    if os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ROOMY:
        return str(memory)
    return None


def _share_the_day() -> None:
    """Today is to tests the day where their companies are, at whatever hour they run."""
    from django.conf import settings
    from django.utils import timezone

    settings.TIME_ZONE = HOME.key
    cast(Any, timezone.get_default_timezone).cache_clear()


def _name_test_database(database: str) -> None:
    """A file for SQLite (raw connections open it too); each process of a run has its own."""
    from django.conf import settings

    name = str(_data / "test.sqlite3") if database == "sqlite" else f"test_{os.getpid()}"
    databases = cast(dict[str, dict[str, Any]], settings.DATABASES)
    databases["default"].setdefault("TEST", {})["NAME"] = name


def pytest_configure(config: pytest.Config) -> None:
    """Make known the marks, and how Hypothesis searches."""
    for mark in ("databases", "sqlite_only", "postgres_only", "needs(program, …)"):
        config.addinivalue_line("markers", f"{mark}: see dev/testing.py")
    from hypothesis import settings

    settings.register_profile("kantoor", deadline=None, derandomize=in_ci(), print_blob=True)
    settings.load_profile("kantoor")


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name bytes and long texts by their length: processes must agree, and people read it."""
    if isinstance(val, bytes) or (isinstance(val, str) and len(val) > 60):
        return f"{argname}-{len(val)}"
    return None


def pytest_sessionstart() -> None:
    """Hash passwords at the least cost: each costs as much as all else that founding takes."""
    from django.contrib.auth.password_validation import CommonPasswordValidator

    from kantoor.kernel.actors import passwords
    from kantoor.kernel.actors.passwords import Argon2

    Argon2.time_cost, Argon2.memory_cost = 1, 8
    # The list of passwords that many use is read once, and not for each person that is added.
    cast(Any, passwords).CommonPasswordValidator = cache(CommonPasswordValidator)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what this run's database has nothing to do with."""
    database = config.getoption("database")
    kept = [item for item in items if _belongs(item, database)]
    chosen = set(kept)
    if dropped := [item for item in items if item not in chosen]:
        config.hook.pytest_deselected(items=dropped)
    items[:] = sorted(kept, key=_comes_later)


def pytest_collection_finish() -> None:
    """Look for garbage seldom, and not among the modules and tests that stay to the end."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def _comes_later(item: pytest.Item) -> bool:
    """Whether a test can wait: the long ones begin, lest one process is left with them at the end.

    Those that empty the database afterwards stay where pytest-django put them.
    """
    empties = {"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    return bool(empties) or not item.nodeid.startswith(LONG)


def _belongs(item: pytest.Item, database: str) -> bool:
    if database == "sqlite":
        return item.get_closest_marker("postgres_only") is None
    if item.get_closest_marker("sqlite_only"):
        return False
    marks = ("django_db", "databases", "postgres_only")
    fixtures: set[str] = set(getattr(item, "fixturenames", ()))
    return any(map(item.get_closest_marker, marks)) or bool(fixtures & DATABASE_FIXTURES)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test whose programs are missing, and fail it in CI."""
    for mark in item.iter_markers("needs"):
        if missing := [program for program in mark.args if machine.find(program) is None]:
            said = f"needs {', '.join(missing)}: {machine.advice(missing)}"
            pytest.fail(said) if in_ci() else pytest.skip(said)


def pytest_runtest_teardown() -> None:
    """The language that a request was answered in ends with its test."""
    from django.utils import translation

    translation.deactivate()


def in_ci() -> bool:
    """Whether nothing may be skipped."""
    return os.environ.get("CI", "").lower() in ("1", "true")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What bin/test wants read together with the closing line."""
    if notes := os.environ.get("KANTOOR_TEST_NOTES"):
        terminalreporter.section("notes")
        terminalreporter.write_line(notes)


def pytest_unconfigure() -> None:
    """Throw this process's data folder away."""
    if _data != Path():
        shutil.rmtree(_data, ignore_errors=True)


@pytest.fixture(scope="session", autouse=True)
def _templates_as_served(django_test_environment: None) -> None:
    """Render templates as the server does: Django's test client copies every one's context."""
    from django.template.base import Template
    from django.test.utils import _TestState

    Template._render = _TestState.saved_data.template_render  # type: ignore[attr-defined]


@pytest.fixture(scope="session", autouse=True)
def _static_files_found_once(django_test_environment: None) -> None:
    """Look for static files once: the middleware of each new client would read all their folders."""
    from django.conf import settings
    from whitenoise.middleware import WhiteNoiseMiddleware  # type: ignore[import-untyped]

    look = WhiteNoiseMiddleware.add_files_from_finders
    found: dict[object, dict[str, object]] = {}

    def add_files(self: Any) -> None:
        how = (self.static_prefix, self.max_age, self.static_root, tuple(settings.INSTALLED_APPS))
        if how in found:
            self.files.update(found[how])
        else:
            look(self)
            found[how] = dict(self.files)

    WhiteNoiseMiddleware.add_files_from_finders = add_files


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """One Debian's chromium for all browser tests of a process: Playwright runs only once in it."""
    from playwright.sync_api import sync_playwright

    # Its event loop stays with the process; Django would take later tests for asynchronous ones.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(machine.find("chromium")), args=BROWSER_WORDS
        )
        yield browser
        browser.close()
