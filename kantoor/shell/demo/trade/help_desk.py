"""The help desk of the trading company: what is agreed, a season of incidents, and today's."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from kantoor.departments.ict.actions.cases.assigning import assign_case, take_case
from kantoor.departments.ict.actions.cases.desk import (
    add_queue,
    add_service,
    join_queue,
    set_queue,
)
from kantoor.departments.ict.actions.cases.moving import await_case, resolve_case
from kantoor.departments.ict.actions.cases.noting import add_note
from kantoor.departments.ict.actions.cases.opening import open_cases
from kantoor.departments.ict.actions.cases.replaying import replay_cases
from kantoor.departments.ict.actions.clocks.levels import add_service_level
from kantoor.departments.ict.drafts import CaseDraft, NoteDraft
from kantoor.departments.ict.drafts_clocks import TargetDraft
from kantoor.departments.ict.drafts_past import Happened, PastCase
from kantoor.departments.ict.models.cases.case import priority_of
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.calendars.actions import add_calendar
from kantoor.kernel.calendars.terms import OwnDays, Week
from kantoor.shell.demo.trade.chance import chance
from kantoor.shell.demo.trade.colleagues import COLLEAGUES

MANAGER, AGENT = "iris", "hugo"
HOURS = "08:30-12:30, 13:00-17:30"
ZONE = ZoneInfo("Europe/Amsterdam")
SEASON = timedelta(days=90)
PER_DAY = 3
LEVELS = ((1, 30, 240), (2, 60, 480), (3, 240, 1440), (4, 480, 2880))
"""Minutes of working time to the first answer and to the solution, by priority."""
SERVICES = (
    ("werkplek", "Werkplek", 3),
    ("mail", "E-mail en agenda", 2),
    ("netwerk", "Netwerk en wifi", 1),
    ("telefonie", "Telefonie", 2),
    ("magazijn", "Magazijnscanners", 1),
    ("printen", "Printen", 4),
)


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that goes wrong more often: what people say, where it belongs, how bad it is."""

    title: str
    queue: str
    impact: int
    urgency: int
    usual_minutes: int


TROUBLES = (
    Trouble("Wachtwoord vergeten", "balie", 3, 2, 20),
    Trouble("Printer op de begane grond geeft geen papier", "balie", 3, 3, 90),
    Trouble("Laptop start niet op", "balie", 2, 2, 240),
    Trouble("Scanner in het magazijn verliest de verbinding", "netwerk", 2, 1, 180),
    Trouble("Kan niet in de gedeelde agenda kijken", "balie", 3, 3, 120),
    Trouble("Geen geluid tijdens vergaderingen", "balie", 3, 3, 60),
    Trouble("Wifi in de kantine valt steeds weg", "netwerk", 2, 2, 600),
    Trouble("Tweede beeldscherm wordt niet herkend", "balie", 3, 3, 75),
    Trouble("Mail blijft in het postvak UIT staan", "balie", 2, 2, 150),
    Trouble("Telefoon gaat niet over bij de balie", "netwerk", 2, 1, 200),
    Trouble("VPN werkt niet thuis", "netwerk", 3, 2, 210),
    Trouble("Schijf is bijna vol", "balie", 3, 3, 300),
    Trouble("Internet ligt eruit in het magazijn", "netwerk", 1, 1, 150),
)


def have_a_help_desk(manager: Actor, agent: Actor, today: date) -> None:
    """Agree on times, then let a season go by, and leave today's calls as they came in."""
    _arrange(manager, agent)
    past = [_past(day, n) for day in _working_days(today) for n in range(PER_DAY)]
    replay_cases(agent, cases=[case for n, case in enumerate(past) if chance("calls", n, of=3)])
    _today(manager, agent)


