"""The door for front-office data: each thing once, whole or not at all, and nothing lost."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.companies import create_company
from kantoor.kernel.errors import Conflict, NotAllowed, NotFound
from kantoor.kernel.intake import incoming as registry
from kantoor.kernel.intake import replaying
from kantoor.kernel.intake.eventhttp import events_from_http
from kantoor.kernel.intake.files import keep_file
from kantoor.kernel.intake.http import take_events
from kantoor.kernel.intake.incoming import Incoming, Outcome
from kantoor.kernel.intake.models import IntakeEvent, IntakeRaw
from kantoor.kernel.intake.queries import (
    intake_event,
    intake_events,
    intake_reasons,
    intake_sources,
)
from kantoor.kernel.intake.raw import keep_raw
from kantoor.kernel.intake.replaying import (
    replay_rejected,
    replay_rejected_events,
    take_in_waiting,
)
from kantoor.kernel.parties.models import Party
from kantoor.kernel.record.models import Record
from kantoor.kernel.record.verify.system import verify
from kantoor.kernel.record.why import why
from kantoor.kernel.tests.intake_desk import (
    FOUNDER,
    KIND,
    Desk,
    anne,
    desk,
    event,
    post,
    states,
)

__all__ = ["anne", "desk"]
"""Fixtures, used by name."""


def test_an_event_is_taken_in_once(anne: Actor, desk: Desk) -> None:
    assert states(post(anne, event("1", "Piet"))) == ["accepted"]
    assert states(post(anne, event("1", "Piet"))) == ["duplicate"]
    assert Party.objects.count() == IntakeEvent.objects.count() == IntakeRaw.objects.count() == 1


def test_the_same_event_laid_out_otherwise_is_the_same(anne: Actor, desk: Desk) -> None:
    post(anne, event("1", "Piet"))
    binary = {
        "ce-specversion": "1.0",
        "ce-id": "1",
        "ce-source": "front",
        "ce-type": KIND,
        "Content-Type": "application/json",
    }
    again = take_events(anne, events_from_http(binary, b'{ "name" :"Piet"}'))
    assert states(again) == ["duplicate"]


def test_the_same_id_with_other_content_is_refused_and_kept(anne: Actor, desk: Desk) -> None:
    post(anne, event("1", "Piet"))
    (outcome,) = post(anne, event("1", "Jan"))
    assert (outcome.state, outcome.code) == ("rejected", "intake.changed")
    assert IntakeEvent.objects.get(state="rejected").code == "intake.changed"
    assert list(Party.objects.values_list("name", flat=True)) == ["Piet"]


def test_the_same_id_of_another_source_is_another_event(anne: Actor, desk: Desk) -> None:
    assert states(post(anne, event("1", "Piet"), event("1", "Jan", source="back"))) == [
        "accepted",
        "accepted",
    ]


def test_an_event_twice_in_one_batch_is_taken_once(anne: Actor, desk: Desk) -> None:
    outcomes = post(anne, event("1", "Piet"), event("1", "Piet"), event("1", "Jan"))
    assert states(outcomes) == ["accepted", "duplicate", "rejected"]
    assert outcomes[2].code == "intake.changed"


def test_one_that_is_refused_leaves_the_others(anne: Actor, desk: Desk) -> None:
    desk.raises = {"Jan", "Kees"}
    events = [event(str(n), name) for n, name in enumerate(["Piet", "Jan", "Els", "Kees", "Ada"])]
    outcomes = post(anne, *events)
    assert states(outcomes) == ["accepted", "rejected", "accepted", "rejected", "accepted"]
    assert (outcomes[1].code, outcomes[1].field) == ("conflict", "name")
    names = Party.objects.order_by("name").values_list("name", flat=True)
    assert list(names) == ["Ada", "Els", "Piet"]


def test_a_good_batch_is_handled_in_one_go(anne: Actor, desk: Desk) -> None:
    post(anne, *(event(str(n), f"P{n}") for n in range(100)))
    assert desk.calls == [100]


def test_without_permission_nothing_is_taken(anne: Actor, desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        post(replace(anne, permissions=frozenset({"kernel.read_intake"})), event("1", "Piet"))
    assert not IntakeEvent.objects.exists() and not IntakeRaw.objects.exists()


def test_who_may_not_do_what_an_event_asks_hears_it(anne: Actor, desk: Desk) -> None:
    def forbidden(actor: Actor, documents: Sequence[Incoming]) -> list[Outcome]:
        raise NotAllowed("not you")

    registry._handlers[KIND] = forbidden
    with pytest.raises(NotAllowed):
        post(anne, event("1", "Piet"))
    assert not IntakeEvent.objects.exists()


def test_an_event_that_nobody_takes_is_kept(anne: Actor, desk: Desk) -> None:
    (outcome,) = post(anne, event("1", "Piet", type="test.unknown"))
    assert (outcome.code, outcome.field) == ("intake.unknown_type", "type")


def test_what_is_no_event_is_kept(anne: Actor, desk: Desk) -> None:
    headers = {"Content-Type": "application/cloudevents+json"}
    (outcome,) = take_events(anne, events_from_http(headers, b'{"id": 1'))
    assert (outcome.state, outcome.code) == ("rejected", "event.malformed")
    kept = IntakeEvent.objects.get()
    assert intake_event(anne, event=kept.pk).text == '{"id": 1'


def test_raw_content_outlives_a_department_that_breaks(anne: Actor, desk: Desk) -> None:
    desk.breaks = True
    with pytest.raises(RuntimeError):
        post(anne, event("1", "Piet"))
    assert IntakeRaw.objects.count() == 1
    assert not IntakeEvent.objects.exists() and not Party.objects.exists()
    desk.breaks = False
    assert states(post(anne, event("1", "Piet"))) == ["accepted"]
    assert IntakeRaw.objects.count() == 1


def test_what_was_left_behind_is_taken_in_later(anne: Actor, desk: Desk) -> None:
    desk.breaks = True
    with pytest.raises(RuntimeError):
        post(anne, event("1", "Piet"), event("2", "Els"))
    desk.breaks = False
    assert take_in_waiting(anne) == []
    with patch.object(replaying, "WAIT", timedelta(0)):
        assert states(take_in_waiting(anne)) == ["accepted", "accepted"]
        assert take_in_waiting(anne) == []
    assert states(post(anne, event("1", "Piet"))) == ["duplicate"]


def test_the_same_file_and_content_are_kept_once(anne: Actor) -> None:
    told: dict[str, Any] = {"source": "front", "name": "a.csv", "size": 1, "sha256": "0" * 64}
    first = keep_file(anne, **told, mapping="{}", header="[]")
    assert keep_file(anne, **told, mapping="{}", header="[]") == first
    assert keep_file(anne, **told, mapping="", header="") != first
    raw = keep_raw(anne, file_id=first, form="rows", documents=1, content=b"x")
    assert keep_raw(anne, file_id=first, form="rows", documents=1, content=b"x") == raw
    assert keep_raw(anne, file_id=None, form="events", documents=1, content=b"x") != raw


def test_what_was_refused_is_tried_again_and_told_once(anne: Actor, desk: Desk) -> None:
    desk.refuses = {"Jan"}
    assert states(post(anne, event("1", "Jan"))) == ["rejected"]
    assert states(post(anne, event("1", "Jan"))) == ["rejected"]
    assert IntakeEvent.objects.count() == IntakeRaw.objects.count() == 1
    desk.refuses = set()
    assert states(post(anne, event("1", "Jan"))) == ["accepted"]
    first, second = IntakeEvent.objects.order_by("pk")
    assert second.replays == first
    assert (second.raw_id, second.position) == (first.raw_id, first.position)


def test_a_refused_event_is_replayed_after_a_repair(anne: Actor, desk: Desk) -> None:
    desk.raises = {"Jan"}
    post(anne, event("1", "Piet"), event("2", "Jan"))
    refused = IntakeEvent.objects.get(state="rejected")
    assert replay_rejected(anne, event=refused.pk).state == "rejected"
    desk.raises = set()
    outcome = replay_rejected(anne, event=refused.pk)
    assert outcome.state == "accepted"
    assert Party.objects.filter(name="Jan").count() == 1
    with pytest.raises(Conflict):
        replay_rejected(anne, event=refused.pk)
    (row,) = intake_events(anne, search="2", state="rejected").rows
    assert not row.open


def test_an_event_of_another_company_is_not_found(anne: Actor, desk: Desk) -> None:
    desk.refuses = {"Jan"}
    post(anne, event("1", "Jan"))
    other = create_company(FOUNDER, name="Visser BV", country="NL", currency="EUR")
    bob = replace(anne, company_id=other)
    key = IntakeEvent.objects.get().pk
    with pytest.raises(NotFound):
        replay_rejected_events(bob, events=[key])
    with pytest.raises(NotFound):
        intake_event(bob, event=key)
    assert intake_events(bob).rows == [] and intake_sources(bob) == []


def test_the_inbox_lists_and_counts(anne: Actor, desk: Desk) -> None:
    desk.refuses = {"Jan"}
    post(anne, event("1", "Piet"), event("2", "Jan"), event("3", "Els", source="back"))
    page = intake_events(anne, state="open")
    assert [row.event_id for row in page.rows] == ["2"]
    assert page.sums["amount"] == 5
    rows = intake_events(anne, limit=2)
    assert [row.event_id for row in rows.rows] == ["3", "2"]
    assert [row.event_id for row in intake_events(anne, limit=2, cursor=rows.next_cursor).rows] == [
        "1"
    ]
    assert [(s.source, s.accepted, s.open) for s in intake_sources(anne)] == [
        ("back", 1, 0),
        ("front", 1, 1),
    ]
    (reason,) = intake_reasons(anne)
    assert (reason.code, reason.events, reason.amount) == ("test.refused", 1, 5)


def test_the_cause_of_what_an_event_made_is_the_event(anne: Actor, desk: Desk) -> None:
    post(anne, event("1", "Piet"))
    assert Record.objects.get(action="kernel.take_in").cause == "event:front/1"
    chain = [
        each.reference for each in why(anne, reference=f"kernel.party/{Party.objects.get().pk}")
    ]
    assert "event:front/1" in chain
    assert f"kernel.intake_event/{IntakeEvent.objects.get().pk}" in chain


def test_an_attempt_that_fails_is_undone_for_the_record_too(anne: Actor, desk: Desk) -> None:
    desk.raises = {"Jan"}
    post(anne, event("1", "Piet"), event("2", "Jan"))
    assert Record.objects.filter(action="kernel.take_in", outcome="done").count() == 1
    found = verify()
    assert found.faults == [] and found.ok
