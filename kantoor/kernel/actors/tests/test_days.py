"""Today is the actor's day in all that is done in their name, whatever the day of the machine."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone

from kantoor.kernel.actors.actor import Actor, console_actor
from kantoor.kernel.actors.companies import change_company
from kantoor.kernel.actors.days import furthest_day, today_of
from kantoor.kernel.actors.models import Company
from kantoor.kernel.jobs.declared import job
from kantoor.kernel.jobs.work import Work
from kantoor.kernel.jobs.worker import work_off
from kantoor.kernel.queries import query
from kantoor.kernel.record.tests.office import call_for_test, founded, perform

pytestmark = pytest.mark.django_db

EARLIEST, LATEST = "Pacific/Kiritimati", "Pacific/Pago_Pago"
"""25 hours apart: never on one day."""

seen: list[date] = []


@query(permission="tests.write")
def day_for_test(actor: Actor, /) -> date:
    """Which day it is."""
    return timezone.localdate()


@job(title="Note the day")
def note_day(work: Work, /) -> None:
    seen.append(timezone.localdate())


def both() -> tuple[Actor, Actor]:
    found = founded()
    return replace(found, zone=EARLIEST), replace(found, zone=LATEST)


def test_an_action_and_what_it_calls_are_of_the_actors_day() -> None:
    ahead, behind = both()
    days = [perform(actor, timezone.localdate) for actor in (ahead, behind)]
    assert days == [today_of(ahead), today_of(behind)]
    assert days[0] > days[1]
    within = perform(ahead, lambda: call_for_test(behind, work=timezone.localdate))
    assert within == days[0], "one transaction has one day"


def test_a_query_is_of_the_actors_day_and_leaves_the_zone_as_it_was() -> None:
    before = timezone.get_current_timezone_name()
    ahead, behind = both()
    assert (day_for_test(ahead), day_for_test(behind)) == (today_of(ahead), today_of(behind))
    assert timezone.get_current_timezone_name() == before


def test_a_job_is_of_the_day_of_its_company() -> None:
    company = Company.objects.get(pk=founded().company_id)
    for zone in (EARLIEST, LATEST):
        change_company(console_actor(company), zone=zone)
        company.refresh_from_db()
        note_day.enqueue(console_actor(company))
        assert work_off() == 1
    ahead, behind = seen
    assert ahead - behind in (timedelta(days=1), timedelta(days=2))


def test_the_furthest_day_is_that_of_the_zone_which_is_first() -> None:
    ahead, behind = both()
    assert today_of(behind) < furthest_day() == today_of(ahead)
