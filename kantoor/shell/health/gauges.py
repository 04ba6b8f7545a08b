"""What is measured, in the text format of Prometheus."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.models import Count

from kantoor import __version__
from kantoor.kernel.actors.models import Company, User
from kantoor.kernel.jobs.models import Job
from kantoor.kernel.outbox.models import Delivery
from kantoor.kernel.store.raw import run


def exposition() -> str:
    """Every gauge, as Prometheus reads it (text format 0.0.4)."""
    return "".join(_lines())


def _lines() -> Iterator[str]:
    yield from _gauge("kantoor_info", "version and database", [
        (f'version="{__version__}",database="{connection.vendor}"', 1)])  # fmt: skip
    yield from _gauge("kantoor_companies", "companies", [("", Company.objects.count())])
    active = User.objects.filter(active=True, kind="person").count()
    yield from _gauge("kantoor_users_active", "people who can sign in", [("", active)])
    yield from _gauge("kantoor_record_size", "acts in the record", [("", _record_size())])
    yield from _gauge(
        "kantoor_signed_head_age_seconds", "since a head was signed last", _head_age()
    )
    yield from _gauge("kantoor_jobs", "jobs by state", _by_state(Job))
    yield from _gauge("kantoor_webhook_deliveries", "deliveries by state", _by_state(Delivery))
    yield from _gauge("kantoor_database_bytes", "size of the database", _database_bytes())
    yield from _gauge("kantoor_process_resident_bytes", "memory of this process", _resident())


def _gauge(name: str, what: str, values: list[tuple[str, float]]) -> Iterator[str]:
    yield f"# HELP {name} {what}\n# TYPE {name} gauge\n"
    for labels, value in values:
        yield f"{name}{{{labels}}} {value}\n" if labels else f"{name} {value}\n"


def _by_state(model: type[Job] | type[Delivery]) -> list[tuple[str, float]]:
    counted = model.objects.values_list("state").annotate(n=Count("id")).order_by("state")
    return [(f'state="{state}"', n) for state, n in counted]


def _record_size() -> int:
    rows = run("SELECT size FROM kernel_head WHERE id = 1")
    return int(rows[0][0]) if rows else 0


def _head_age() -> list[tuple[str, float]]:
    at = run("SELECT max(at) FROM kernel_signed_head")[0][0]
    return [] if at is None else [("", round(time.time() - at / 1_000_000, 1))]


def _database_bytes() -> list[tuple[str, float]]:
    if connection.vendor == "postgresql":
        return [("", int(run("SELECT pg_database_size(current_database())")[0][0]))]
    file = Path(str(settings.DATABASES["default"]["NAME"]))
    return [("", file.stat().st_size)] if file.exists() else []


def _resident() -> list[tuple[str, float]]:
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except (OSError, IndexError):
        return []
    return [(f'pid="{os.getpid()}"', pages * os.sysconf("SC_PAGE_SIZE"))]
