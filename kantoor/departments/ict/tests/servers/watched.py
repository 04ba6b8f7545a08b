"""A company with servers that are watched, for tests: made with few words."""

from typing import Any

import msgspec

from kantoor.departments.ict.actions.alerts.taking import AlertsTaken, take_alerts
from kantoor.departments.ict.actions.servers.registering import add_server
from kantoor.departments.ict.drafts_servers import ServerDraft
from kantoor.departments.ict.models import Case, Trouble
from kantoor.kernel.actors.actor import Actor

ALWAYS = "0001-01-01T00:00:00Z"
"""What Alertmanager writes for an end that has yet to come."""


def alert(name: str = "HostDown", firing: bool = True, **more: Any) -> dict[str, Any]:
    """An alert as Alertmanager sends it."""
    labels = {"alertname": name, "severity": "critical", **more.pop("labels", {})}
    return {
        "status": "firing" if firing else "resolved",
        "labels": labels,
        "annotations": {"summary": f"{name} it is"},
        "startsAt": "2026-11-26T10:00:00.123456789Z",
        "endsAt": ALWAYS if firing else "2026-11-26T10:05:00Z",
        "generatorURL": "http://prometheus.example/graph",
        "fingerprint": "0123456789abcdef",
        **more,
    }


def body(*alerts: dict[str, Any], **more: Any) -> bytes:
    """A report of Alertmanager with these alerts."""
    given = {
        "version": "4",
        "groupKey": "{}:{}",
        "status": "firing",
        "receiver": "kantoor",
        "alerts": alerts,
        **more,
    }
    return msgspec.json.encode(given)


def sent(actor: Actor, *alerts: dict[str, Any], **more: Any) -> AlertsTaken:
    """Take in a report."""
    return take_alerts(actor, content=body(*alerts, **more))


def web(actor: Actor, code: str = "web-01", **more: Any) -> str:
    """A server that carries the mail."""
    given = {"address": "10.0.0.5", "services": ["mail"], **more}
    return add_server(actor, server=ServerDraft(code=code, **given))


def cases() -> list[Case]:
    """All cases, the oldest first."""
    return list(Case.objects.order_by("pk"))


def states() -> list[str]:
    """The states of all cases."""
    return [case.state for case in cases()]


def open_troubles() -> list[str]:
    """What goes on, by its source."""
    return list(
        Trouble.objects.filter(ended_at=None).order_by("pk").values_list("source", flat=True)
    )
