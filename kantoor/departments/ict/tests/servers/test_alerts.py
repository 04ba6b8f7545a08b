"""Alerts: taken once whatever the order, one incident for one thing, and closed by themselves."""

import zlib
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kantoor.departments.ict.actions.alerts.taking import take_alerts
from kantoor.departments.ict.actions.cases.noting import add_note
from kantoor.departments.ict.actions.servers.maintenance import plan_maintenance
from kantoor.departments.ict.drafts import NoteDraft
from kantoor.departments.ict.models import Alert, AlertBody, CaseNote
from kantoor.departments.ict.queries.servers.alerts import alerts
from kantoor.departments.ict.tests.people import Desk
from kantoor.departments.ict.tests.servers.watched import (
    alert,
    body,
    cases,
    open_troubles,
    sent,
    states,
    web,
)
from kantoor.kernel.actors.tokens import create_token
from kantoor.kernel.errors import DomainError, InvalidInput
from kantoor.kernel.record.verify.system import verify
from tests.founded import found


def bearer(token: str) -> dict[str, str]:
    """The header that a token goes in."""
    return {"Authorization": f"Bearer {token}"}


def test_an_alert_is_one_incident_that_closes_when_it_is_over(desk: Desk) -> None:
    web(desk.anne)
    labels = {"instance": "10.0.0.5:9100"}
    assert sent(desk.anne, alert(labels=labels)).fresh == 1
    assert sent(desk.anne, alert(labels=labels), groupKey="again").known == 1
    (case,) = cases()
    assert (case.state, case.channel, case.impact, case.urgency) == ("new", "alert", 3, 1)
    assert case.service is not None
    assert case.service.code == "mail"
    assert sent(desk.anne, alert(firing=False, labels=labels)).changed == 1
    assert states() == ["resolved"]
    assert open_troubles() == []
    (row,) = alerts(desk.bo).rows
    assert (row.state, row.server, row.name) == ("resolved", "web-01", "HostDown")
    assert row.starts_at.microsecond == 123456
    assert verify().ok


def test_what_comes_twice_or_late_changes_nothing(desk: Desk) -> None:
    firing, over = body(alert()), body(alert(firing=False))
    for content in (over, firing, over, firing, body(alert(), groupKey="another")):
        take_alerts(desk.anne, content=content)
    assert Alert.objects.get().state == "resolved"
    assert cases() == []
    assert AlertBody.objects.count() == 3
    assert zlib.decompress(AlertBody.objects.earliest("pk").content) == over


def test_an_alert_that_fires_on_long_after_it_was_over_is_taken_up_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent(desk.anne, alert())
    sent(desk.anne, alert(firing=False))
    later = timezone.now() + timedelta(minutes=30)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert sent(desk.anne, alert(), groupKey="later").changed == 1
    assert states() == ["resolved", "new"]


def test_what_a_person_touched_stays_open_and_is_told(desk: Desk) -> None:
    sent(desk.anne, alert())
    number = str(cases()[0])
    add_note(desk.bo, note=NoteDraft(case=number, text="I look at it"))
    sent(desk.anne, alert(firing=False))
    (case,) = cases()
    assert case.state == "new"
    assert "Over: HostDown" in CaseNote.objects.latest("pk").text
    assert open_troubles() == []


def test_alerts_of_one_server_share_an_incident_until_the_last_is_over(desk: Desk) -> None:
    web(desk.anne)
    first = alert("HostDown", labels={"instance": "web-01:9100"})
    other = alert("DiskFull", labels={"host": "web-01"}, fingerprint="f" * 16)
    sent(desk.anne, first)
    sent(desk.anne, first, other)
    assert states() == ["new"]
    sent(desk.anne, {**first, "status": "resolved", "endsAt": "2026-11-26T10:05:00Z"})
    assert states() == ["new"]
    sent(desk.anne, {**other, "status": "resolved", "endsAt": "2026-11-26T10:06:00Z"})
    assert states() == ["resolved"]


def test_nobody_is_called_for_maintenance_or_a_watchdog(desk: Desk) -> None:
    web(desk.anne)
    now = timezone.now()
    plan_maintenance(
        desk.anne, begins_at=now, ends_at=now + timedelta(hours=1), why="New disks",
        servers=["web-01"],
    )  # fmt: skip
    sent(desk.anne, alert(labels={"instance": "10.0.0.5:80"}))
    sent(desk.anne, alert("Watchdog", labels={"severity": "none"}, fingerprint="a" * 16))
    assert cases() == []
    assert Alert.objects.count() == 2


def test_the_statements_do_not_grow_with_the_alerts(desk: Desk) -> None:
    def many(count: int, mark: str) -> list[dict[str, Any]]:
        return [
            alert(fingerprint=f"{mark}{n:015x}", labels={"instance": f"host-{mark}{n}:9100"})
            for n in range(count)
        ]

    counts = []
    for count, mark in ((5, "a"), (100, "b")):
        with CaptureQueriesContext(connection) as asked:
            sent(desk.anne, *many(count, mark))
        counts.append(len(asked))
    # SQLite takes some rows in one statement (999 values), so wide rows come in a few lots.
    assert counts[1] <= counts[0] + 6
    with CaptureQueriesContext(connection) as asked:
        over = [
            {**e, "status": "resolved", "endsAt": "2026-11-26T11:00:00Z"} for e in many(100, "b")
        ]
        sent(desk.anne, *over)
    assert len(asked) <= counts[0] + 10
    assert states().count("resolved") == 100


@pytest.mark.parametrize(
    "content",
    [
        b"", b"[]", b"{", b"\xff", b'{"version": "3", "alerts": []}',
        body(alert(fingerprint="")), body(alert(status="perhaps")),
        body(alert(startsAt="yesterday")), body(alert(labels={"a": "b"}) | {"labels": {"a": 1}}),
    ],
)  # fmt: skip
def test_what_is_no_report_is_refused_in_words(desk: Desk, content: bytes) -> None:
    with pytest.raises(InvalidInput):
        take_alerts(desk.anne, content=content)
    assert Alert.objects.count() == 0


def test_the_door_asks_a_token_that_may_report_alerts(desk: Desk) -> None:
    client, path = Client(), "/alerts/alertmanager"
    content = body(alert())
    assert client.post(path, content, content_type="application/json").status_code == 401
    assert client.get(path).status_code == 405
    desk.house.machine("prometheus", "ict_manager")
    wide = create_token(
        desk.anne, name="alerts", user="prometheus", scopes=["ict.report_alerts"]
    ).token
    narrow = create_token(
        desk.anne, name="backups", user="prometheus", scopes=["ict.report_backups"]
    ).token
    answer = client.post(path, content, content_type="application/json", headers=bearer(narrow))
    assert answer.status_code == 403
    answer = client.post(path, content, content_type="application/json", headers=bearer(wide))
    assert (answer.status_code, answer.json()["fresh"]) == (200, 1)
    assert states() == ["new"]
    answer = client.post(path, b"no", content_type="application/json", headers=bearer(wide))
    assert answer.status_code == 422


def test_another_company_is_not_told(desk: Desk) -> None:
    sent(desk.anne, alert())
    other = found("Slager BV")
    sent(other.administrator, alert(firing=False))
    assert Alert.objects.filter(company=other.company).get().state == "resolved"
    assert states() == ["new"]
    with pytest.raises(DomainError):
        alerts(desk.eva)
