"""Rounds of checks: states with hysteresis, incidents, maintenance, and availability by month."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from kantoor.departments.ict.actions.cases.assigning import assign_case
from kantoor.departments.ict.actions.servers import watching
from kantoor.departments.ict.actions.servers.checks import add_check, add_checks, change_check
from kantoor.departments.ict.actions.servers.maintenance import (
    end_maintenance,
    plan_maintenance,
)
from kantoor.departments.ict.actions.servers.registering import (
    add_servers,
    change_server,
    change_servers,
)
from kantoor.departments.ict.actions.servers.watching import (
    Flip,
    check_servers,
    due_checks,
    forget_old_hours,
    keep_answers,
    note_flips,
)
from kantoor.departments.ict.drafts_servers import (
    CheckAltered,
    CheckDraft,
    ServerChange,
    ServerDraft,
)
from kantoor.departments.ict.errors import KnownAlready, UnknownService
from kantoor.departments.ict.errors_servers import (
    TargetRefused,
    UnknownCheck,
    UnknownMaintenance,
    UnknownServer,
)
from kantoor.departments.ict.intervals import joined, seconds, within, without
from kantoor.departments.ict.models import CheckChange, CheckHour, CheckPulse, ServerService
from kantoor.departments.ict.queries.servers.availability import availability
from kantoor.departments.ict.queries.servers.maintenance import maintenance
from kantoor.departments.ict.queries.servers.servers import server, servers
from kantoor.departments.ict.queries.servers.status import status_now
from kantoor.departments.ict.tests.people import Desk
from kantoor.departments.ict.tests.servers.watched import cases, open_troubles, states, web
from kantoor.departments.ict.watching import asking
from kantoor.departments.ict.watching.questions import Answer
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput, NotAllowed
from kantoor.kernel.jobs.worker import work_off
from kantoor.kernel.record.verify.system import verify

NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)


@pytest.fixture
def watched(desk: Desk) -> Desk:
    """A desk with one server and one check, down after two failures and up after two answers."""
    web(desk.anne, criticality=1)
    check = CheckDraft(server="web-01", name="site", kind="http", target="/", fails=2, passes=2)
    add_check(desk.anne, check=check)
    return desk


def answered(
    *oks: bool, at: datetime | None = None, step: timedelta = timedelta(minutes=1)
) -> None:
    """Rounds in which every check is answered so, a step apart."""
    moment = at or timezone.now() - step * len(oks)
    for ok in oks:
        moment += step
        checks = due_checks(moment + timedelta(days=365))
        said = Answer(ok, "status 200" if ok else "status 500", 5 if ok else None)
        keep_answers(checks, {check.pk: said for check in checks}, moment)


def test_a_server_goes_down_after_some_failures_and_up_after_some_answers(watched: Desk) -> None:
    answered(True, False)
    assert (cases(), servers(watched.bo).rows[0].state) == ([], "up")
    answered(False, False)
    (case,) = cases()
    assert (case.state, case.impact, case.urgency, case.service.code) == ("new", 1, 1, "mail")  # type: ignore[union-attr]
    assert servers(watched.bo, state="down").rows[0].code == "web-01"
    assert status_now(watched.eva).services[0].state == "down"
    answered(True)
    assert states() == ["new"]
    answered(True)
    assert states() == ["resolved"]
    assert [change.state for change in CheckChange.objects.order_by("pk")] == ["up", "down", "up"]
    hour = CheckHour.objects.all()
    assert sum(h.good + h.bad for h in hour) == 6
    assert server(watched.bo, code="WEB-01").checks[0].state == "up"
    assert verify().ok


def test_a_case_in_a_persons_hands_stays_open(watched: Desk) -> None:
    answered(False, False)
    assign_case(watched.bo, number=str(cases()[0]), assignee="bo")
    answered(True, True)
    assert states() == ["new"]
    assert open_troubles() == []


def test_killed_between_act_and_pulse_it_is_done_once(
    watched: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered(False)
    broken = RuntimeError("killed")

    def killed(*_: object) -> None:
        raise broken

    with monkeypatch.context() as patch:
        patch.setattr(watching, "_add_to_hours", killed)
        with pytest.raises(RuntimeError):
            answered(False)
    CheckPulse.objects.update(state="unknown", streak=-1)  # as before the round
    answered(False, False)
    assert states() == ["new"]
    assert CheckChange.objects.count() == 1


def test_a_flip_that_is_noted_twice_is_one(watched: Desk) -> None:
    (check,) = due_checks(timezone.now())
    flip = Flip(check.pk, "down", timezone.now(), "status 500")
    note_flips(watched.anne, flips=[flip])
    note_flips(watched.anne, flips=[flip])
    assert (CheckChange.objects.count(), states()) == (1, ["new"])
    with pytest.raises(NotAllowed):
        note_flips(watched.bo, flips=[flip])


def test_what_fails_for_one_company_ends_no_round_and_is_found_again(
    watched: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(actor: Actor, _found: object) -> None:
        raise RuntimeError(actor.company_id)

    answered(False)
    with monkeypatch.context() as patched:
        patched.setattr(watching, "begin_troubles", broken)
        answered(False)
    assert (states(), CheckPulse.objects.get().state) == ([], "unknown")
    answered(False)
    assert (states(), CheckPulse.objects.get().state) == (["new"], "down")


def test_maintenance_raises_nothing_until_it_is_over(watched: Desk) -> None:
    now = timezone.now()
    plan_maintenance(watched.anne, begins_at=now, ends_at=now + timedelta(hours=2), why="Disks")
    answered(False, False, False)
    assert cases() == []
    assert servers(watched.bo).rows[0].state == "maintenance"
    assert status_now(watched.eva).maintenance[0].why == "Disks"
    (row,) = maintenance(watched.bo, over=False).rows
    end_maintenance(watched.anne, maintenance=[row.id])
    answered(False)
    assert states() == ["new"]
    with pytest.raises(UnknownMaintenance):
        end_maintenance(watched.anne, maintenance=[row.id])
    with pytest.raises(InvalidInput):
        plan_maintenance(watched.anne, begins_at=now, ends_at=now, why="Nothing")


def test_what_is_asked_no_more_is_not_known(watched: Desk) -> None:
    answered(False, False)
    change_check(watched.anne, change=CheckAltered(server="web-01", name="site", active=False))
    assert states() == ["resolved"]
    assert servers(watched.bo).rows[0].state == "unknown"
    change_check(watched.anne, change=CheckAltered(server="web-01", name="site", active=True))
    answered(False, False)
    assert states() == ["resolved", "new"]
    change_server(watched.anne, change=ServerChange(code="web-01", active=False))
    assert states() == ["resolved", "resolved"]
    assert due_checks(timezone.now() + timedelta(days=1)) == []


def test_the_scheduled_job_asks_what_is_due(watched: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "ask", lambda _question: Answer(True, "ok", 1))
    check_servers.enqueue(watched.anne)
    assert work_off() == 1
    assert CheckPulse.objects.get().state == "up"
    assert due_checks(timezone.now()) == []
    assert not watching.anything_due()
    CheckHour.objects.update(hour=timezone.now() - timedelta(days=500))
    forget_old_hours.enqueue(watched.anne)
    work_off()
    assert CheckHour.objects.count() == 0


def test_availability_is_exact_and_leaves_maintenance_out(
    watched: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOON - timedelta(days=1))
    plan_maintenance(
        watched.anne, begins_at=NOON + timedelta(minutes=30), ends_at=NOON + timedelta(minutes=40),
        why="Disks", servers=["web-01"],
    )  # fmt: skip
    minute = timedelta(minutes=1)
    answered(True, at=NOON - minute)
    answered(False, False, at=NOON + 23 * minute, step=minute)  # down at 12:25
    answered(True, True, at=NOON + 43 * minute, step=minute)  # up at 12:45
    monkeypatch.setattr(timezone, "now", lambda: NOON + timedelta(hours=2))
    (row,) = availability(watched.bo, months=1)
    assert (row.month, row.watched_s, row.down_s) == (date(2026, 3, 1), 7200 - 600, 600)
    assert row.maintained_s == 600
    assert row.share == Decimal("90.909")
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 4, 2, tzinfo=UTC))
    months = availability(watched.bo, server="web-01")
    assert [(m.month, m.down_s) for m in months] == [(date(2026, 4, 1), 0), (date(2026, 3, 1), 600)]


def test_servers_are_registered_and_changed_all_or_none(desk: Desk) -> None:
    drafts = [ServerDraft(code=f"DB-{n}", owner="bo", services=["mail"]) for n in range(3)]
    assert add_servers(desk.anne, servers=drafts) == ["db-0", "db-1", "db-2"]
    with pytest.raises(KnownAlready):
        add_servers(desk.anne, servers=[ServerDraft(code="new"), ServerDraft(code="db-1")])
    for wrong in (
        ServerDraft(code="no spaces"), ServerDraft(code="a", address="http://x"),
        ServerDraft(code="a", criticality=5),
    ):  # fmt: skip
        with pytest.raises(InvalidInput):
            add_servers(desk.anne, servers=[wrong])
    with pytest.raises(UnknownService):
        add_servers(desk.anne, servers=[ServerDraft(code="a", services=["none"])])
    change_servers(
        desk.anne,
        changes=[
            ServerChange(code="db-0", services=[], name="First"),
            ServerChange(code="db-1", address="10.0.0.9"),
        ],
    )
    assert ServerService.objects.count() == 2
    assert [row.name for row in servers(desk.bo, search="first").rows] == ["First"]
    with pytest.raises(UnknownServer):
        server(desk.bo, code="gone")


def test_checks_are_held_to_bounds(watched: Desk) -> None:
    fine = {"server": "web-01", "kind": "tcp", "target": ":22"}
    add_checks(watched.anne, checks=[CheckDraft(name="ssh", **fine)])  # type: ignore[arg-type]
    with pytest.raises(KnownAlready):
        add_check(watched.anne, check=CheckDraft(name="ssh", **fine))  # type: ignore[arg-type]
    for wrong in ({"every_s": 1}, {"timeout_s": 60}, {"fails": 0}, {"name": ""}):
        with pytest.raises(InvalidInput):
            add_check(watched.anne, check=CheckDraft(**{"name": "x", **fine, **wrong}))  # type: ignore[arg-type]
    with pytest.raises(TargetRefused):
        add_check(watched.anne, check=CheckDraft(server="web-01", name="x", kind="tcp"))
    with pytest.raises(UnknownCheck):
        change_check(watched.anne, change=CheckAltered(server="web-01", name="none"))


SPANS = st.lists(
    st.tuples(st.integers(0, 50), st.integers(0, 50)).map(
        lambda pair: (NOON + timedelta(minutes=pair[0]), NOON + timedelta(minutes=pair[1]))
    ),
    max_size=6,
)


@given(SPANS, SPANS)
def test_spans_are_reckoned_as_minute_by_minute(one: list, other: list) -> None:  # type: ignore[type-arg]
    def minutes(spans: list) -> set[int]:  # type: ignore[type-arg]
        return {n for n in range(60) for b, e in spans if b <= NOON + timedelta(minutes=n) < e}

    assert seconds(joined(one)) == 60 * len(minutes(one))
    assert seconds(without(one, other)) == 60 * len(minutes(one) - minutes(other))
    cut = within(joined(one), NOON + timedelta(minutes=10), NOON + timedelta(minutes=30))
    assert seconds(cut) == 60 * len(minutes(one) & set(range(10, 30)))
