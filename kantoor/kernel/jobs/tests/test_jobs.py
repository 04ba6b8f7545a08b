"""Jobs: done as who asked, with progress, again after a failure, on after a crash."""

import threading
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.utils import timezone

from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor, installation_actor
from kantoor.kernel.actors.companies import change_company
from kantoor.kernel.actors.models import Company
from kantoor.kernel.actors.roles import end_grant
from kantoor.kernel.errors import Conflict, InvalidInput, NotFound
from kantoor.kernel.jobs import schedule, work
from kantoor.kernel.jobs.declared import job
from kantoor.kernel.jobs.models import Job
from kantoor.kernel.jobs.registers import job as job_shown
from kantoor.kernel.jobs.registers import jobs, retry_job
from kantoor.kernel.jobs.schedule import enqueue_due, every
from kantoor.kernel.jobs.work import Interrupted, Work
from kantoor.kernel.jobs.worker import claim, perform, take_over, work_off
from tests.founded import found

pytestmark = pytest.mark.django_db
happened: list[object] = []
broken = [True]


@pytest.fixture(autouse=True)
def nothing_happened() -> None:
    happened.clear()
    broken[0] = True


@job(title="Rename")
def rename(work: Work, /, *, name: str) -> dict[str, str]:
    change_company(work.actor, name=name)
    return {"name": name}


@job(title="Count")
def count_up(work: Work, /, *, steps: int) -> int:
    begun = work.remembered(int) or 0
    for step in range(begun, steps):
        happened.append(step)
        work.remember(step + 1)
        work.progress(step + 1, steps, "counting")
    return steps


@job(title="Break", tries=2)
def break_down(work: Work, /) -> str:
    happened.append("tried")
    if broken[0]:
        raise RuntimeError("a cable was loose")
    return "mended"


@job(title="Refuse")
def refuse(work: Work, /) -> None:
    raise InvalidInput("The file is empty.")


@every(minutes=5, when=lambda: broken[0])
@job(title="Tick", quick=True)
def tick(work: Work, /) -> None:
    happened.append("tick")


