"""Procedures in the complete company: drawings, versions, instances that wait for each thing, people."""

from datetime import timedelta

from django.utils import timezone

from kantoor.kernel.actors.actor import console_actor
from kantoor.kernel.calendars.actions import OFFICE_WEEK, add_calendar, change_calendar
from kantoor.procedures.actions.delivering import deliver_events
from kantoor.procedures.actions.importing import import_procedure
from kantoor.procedures.actions.standing_in import let_stand_in
from kantoor.procedures.actions.starting import start_procedures
from kantoor.procedures.actions.talking import comment_on
from kantoor.procedures.actions.tasks import claim_task, complete_task
from kantoor.procedures.actions.teams import add_team
from kantoor.procedures.models import HeardEvent, Instance, NotBegun, Task
from kantoor.procedures.tests.drawn import drawn, more
from tests.founded import House

CHANGED = '<message id="m" name="kernel.calendar_changed"/>'
ASKING = drawn(
    "asking",
    '<startEvent id="s">' + more('<k:field name="what" required="true"/>') + "</startEvent>"
    '<userTask id="judge" name="Judge" k:nameNl="Beoordeel" k:role="bookkeeper" k:notBy="requester"'
    ' k:within="PT4H" k:escalate="administrator"/>'
    '<userTask id="buy" name="Buy" k:team="reception"/>'
    '<intermediateCatchEvent id="wait"><timerEventDefinition><timeDuration>P2D</timeDuration>'
    '</timerEventDefinition></intermediateCatchEvent><endEvent id="e"/>',
    "s > judge > buy > wait > e",
    process='k:title="what" k:nameNl="Aanvragen"',
)
HEARING = drawn(
    "hearing",
    '<startEvent id="s"><messageEventDefinition messageRef="m"/></startEvent>'
    '<userTask id="look" name="Look" k:role="bookkeeper"/><endEvent id="e"/>',
    "s > look > e",
    outside=CHANGED,
)
UNABLE = drawn(
    "unable",
    '<startEvent id="s"><messageEventDefinition messageRef="m"/>'
    + more('<k:output name="wrong" value="event.calendar_id.nothing"/>')
    + '</startEvent><endEvent id="e"/>',
    "s > e",
    outside=CHANGED,
)
FAULTY = drawn("faulty", '<startEvent id="s"/><scriptTask id="x"/><endEvent id="e"/>', "s > x > e")


def procedures(house: House) -> None:
    """Two people ask, others judge, buy and stand in; events are heard; something can't run."""
    anne, bo, cas = house.administrator, house.people["bo"], house.people["cas"]
    add_team(anne, code="reception", name="Reception", name_nl="Receptie", members=["bo", "cas"])
    add_team(anne, code="drivers", name="Drivers", members=["cas"])
    import_procedure(anne, content=ASKING, note="First", publish=True)
    import_procedure(anne, content=ASKING.replace("P2D", "P3D"), publish=True)
    import_procedure(anne, content=HEARING, publish=True)
    import_procedure(anne, content=HEARING.replace('"look"', '"see"').replace("look", "see"))
    import_procedure(anne, content=HEARING.replace("hearing", "listening"), publish=True)
    import_procedure(anne, content=UNABLE, publish=True)
    import_procedure(anne, content=FAULTY)
    several = [{"what": what} for what in ("A chair", "A table", "A lamp", "A desk")]
    numbers = start_procedures(bo, procedure="asking", several=several)
    for number in numbers[:3]:
        complete_task(cas, task=_task(number, "judge").pk)
    for number in numbers[:2]:
        complete_task(bo, task=_task(number, "buy").pk)
    claim_task(cas, task=_task(numbers[2], "buy").pk)
    comment_on(bo, instance=numbers[3], text="Can you judge this, @cas?")
    comment_on(cas, instance=numbers[3], text="Tomorrow, @bo.")
    today = timezone.localdate()
    for deputy in ("bo", "cas"):
        let_stand_in(anne, deputy=deputy, first=today, last=today + timedelta(days=30))
    add_calendar(anne, code="reception", name="Reception")
    for _time in range(2):
        change_calendar(anne, calendar="reception", week=OFFICE_WEEK, zone="Europe/Amsterdam")
    _deliver(house)
    # What is under way goes by the version before: it can be moved.
    import_procedure(anne, content=ASKING.replace("P2D", "P4D"), publish=True)


def _task(number: int, element: str) -> Task:
    return Task.objects.get(instance__number=number, element=element, state="open")


def _deliver(house: House) -> None:
    """What was heard comes to who waits for it, as the worker does."""
    heard = HeardEvent.objects.filter(company=house.company, handled_at=None).order_by("pk")
    assert heard.count() >= 2
    console = console_actor(house.company)
    deliver_events(console, events=list(heard.values_list("pk", flat=True)))
    assert Instance.objects.filter(procedure__key="hearing").count() >= 2
    assert NotBegun.objects.filter(settled_at=None).count() >= 2
