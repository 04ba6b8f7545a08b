"""What the forms of the service desk need beyond the signatures of their actions."""

from typing import Any

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.queries.cases.arranged import (
    desk_people,
    queue_names,
    service_names,
)
from kantoor.departments.ict.queries.clocks.levels import level_names, service_level
from kantoor.departments.ict.web.cases import words
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.calendars.queries import calendar, calendars
from kantoor.kernel.calendars.terms import WEEKDAYS
from kantoor.kernel.errors import DomainError, NotAllowed
from kantoor.kernel.pages.plans import Given, Plan, plan
from kantoor.kernel.pages.suggesting import EMPLOYEES
from kantoor.kernel.pages.words import name_field, name_values


def queues(actor: Actor) -> dict[str, Any]:
    """The queues to choose from."""
    return {"": "", **queue_names(actor)}


def services(actor: Actor) -> dict[str, Any]:
    """The services to choose from; none for who may not see them."""
    try:
        return {"": "", **service_names(actor)}
    except NotAllowed:
        return {"": ""}


def people(actor: Actor) -> dict[str, Any]:
    """The colleagues of the desk to choose from."""
    return {"": "", **desk_people(actor)}


def _to_case(_actor: Actor, opened: Any) -> str:
    return words.case_url(opened.number)


def levels(actor: Actor) -> dict[str, Any]:
    """The service levels to choose from."""
    return {"": "", **level_names(actor)}


def calendar_names(actor: Actor) -> dict[str, Any]:
    """The calendars to choose from."""
    return {row.code: row.name for row in calendars(actor, limit=200).rows}


def _to_level(_actor: Actor, code: Any) -> str:
    return f"/ict/service-levels/{code}"


def _to_calendar(_actor: Actor, code: Any) -> str:
    return f"/ict/calendars/{code}"


def _level_now(actor: Actor, given: Given) -> Given:
    """The targets as they are."""
    try:
        shown = service_level(actor, code=str(given.get("level", "")))
    except DomainError:
        return {}
    targets = [msgspec.structs.asdict(each) for each in shown.targets]
    return {"calendar": shown.level.calendar, "targets": targets}


def _calendar_now(actor: Actor, given: Given) -> Given:
    """The hours as they are."""
    try:
        terms = calendar(actor, code=str(given.get("calendar", ""))).terms
    except DomainError:
        return {}
    week = {f"week.{day}": getattr(terms.week, day) for day in WEEKDAYS}
    return {
        **week,
        "zone": terms.zone,
        "country": terms.country,
        "subdivision": terms.subdivision,
        "days": [msgspec.structs.asdict(each) for each in terms.days],
    }


LEVELS = {"1": _("1 high"), "2": _("2 normal"), "3": _("3 low")}
MACHINES = ("by_machine",)

plan(
    "ict.open_case",
    Plan(
        leave_out=(
            "case.about", "case.source", "case.reference", "case.event", "case.opened_at",
            "case.by_machine", "case.files",
        ),
        choices={
            "case.queue": queues,
            "case.service": services,
            "case.assignee": people,
            "case.impact": LEVELS,
            "case.urgency": LEVELS,
            "case.kind": words.KINDS,
            "case.channel": words.CHANNELS,
        },
        suggestions={"case.requester": EMPLOYEES},
        kinds={"case.text": "lines_of_text"},
        goes_to=_to_case,
        submit=_("Open the case"),
    ),
)  # fmt: skip
plan(
    "ict.add_note",
    Plan(
        leave_out=("note.files", "note.by_machine", "note.by_requester"),
        kinds={"note.text": "lines_of_text"},
        in_palette=False,
    ),
)
plan("ict.assign_case", Plan(choices={"queue": queues, "assignee": people}, in_palette=False))
plan("ict.assign_cases", Plan(choices={"queue": queues, "assignee": people}, leave_out=MACHINES))
plan("ict.change_priority", Plan(choices={"impact": LEVELS, "urgency": LEVELS}, in_palette=False))
plan(
    "ict.await_case",
    Plan(
        choices={"waiting_for": words.WAITING_FOR}, kinds={"why": "lines_of_text"}, in_palette=False
    ),
)
plan("ict.resolve_case", Plan(kinds={"text": "lines_of_text"}, in_palette=False))
plan("ict.resolve_cases", Plan(kinds={"text": "lines_of_text"}, leave_out=MACHINES))
plan("ict.close_cases", Plan(leave_out=MACHINES))
plan("ict.reopen_case", Plan(kinds={"why": "lines_of_text"}, in_palette=False))
for _verb in ("take_case", "resume_case", "close_case"):
    plan(f"ict.{_verb}", Plan(in_palette=False))