def outside_transactions(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a job is when no test wraps it."""
    monkeypatch.setattr(work, "connection", SimpleNamespace(in_atomic_block=False))


def shown(actor: Actor, key: str) -> tuple[str, str, str]:
    row = job_shown(actor, key=key)
    return row.state, row.result, row.error


def test_a_job_is_done_as_who_asked_it() -> None:
    house = found()
    key = rename.enqueue(house.administrator, name="Bakker NV")
    assert shown(house.administrator, key)[0] == "waiting"
    assert work_off() == 1
    assert shown(house.administrator, key) == ("done", '{"name":"Bakker NV"}', "")
    assert Company.objects.get().name == "Bakker NV"


def test_who_lost_the_role_in_the_meantime_does_nothing() -> None:
    house = found()
    mia = house.person("mia", "administrator", "employee")
    key = rename.enqueue(mia, name="Bakker NV")
    end_grant(house.administrator, user="mia", role="administrator")
    work_off()
    state, _, error = shown(mia, key)
    assert state == "failed"
    assert "kernel.manage_company" in error
    assert Company.objects.get().name == "Bakker BV"


@action(permission="tests.write", title="Ask a job", hidden=True)
def ask_and_fail(actor: Actor, /) -> None:
    """Ask a job, and then fail."""
    rename.enqueue(actor, name="Never")
    raise Conflict("Something else is wrong.")


def test_a_job_asked_in_an_action_that_fails_is_never_done() -> None:
    house = found()
    with pytest.raises(Conflict):
        ask_and_fail(house.administrator)
    assert work_off() == 0


def test_progress_is_seen_while_it_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "SAY_EVERY_S", 0)
    house = found()
    key = count_up.enqueue(house.administrator, steps=3)
    outside_transactions(monkeypatch)
    Work(house.administrator, Job.objects.get(key=key)).progress(2, 3, "two of three")
    row = job_shown(house.administrator, key=key)
    assert (row.done, row.total, row.message) == (2, 3, "two of three")


def test_progress_within_a_transaction_is_said_after_it() -> None:
    house = found()
    key = count_up.enqueue(house.administrator, steps=3)
    work_ = Work(house.administrator, Job.objects.get(key=key))
    with transaction.atomic():
        work_.progress(1, 3)
    assert job_shown(house.administrator, key=key).done == 0


def test_a_failure_of_ours_is_tried_again_and_then_given_up() -> None:
    house = found()
    key = break_down.enqueue(house.administrator)
    work_off()
    assert shown(house.administrator, key)[0] == "waiting"
    Job.objects.update(run_at=timezone.now())
    work_off()
    state, _, error = shown(house.administrator, key)
    assert state == "failed"
    assert "a cable was loose" in error
    assert happened == ["tried", "tried"]
    broken[0] = False
    retry_job(house.administrator, key=key)
    work_off()
    assert shown(house.administrator, key) == ("done", '"mended"', "")
    with pytest.raises(Conflict):
        retry_job(house.administrator, key=key)


def test_what_a_person_did_wrong_is_not_tried_again() -> None:
    house = found()
    key = refuse.enqueue(house.administrator)
    work_off()
    assert shown(house.administrator, key) == ("failed", "", "The file is empty.")
    assert Job.objects.get(key=key).attempts == 1


def test_a_job_that_was_broken_off_goes_on_where_it_was() -> None:
    house = found()
    key = count_up.enqueue(house.administrator, steps=4)
    job_ = claim(worker="this machine")
    assert job_ is not None
    job_.memory = "2"
    job_.save()  # killed here, after two steps
    assert claim(worker="another") is None
    assert take_over("this machine") == 1
    work_off()
    assert happened == [2, 3]
    assert shown(house.administrator, key)[:2] == ("done", "4")


def test_the_job_of_a_worker_that_died_elsewhere_is_taken_over_in_time() -> None:
    house = found()
    count_up.enqueue(house.administrator, steps=1)
    assert claim(worker="elsewhere") is not None
    assert claim(worker="here") is None
    Job.objects.update(locked_until=timezone.now() - timedelta(minutes=5))
    assert claim(worker="here") is not None


def test_a_job_that_kills_its_worker_each_time_is_given_up() -> None:
    house = found()
    key = break_down.enqueue(house.administrator)
    for _ in range(2):
        assert claim(worker="this machine") is not None
        take_over("this machine")
    work_off()
    assert shown(house.administrator, key)[0] == "failed"
    assert happened == []


def test_a_worker_that_stops_puts_a_long_job_back(monkeypatch: pytest.MonkeyPatch) -> None:
    house = found()
    key = count_up.enqueue(house.administrator, steps=3)
    stop = threading.Event()
    stop.set()
    job_ = claim()
    assert job_ is not None
    outside_transactions(monkeypatch)
    with pytest.raises(Interrupted):
        Work(house.administrator, job_, stop).progress(1, 3)

    def interrupted(_work: Work, /, **_: object) -> None:
        raise Interrupted

    monkeypatch.setattr(count_up, "function", interrupted)
    perform(job_, stop)
    row = Job.objects.get(key=key)
    assert (row.state, row.attempts) == ("waiting", 0)


def test_one_sees_ones_own_jobs_only() -> None:
    house = found()
    anne, bert = house.person("anne", "employee"), house.person("bert", "employee")
    key = refuse.enqueue(anne)
    assert [row.key for row in jobs(anne).rows] == [key]
    assert jobs(bert).rows == []
    with pytest.raises(NotFound):
        job_shown(bert, key=key)
    with pytest.raises(NotFound):
        retry_job(found("Slager BV").administrator, key=key)
    assert job_shown(house.person("ada", "auditor"), key=key).user == "anne"


def test_the_schedule_asks_a_job_once_and_only_when_needed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found()
    entries = {tick.name: schedule.Entry(tick, 300, lambda: broken[0], next_at=0)}
    monkeypatch.setattr(schedule, "_entries", entries)
    assert enqueue_due(now=1) == 1
    assert enqueue_due(now=2) == 0
    assert enqueue_due(now=302) == 1
    assert Job.objects.count() == 1  # the first still waits
    work_off()
    assert happened == ["tick"]
    broken[0] = False
    assert enqueue_due(now=602) == 0


def test_a_job_of_that_name_is_not_asked_twice_until_it_ended() -> None:
    found()
    first = tick.enqueue_once("now", installation_actor())
    assert tick.enqueue_once("now", installation_actor()) == first
    work_off()
    assert tick.enqueue_once("now", installation_actor()) != first


def test_house_is_kept_and_the_record_signed() -> None:
    from kantoor.kernel.jobs.keeping import keep_house, sign_record
    from kantoor.kernel.record.models import SignedHead

    house = found()
    key = refuse.enqueue(house.administrator)
    work_off()
    Job.objects.update(ended_at=timezone.now() - timedelta(days=31))
    keep_house.enqueue(installation_actor())
    sign_record.enqueue(installation_actor())
    assert work_off() == 2
    assert not Job.objects.filter(key=key).exists()
    assert SignedHead.objects.count() == 1
