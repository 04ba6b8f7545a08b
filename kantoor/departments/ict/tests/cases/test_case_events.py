"""Cases by CloudEvents: opened once, noted on, and what can't be read is kept with the reason."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import msgspec

from kantoor.departments.ict.models import Case
from kantoor.departments.ict.queries.cases.record import case
from kantoor.departments.ict.tests.people import Desk
from kantoor.kernel.intake.cloudevents import Event, structured
from kantoor.kernel.intake.eventhttp import events_from_http
from kantoor.kernel.intake.http import EventOutcome, take_events
from kantoor.kernel.intake.models import IntakeEvent


def sent(desk: Desk, kind: str, key: str, data: Mapping[str, Any]) -> EventOutcome:
    """Hand in one event over HTTP."""
    event = Event(
        id=key,
        source="https://monitor.example",
        type=f"kantoor.ict.case.{kind}",
        time=datetime(2026, 11, 2, 9, tzinfo=UTC),
        data=msgspec.json.encode(data),
    )
    headers = {"Content-Type": "application/cloudevents+json"}
    return take_events(desk.anne, events_from_http(headers, structured(event)))[0]


def test_a_case_is_opened_once_and_noted_on_by_its_reference(desk: Desk) -> None:
    data = {"title": "Disk is full", "queue": "desk", "requester": "E1", "reference": "M-7"}
    first = sent(desk, "opened", "1", data)
    row = Case.objects.get()
    assert (first.state, first.result) == ("accepted", f"ict.case/{row.pk}")
    assert (row.channel, row.source, row.reference, row.touched_at) == (
        "api",
        "https://monitor.example",
        "M-7",
        None,
    )
    assert sent(desk, "opened", "1", data).state == "duplicate"
    assert sent(desk, "opened", "2", data).state == "rejected"
    noted = {"reference": "M-7", "text": "Now 99 %", "public": True}
    assert sent(desk, "noted", "3", noted).result == f"ict.case/{row.pk}"
    assert sent(desk, "noted", "3", noted).state == "duplicate"
    assert sent(desk, "noted", "4", {"case": str(row), "text": "Emptied"}).state == "accepted"
    texts = [each.text for each in case(desk.bo, number=str(row)).happened if each.text]
    assert texts == ["Now 99 %", "Emptied"]
    assert Case.objects.get().state == "new"


def test_what_can_not_be_a_case_is_refused_and_kept(desk: Desk) -> None:
    wrong: list[tuple[str, dict[str, Any]]] = [
        ("opened", {}), ("opened", {"title": ""}), ("opened", {"title": "x", "queue": "never"}),
        ("opened", {"title": "x", "impact": 9}), ("opened", {"title": "x", "kind": "joke"}),
        ("opened", {"title": "x" * 300}), ("noted", {"text": "x"}),
        ("noted", {"text": "x", "case": "INC-999999"}), ("noted", {"text": "", "reference": "M"}),
    ]  # fmt: skip
    states = [sent(desk, kind, str(n), data).state for n, (kind, data) in enumerate(wrong)]
    assert states == ["rejected"] * len(wrong)
    assert IntakeEvent.objects.filter(state="rejected").count() == len(wrong)
    assert not Case.objects.exists()
