"""Rows in every table of servers, for `complete.py`."""

from datetime import datetime, timedelta

import msgspec
from django.utils import timezone

from kantoor.departments.ict.actions.alerts.taking import take_alerts
from kantoor.departments.ict.actions.servers.checks import add_check, change_check
from kantoor.departments.ict.actions.servers.maintenance import (
    end_maintenance,
    plan_maintenance,
)
from kantoor.departments.ict.actions.servers.publishing import open_status_address
from kantoor.departments.ict.actions.servers.registering import add_server, change_server
from kantoor.departments.ict.actions.servers.watching import due_checks, keep_answers
from kantoor.departments.ict.drafts_servers import (
    CheckAltered,
    CheckDraft,
    ServerChange,
    ServerDraft,
)
from kantoor.departments.ict.watching.questions import Answer
from kantoor.kernel.actors.actor import Actor


def servers(anne: Actor) -> None:
    """Everything of servers that leaves rows: two servers, one of which goes down."""
    for code in ("web-01", "db-01"):
        add_server(
            anne, server=ServerDraft(code=code, address=f"{code}.example", services=["desk"])
        )
        add_check(
            anne, check=CheckDraft(server=code, name="port", kind="tcp", target=":22", fails=1)
        )
    change_server(anne, change=ServerChange(code="web-01", note="In the cellar"))
    change_check(anne, change=CheckAltered(server="web-01", name="port", every_s=120))
    now = timezone.now()
    _round(anne, now - timedelta(hours=1), good=True)
    _round(anne, now, good=False)
    later = now + timedelta(days=1)
    ends = later + timedelta(hours=1)
    keys = plan_maintenance(
        anne, begins_at=later, ends_at=ends, why="New disks", servers=["web-01", "db-01"]
    )
    end_maintenance(anne, maintenance=keys[:1])
    open_status_address(anne)
    for number in (1, 2):
        take_alerts(anne, content=_report(number))


def _round(anne: Actor, at: datetime, *, good: bool) -> None:
    checks = [c for c in due_checks(at + timedelta(days=1)) if c.company_id == anne.company_id]
    keep_answers(checks, {check.pk: Answer(good, "", 1) for check in checks}, at)


def _report(number: int) -> bytes:
    alert = {
        "status": "firing",
        "labels": {"alertname": f"Alert {number}"},
        "startsAt": "2026-01-01T00:00:00Z",
        "endsAt": "0001-01-01T00:00:00Z",
        "fingerprint": f"{number:016x}",
    }
    return msgspec.json.encode({"version": "4", "alerts": [alert]})
