"""Each night everything is proved; what differs is said to who reads the record, and to nobody else."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from kantoor.kernel.actors.actor import installation_actor
from kantoor.kernel.actors.models import Company
from kantoor.kernel.errors import NotAllowed
from kantoor.kernel.figures import measured, month_of
from kantoor.kernel.jobs import proving
from kantoor.kernel.jobs.keeping import keep_house
from kantoor.kernel.jobs.models import Job
from kantoor.kernel.jobs.proving import last_proof, proof_due, proofs, prove_everything
from kantoor.kernel.jobs.worker import work_off
from tests.founded import House, found

pytestmark = pytest.mark.django_db


def proved() -> None:
    prove_everything.enqueue_once("scheduled", installation_actor())
    assert work_off() == 1


def faults(house: House) -> object:
    return measured(house.administrator, "kernel.differs", [month_of(timezone.localdate())])[0]


def today(house: House) -> str:
    client = Client()
    client.post("/sign-in", {"user": "admin", "password": house.password})
    return client.get("/").content.decode()


def test_while_all_is_as_the_record_says_that_is_all_there_is_to_say() -> None:
    house = found()
    assert faults(house) is None
    proved()
    row = proofs(house.administrator).rows[0]
    assert (row.outcome, row.faults, row.places) == ("good", 0, "")
    assert row.rows > 10
    assert faults(house) == 0
    assert "/management/proofs" not in today(house).partition("</nav>")[2]


def test_what_was_changed_behind_its_back_is_named_and_stands_on_today() -> None:
    house = found()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE kernel_company SET name = 'Somebody else'")
    proved()
    row = proofs(house.administrator).rows[0]
    key = Company.objects.get().pk
    assert row.outcome == "differs"
    assert f"kernel_company row {key}" in row.places
    assert faults(house) == row.faults > 0
    assert "/management/proofs" in today(house).partition("</nav>")[2]
    with pytest.raises(NotAllowed):
        proofs(house.person("emma", "employee"))


@pytest.mark.parametrize("result", ["", "{}", "{", '{"rows": "many"}'])
def test_an_outcome_that_nobody_can_read_is_itself_what_differs(result: str) -> None:
    house = found()
    proved()
    Job.objects.update(result=result)
    row = proofs(house.administrator).rows[0]
    assert (row.outcome, row.places) == ("differs", f"kernel_job row {Job.objects.get().pk}")
    assert "/management/proofs" in today(house).partition("</nav>")[2]


def test_it_is_proved_each_night_and_by_day_only_where_no_night_was_had(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert not proof_due(), "there is nothing to prove"
    found()
    now = timezone.now()

    def due(after: timedelta, hour: int) -> bool:
        at = datetime.combine((now + after).date(), datetime.min.time(), UTC).replace(hour=hour)

        class Clock:
            now = staticmethod(lambda: at)

        monkeypatch.setattr(proving, "timezone", Clock)
        return proof_due()

    assert not due(timedelta(), now.hour)
    assert due(timedelta(days=2), 3)
    assert due(timedelta(days=3), 12)
    monkeypatch.undo()
    proved()
    assert not proof_due()
    Job.objects.update(created_at=now - timedelta(hours=25))
    assert due(timedelta(days=1), 2)


def test_what_was_found_stays_as_long_as_jobs_do() -> None:
    found()
    proved()
    for days, stays in ((29, True), (31, False)):
        Job.objects.update(ended_at=timezone.now() - timedelta(days=days))
        keep_house.enqueue(installation_actor())
        work_off()
        assert (last_proof() is not None) == stays