plan(
    "ict.ask_question",
    Plan(
        choices={"service": services},
        kinds={"text": "lines_of_text"},
        goes_to=lambda _actor, number: words.question_url(str(number)),
        submit=_("Ask"),
    ),
)
plan("ict.write_to_desk", Plan(kinds={"text": "lines_of_text"}, in_palette=False))
plan("ict.withdraw_question", Plan(kinds={"why": "lines_of_text"}, in_palette=False))
plan("ict.link_devices", Plan(in_palette=False))
plan("ict.unlink_device", Plan(in_palette=False))
plan(
    "ict.note_call",
    Plan(
        in_palette=False,
        choices={
            "call.service": services,
            "call.queue": queues,
            "call.impact": LEVELS,
            "call.urgency": LEVELS,
        },
    ),
)
plan("ict.set_service_level", Plan(choices={"service": services, "level": levels}))
plan(
    "ict.add_service_level",
    Plan(choices={"calendar": calendar_names}, lines=4, goes_to=_to_level),
)
plan(
    "ict.change_service_level",
    Plan(
        choices={"calendar": calendar_names},
        prefill=_level_now,
        kinds={"level": "hidden"},
        lines=2,
        in_palette=False,
    ),
)
plan("kernel.add_calendar", Plan(lines=3, goes_to=_to_calendar))
plan(
    "kernel.change_calendar",
    Plan(prefill=_calendar_now, kinds={"calendar": "hidden"}, lines=3, in_palette=False),
)
plan("ict.add_service", Plan(choices={"owner": people}))
plan("ict.join_queue", Plan(choices={"queue": queues}))
plan("ict.leave_queue", Plan(choices={"queue": queues}))
plan("ict.set_queue", Plan(choices={"queue": queues, "lead": people}))
plan("ict.share_out_case", Plan(in_palette=False))
name_field("lead", _("Who leads it"), _("Hears of deadlines that passed."))
name_field("by_load", _("Give out by load"), _("New cases go to who has the fewest in hand."))

for _verb in ("merge_case", "unmerge_case", "join_major", "leave_major", "link_problem"):
    plan(f"ict.{_verb}", Plan(in_palette=False))
plan("ict.update_major", Plan(kinds={"text": "lines_of_text"}, in_palette=False))
name_field("into", _("Into which case"), _("The number of the case that goes on."))
name_field("major", _("Major incident"), _("Its number."))
name_field("problem", _("Problem"), _("Its number."))
name_field("solved", _("It is solved"))
name_field("title", _("What is the matter"), _("A few words."))
name_field("requester", _("Requester"), _("The code of a relation."))
name_field("contact", _("Who called"), _("Where the requester is nobody we know."))
name_field("service", _("Service"))
name_field("queue", _("Queue"))
name_field("assignee", _("Who has it"))
name_field("impact", _("How many it touches"))
name_field("urgency", _("How soon it must be solved"))
name_field("channel", _("Channel"))
name_field("waiting_for", _("Wait for"))
name_field("public", _("The requester may read it"))
name_field("ict.resolve_case:code", _("Way of solving"), _("A word of your own, such as restart."))
name_field("ict.resolve_case:text", _("How it was solved"), _("The requester may read it."))
name_field("ict.resolve_cases:code", _("Way of solving"), _("A word of your own, such as restart."))
name_field("ict.resolve_cases:text", _("How it was solved"), _("The requester may read it."))
name_field("caller", _("Caller"), _("The code of a relation."))
name_field(
    "solution", _("Solved on the line"), _("How; leave it empty where it is not solved yet.")
)
name_field("ict.link_devices:devices", _("Devices"), _("Their numbers, one a line."))
name_field("criticality", _("How vital, 1 to 4"))
name_field("owner", _("Owner"), _("The name they sign in under."))
name_field("department", _("Department"))
name_field("member", _("Colleague"), _("The name they sign in under."))
name_field("members", _("Colleagues"), _("The names they sign in under."))
name_field("skills", _("What they can do especially"), _("Words, with commas between them."))
name_field("calendar", _("Calendar"))
name_field("targets", _("Targets"))
name_field("clock", _("Clock"))
name_field("minutes", _("Minutes of the calendar"))
name_field("warn_minutes", _("Warn with so many left"))
name_field("standard", _("For services without a level of their own"))
name_field("open_cases_too", _("For open cases too"))
name_field("level", _("Service level"))
name_field("priority", _("Priority"))
name_field("days", _("Days of your own"))
name_field("kernel.add_calendar:first", _("First day"))
name_field("kernel.change_calendar:first", _("First day"))
name_field("last", _("Last day"), _("Empty is the first day alone."))
name_field("hours", _("Hours"), _("As 09:00-13:00; empty is closed."))
name_field("yearly", _("Every year"))
name_field("subdivision", _("Part of the country"), _("Such as BY for Bavaria."))
name_field("mon", _("Monday"), _("As 09:00-12:30, 13:00-17:00; empty is closed."))
name_field("tue", _("Tuesday"))
name_field("wed", _("Wednesday"))
name_field("thu", _("Thursday"))
name_field("fri", _("Friday"))
name_field("sat", _("Saturday"))
name_field("sun", _("Sunday"))
name_values("clock", words.CLOCKS)
