"""Slow targets of one company do not hold up the checks of another: with sockets that hang."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack, closing
from typing import Literal

import pytest
from django.db.models import Max, Min
from django.utils import timezone

from kantoor.departments.ict.actions.servers import watching
from kantoor.departments.ict.actions.servers.checks import add_checks
from kantoor.departments.ict.actions.servers.watching import due_checks, one_round
from kantoor.departments.ict.drafts_servers import CheckDraft
from kantoor.departments.ict.models import Check, CheckPulse
from kantoor.departments.ict.tests.servers.watched import web
from kantoor.departments.ict.watching import asking
from kantoor.kernel.actors.actor import Actor
from tests.founded import found

pytestmark = pytest.mark.django_db


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A port that takes connections, and says nothing ever."""
    monkeypatch.setenv("KANTOOR_CHECKS_LOCAL", "1")
    with ExitStack() as stack:
        silent = stack.enter_context(closing(socket.create_server(("127.0.0.1", 0), backlog=64)))
        yield silent.getsockname()[1]


def watch(actor: Actor, count: int, kind: Literal["http", "tcp"], target: str) -> None:
    """A server with so many checks, each of which waits a second."""
    web(actor, address="127.0.0.1", services=[])
    add_checks(
        actor,
        checks=[
            CheckDraft(server="web-01", name=f"c{n}", kind=kind, target=target, timeout_s=1)
            for n in range(count)
        ],
    )


def test_slow_targets_of_one_company_delay_no_other(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow, quick = found("Slow").administrator, found("Quick").administrator
    watch(slow, 5, "http", f"http://127.0.0.1:{port}/")
    watch(quick, 4, "tcp", f"127.0.0.1:{port}")
    first = due_checks(timezone.now(), most=4)
    assert {check.company_id for check in first[:2]} == {slow.company_id, quick.company_id}
    busy = [(check.pk, check.company_id) for check in first]
    assert due_checks(timezone.now(), 9, busy, share=2) == []
    for module in (watching, asking):
        monkeypatch.setattr(module, "AT_ONCE", 4)

    assert one_round() == 9

    pulses = CheckPulse.objects.all()
    hung = pulses.filter(of__company_id=slow.company_id)
    well = pulses.filter(of__company_id=quick.company_id)
    assert {pulse.message for pulse in hung} == {"no answer within 1 s"}
    assert [pulse.state for pulse in well] == ["up"] * 4
    # What was answered is kept at once, while others hang two at a time.
    last = well.aggregate(at=Max("asked_at"))["at"]
    assert last < hung.aggregate(at=Max("asked_at"))["at"]
    assert hung.aggregate(at=Min("asked_at"))["at"] < hung.aggregate(at=Max("asked_at"))["at"]


def test_a_round_asks_nothing_new_after_its_time(port: int) -> None:
    slow = found("Slow").administrator
    watch(slow, 3, "http", f"http://127.0.0.1:{port}/")
    assert one_round(lasts_s=0) == 0
    assert Check.objects.count() == len(due_checks(timezone.now())) == 3
