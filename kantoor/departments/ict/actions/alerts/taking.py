"""Take in what Alertmanager reports: alerts are kept, and those that fire are incidents."""

import hashlib
import zlib
from collections.abc import Sequence
from datetime import timedelta

import msgspec
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.actions.watching.incidents import (
    Found,
    begin_troubles,
    end_troubles,
)
from kantoor.departments.ict.actions.watching.whose import Whose
from kantoor.departments.ict.formats.alertmanager import Reported, alerts_in
from kantoor.departments.ict.models import Alert, AlertBody
from kantoor.departments.ict.models.servers.alert import FIRING, RESOLVED
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import scoped

REPORT = "ict.report_alerts"
QUIET = ("none", "info")
"""Severities that are for looking at and call nobody, such as that of the watchdog."""
URGENT = ("critical", "page", "emergency", "error", "high")
AGAIN_AFTER = timedelta(minutes=10)
"""An alert that was over is taken to fire once more, under the same beginning, when that is said
so much later: a report that came in late (a retry, another way) is younger."""
SOME = 400


class AlertsTaken(msgspec.Struct, frozen=True):
    """What became of a report: alerts that are new, changed, or as they were known."""

    fresh: int
    changed: int
    known: int


@action(permission=REPORT, title=_("Take in alerts"), hidden=True)
def take_alerts(actor: Actor, /, *, content: bytes) -> AlertsTaken:
    """Take in a report of Alertmanager; the same again, or one that came late, changes nothing.

    An alert is known by its fingerprint and its start. Once it is over it stays so, but for one
    that fires on long after. Raises InvalidInput; what was sent is kept as it came.
    """
    reported = alerts_in(content)
    body = _keep(actor, content)
    known = _known(actor, reported)
    whose = Whose.of(actor, [each.labels for each in reported])
    now = timezone.now()
    fresh, changed = [], []
    for each in reported:
        alert = known.get((each.fingerprint, each.starts_at))
        if alert is None:
            alert = Alert(
                company_id=actor.company_id,
                fingerprint=each.fingerprint,
                starts_at=each.starts_at,
                server_id=whose.server_of(each.labels),
            )
            known[each.fingerprint, each.starts_at] = alert
            fresh.append(alert)
        elif not _changes(alert, each, now - AGAIN_AFTER):
            continue
        else:
            changed.append(alert)
        _fill(alert, each, body)
    Alert.objects.bulk_create(fresh)
    Alert.objects.bulk_update(
        changed,
        [
            "ends_at",
            "state",
            "name",
            "severity",
            "summary",
            "labels",
            "annotations",
            "link",
            "body",
        ],
    )
    alerts = [known[each.fingerprint, each.starts_at] for each in reported]
    _raise_incidents(actor, alerts, whose)
    concerns(f"ict.alert_body/{body.pk}")
    return AlertsTaken(len(fresh), len(changed), len(reported) - len(fresh) - len(changed))


def _keep(actor: Actor, content: bytes) -> AlertBody:
    digest = hashlib.sha256(content).hexdigest()
    known = scoped(actor, AlertBody).filter(sha256=digest).first()
    if known is not None:
        return known
    return AlertBody.objects.create(
        company_id=actor.company_id,
        sha256=digest,
        size=len(content),
        content=zlib.compress(content, 6),
        at=timezone.now(),
    )


def _known(actor: Actor, reported: Sequence[Reported]) -> dict[tuple[str, object], Alert]:
    prints = sorted({each.fingerprint for each in reported})
    starts = {each.starts_at for each in reported}
    found: dict[tuple[str, object], Alert] = {}
    for start in range(0, len(prints), SOME):
        rows = scoped(actor, Alert).select_for_update().order_by("pk").select_related("body")
        rows = rows.filter(
            fingerprint__in=prints[start : start + SOME],
            starts_at__gte=min(starts),
            starts_at__lte=max(starts),
        )
        found.update({(row.fingerprint, row.starts_at): row for row in rows})
    return found


def _changes(alert: Alert, reported: Reported, long_ago: object) -> bool:
    """Whether a report says something newer than what is known."""
    if alert.state == RESOLVED:
        return reported.firing and alert.body.at < long_ago  # type: ignore[operator]
    if not reported.firing:
        return True
    return (alert.summary, alert.severity) != (reported.summary, reported.severity)


def _fill(alert: Alert, reported: Reported, body: AlertBody) -> None:
    alert.state = FIRING if reported.firing else RESOLVED
    alert.ends_at = reported.ends_at and max(reported.ends_at, reported.starts_at)
    alert.name, alert.severity = reported.name, reported.severity
    alert.summary, alert.link = reported.summary, reported.link
    alert.labels = msgspec.json.encode(reported.labels, order="sorted").decode()
    alert.annotations = msgspec.json.encode(reported.annotations, order="sorted").decode()
    alert.body = body


def _raise_incidents(actor: Actor, alerts: Sequence[Alert], whose: Whose) -> None:
    firing = [
        each
        for each in alerts
        if each.state == FIRING
        and each.severity.lower() not in QUIET
        and not whose.is_worked_on(each.server_id)
    ]
    begin_troubles(actor, [_found(each, whose) for each in firing])
    end_troubles(actor, [_source(each) for each in alerts if each.state == RESOLVED])


def _source(alert: Alert) -> str:
    return f"alert:{alert.fingerprint}:{alert.starts_at:%Y%m%dT%H%M%S.%f}"


def _found(alert: Alert, whose: Whose) -> Found:
    labels = msgspec.json.decode(alert.labels, type=dict[str, str])
    said = [alert.summary, *(f"{name}: {value}" for name, value in sorted(labels.items()))]
    return Found(
        source=_source(alert),
        about=whose.thing_of(labels) or f"alert:{alert.fingerprint}",
        title=f"{alert.name}: {alert.summary}" if alert.summary else alert.name,
        text="\n".join(line for line in said if line)[:20_000],
        service=whose.service_of(labels),
        impact=whose.impact_of(alert.server_id),
        urgency=1 if alert.severity.lower() in URGENT else 2,
        at=alert.starts_at,
    )