def _arrange(manager: Actor, agent: Actor) -> None:
    week = Week(mon=HOURS, tue=HOURS, wed=HOURS, thu=HOURS, fri=HOURS)
    closed = OwnDays(first=date(2025, 12, 24), hours="08:30-12:30", name="Kerstavond", yearly=True)
    add_calendar(
        manager, code="kantoortijd", name="Kantoortijd", week=week, country="NL", days=[closed]
    )
    targets = [
        TargetDraft(clock=clock, priority=priority, minutes=minutes, warn_minutes=minutes // 4)  # type: ignore[arg-type]
        for priority, response, resolution in LEVELS
        for clock, minutes in (("response", response), ("resolution", resolution))
    ]
    add_service_level(
        manager, code="standaard", name="Standaard", calendar="kantoortijd", targets=targets,
        standard=True,
    )  # fmt: skip
    add_queue(manager, code="balie", name="Balie", members=[MANAGER, AGENT])
    add_queue(manager, code="netwerk", name="Netwerk", members=[MANAGER])
    for code, name, criticality in SERVICES:
        add_service(
            manager, code=code, name=name, owner=MANAGER, department="ICT",
            criticality=criticality,
        )  # fmt: skip

    for code in ("balie", "netwerk"):
        set_queue(manager, queue=code, lead=MANAGER)
    join_queue(manager, queue="balie", member=AGENT, skills="werkplek, printen, magazijn")


def _working_days(today: date) -> list[date]:
    days = (today - timedelta(days=n) for n in range(SEASON.days, 2, -1))
    return [day for day in days if day.weekday() < 5]


def _past(day: date, n: int) -> PastCase:
    """An incident of a day gone by, as it went; every twelfth was opened again."""
    about = (day.isoformat(), n)
    trouble = TROUBLES[chance("what", *about, of=len(TROUBLES))]
    caller = COLLEAGUES[chance("who", *about, of=len(COLLEAGUES) - 2)]
    minute = 8 * 60 + 35 + chance("when", *about, of=8 * 60)
    opened = datetime.combine(day, time(minute // 60, minute % 60), ZONE).astimezone(UTC)
    answered = opened + timedelta(minutes=3 + chance("answer", *about, of=70))
    took = trouble.usual_minutes * (60 + chance("took", *about, of=90)) // 100
    solved = answered + timedelta(minutes=took)
    moments = [(opened, "new"), (answered, "active"), (solved, "resolved")]
    again = chance("again", *about, of=12) == 0
    if again:
        moments += [
            (solved + timedelta(hours=1), "active"), (solved + timedelta(hours=3), "resolved"),
        ]  # fmt: skip
    closed = moments[-1][0] + timedelta(hours=20)
    moments.append((closed, "closed"))
    seconds = [(int(at.timestamp()), state) for at, state in moments]
    priority = priority_of(trouble.impact, trouble.urgency)
    return PastCase(
        reference=f"{day:%Y%m%d}-{n}", source="demonstratie", event="", opened=seconds[0][0],
        changed=seconds[-1][0], resolved=seconds[-2][0], closed=seconds[-1][0], caller="",
        requester=caller.code, title=trouble.title, text="", channel=("phone", "page")[n % 2],
        impact=trouble.impact, urgency=trouble.urgency, priority=priority, state="closed",
        waiting_for="", queue=trouble.queue, resolution_code="opgelost", reassigned=0,
        reopened=int(again), happened=_timeline(seconds, priority, trouble.queue),
    )  # fmt: skip


def _timeline(seconds: list[tuple[int, str]], priority: int, queue: str) -> list[Happened]:
    begun = seconds[0][0]
    found: list[Happened] = [
        (begun, "state", "", "new"),
        (begun, "priority", "", str(priority)),
        (begun, "queue", "", queue),
    ]
    states = [state for _at, state in seconds]
    for (at, state), was in zip(seconds[1:], states, strict=False):
        found.append((at, "state", was, state))
    return found


TODAY = (
    CaseDraft(title="Scanner 4 in het magazijn leest geen streepjescodes meer", requester="M0110",
              service="magazijn", queue="balie", impact=2, urgency=1, channel="phone",
              text="Henk belt: de rode lamp brandt wel, er komt niets binnen. Herstart hielp niet."),
    CaseDraft(title="Nieuwe laptop voor Lotte, begint 1 januari", kind="request", requester="M0107",
              service="werkplek", queue="balie", impact=3, urgency=3, channel="page"),
    CaseDraft(title="Kan niet mailen naar klanten in Duitsland", requester="M0106", service="mail",
              queue="balie", impact=2, urgency=2, channel="page",
              text="Ik krijg steeds een foutmelding terug: 550 5.7.1."),
    CaseDraft(title="Wifi in de kantine valt steeds weg", requester="M0116", service="netwerk",
              queue="netwerk", impact=2, urgency=2, channel="phone"),
    CaseDraft(title="Wifi valt elke maandag weg", kind="problem", service="netwerk",
              queue="netwerk", impact=2, urgency=2, channel="page",
              text="Vijf meldingen in vier weken, steeds rond negen uur."),
    CaseDraft(title="Printer bij de administratie drukt strepen af", requester="M0103",
              service="printen", queue="balie", impact=3, urgency=3, channel="page"),
)  # fmt: skip


def _today(manager: Actor, agent: Actor) -> None:
    """What came in and is under way: taken up, waited for, answered, solved."""
    scanner, laptop, mail, wifi, problem, printer = [
        each.number for each in open_cases(agent, cases=TODAY)
    ]
    take_case(agent, number=scanner)
    take_case(agent, number=mail)
    add_note(agent, note=NoteDraft(
        case=mail, public=True,
        text="Onze server staat sinds vanochtend op een zwarte lijst. Ik laat hem eraf halen.",
    ))  # fmt: skip
    await_case(
        agent, number=mail, waiting_for="vendor", why="Verzoek aan de beheerder van de lijst."
    )
    assign_case(manager, number=wifi, queue="netwerk", assignee=MANAGER)
    assign_case(manager, number=problem, queue="netwerk", assignee=MANAGER)
    take_case(agent, number=printer)
    resolve_case(agent, number=printer, text="Trommel vervangen; proefafdruk is schoon.")
    add_note(agent, note=NoteDraft(case=laptop, text="Voorraad nagekeken: er liggen er nog twee."))
