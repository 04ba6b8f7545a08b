"""The round of checks: ask what is due, keep how it goes, and raise what went down.

The network is asked outside of every transaction. Pulses and hours are written as they come; that
a check went up or down is an act, and stands in the record. Killed between the two, the next round
finds the same and does it once.
"""

import logging
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import msgspec
from django.db import connection
from django.db.models import F, Max, Q, Window
from django.db.models.functions import RowNumber
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.actions.servers.letting_go import source_of
from kantoor.departments.ict.actions.watching.incidents import Found, begin_troubles, end_troubles
from kantoor.departments.ict.actions.watching.whose import carried_by, impact_of, maintained
from kantoor.departments.ict.models import Check, CheckChange, CheckHour, CheckPulse, Trouble
from kantoor.departments.ict.models.servers.check import DOWN, UNKNOWN
from kantoor.departments.ict.watching.asking import AT_ONCE, Asking
from kantoor.departments.ict.watching.questions import Answer, Question, settled
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor, console_actor
from kantoor.kernel.actors.models import Company
from kantoor.kernel.jobs.declared import job
from kantoor.kernel.jobs.schedule import every
from kantoor.kernel.jobs.work import Work
from kantoor.kernel.queries import scoped
from kantoor.kernel.store.raw import run_many

log = logging.getLogger(__name__)

MANAGE = "ict.manage_servers"
MOST = 400
"""Checks of one round; what is left is due in the next, seconds later."""
LASTS_S, LOOK_EVERY_S = 10.0, 0.5
KEEP_HOURS = timedelta(days=400)


class Flip(msgspec.Struct, frozen=True):
    """A check as a round found it: its state after the answer, when, and what was seen."""

    check: int
    state: str
    at: datetime
    message: str


def due_checks(
    now: datetime, most: int = MOST, busy: Sequence[tuple[int, int]] = (), share: int = MOST
) -> list[Check]:
    """The checks whose turn it is: of each company in turn the one that waited longest.

    `busy` are checks (with their company) that are being asked: those are left out, and a company
    has no more than its `share` of them and new ones together.
    """
    turn = Q(pulse=None) | Q(pulse__next_at__lte=now)
    rows = Check.objects.filter(turn, active=True, server__active=True)
    rows = rows.exclude(pk__in=[check for check, _company in busy])
    asked = Counter(company for _check, company in busy)
    nth = Window(
        RowNumber(), partition_by=F("company_id"), order_by=[F("pulse__next_at").asc(nulls_first=True), "pk"]
    )  # fmt: skip
    ranked = rows.annotate(nth=nth).filter(nth__lte=share).order_by("nth", "pulse__next_at", "pk")
    turns = ranked.values_list("pk", "company_id", "nth")
    fair = [(asked[company] + nth, pk) for pk, company, nth in turns if asked[company] + nth <= share]  # fmt: skip
    keys = [pk for _nth, pk in sorted(fair)[:most]]
    found = Check.objects.select_related("server", "pulse").in_bulk(keys)
    return [found[key] for key in keys]


def anything_due() -> bool:
    """Whether a check waits for its turn."""
    turn = Q(pulse=None) | Q(pulse__next_at__lte=timezone.now())
    return Check.objects.filter(turn, active=True, server__active=True).exists()


@every(seconds=5, when=anything_due)
@job(title=_("Check servers"), quick=True)
def check_servers(work: Work, /) -> int:
    """Ask what is due, and keep what was answered; gives how many checks."""
    return one_round()


def one_round(lasts_s: float = LASTS_S) -> int:
    """One round over all companies, each with its own share of what is asked at once.

    While slow targets of one are waited for, others are asked, and answers are kept as they come.
    After `lasts_s` nothing new is asked: a round is over a time-out later at most.
    """
    end = time.monotonic() + lasts_s
    under_way: dict[int, Check] = {}
    count = 0
    with Asking() as asking:
        while True:
            if asking.room and count < MOST and time.monotonic() < end:
                busy = [(check.pk, check.company_id) for check in under_way.values()]
                most = min(asking.room, MOST - count)
                due = due_checks(timezone.now(), most, busy, _share())
                asking.begin([_question(check) for check in due])
                under_way |= {check.pk: check for check in due}
                count += len(due)
            if not under_way:
                return count
            answers = asking.answered(LOOK_EVERY_S)
            checks = [under_way.pop(key) for key in answers]
            if checks:
                keep_answers(checks, answers, timezone.now())


def _share() -> int:
    """How many questions of one company may be under way, so that all have room."""
    rows = Check.objects.filter(active=True, server__active=True)
    return max(1, AT_ONCE // max(1, rows.values("company_id").distinct().count()))


def _question(c: Check) -> Question:
    return Question(c.pk, c.kind, c.target, c.server.address, c.expect, c.limit, c.timeout_s)


def keep_answers(checks: Sequence[Check], answers: Mapping[int, Answer], at: datetime) -> None:
    """Settle the state of each check; what flipped, or is down without an incident, is an act.

    Where that fails for a company the others go on; its checks flip again with the next answer.
    """
    pulses = {check.pk: _pulse(check, answers[check.pk], at) for check in checks}
    flipped: dict[int, list[Flip]] = {}
    for check in checks:
        pulse = pulses[check.pk]
        if pulse.state != _state_of(check) or pulse.state == DOWN:
            flip = Flip(check.pk, pulse.state, at, pulse.message)
            flipped.setdefault(check.company_id, []).append(flip)
    failed = {
        company.pk
        for company in Company.objects.filter(pk__in=flipped)
        if not _told(company, flipped[company.pk])
    }
    for check in checks:
        if check.company_id in failed:
            before: CheckPulse | None = getattr(check, "pulse", None)
            pulse = pulses[check.pk]
            pulse.state = before.state if before else UNKNOWN
            pulse.streak = before.streak if before else 0
    CheckPulse.objects.bulk_create(
        pulses.values(),
        update_conflicts=True,
        unique_fields=["of"],
        update_fields=["state", "streak", "asked_at", "next_at", "took_ms", "message"],
    )
    _add_to_hours(answers, at)


def _told(company: Company, flips: Sequence[Flip]) -> bool:
    """Note what is news of one company; whether that worked."""
    actor = console_actor(company)
    try:
        with translation.override(actor.language):
            if news := _news(actor, flips):
                note_flips(actor, flips=news)
    except Exception:
        log.exception("What checks of company %s found could not be noted", company.pk)
        return False
    return True


@action(permission=MANAGE, title=_("Note that checks went up or down"), hidden=True)
def note_flips(actor: Actor, /, *, flips: Sequence[Flip]) -> None:
    """Keep which checks went up or down, and begin or end their troubles; twice changes nothing."""
    rows = scoped(actor, Check).select_related("server")
    checks = {row.pk: row for row in rows.filter(pk__in=[each.check for each in flips])}
    known = _states(actor, list(checks))
    CheckChange.objects.bulk_create(
        CheckChange(
            company_id=actor.company_id,
            of_id=each.check,
            at=each.at,
            state=each.state,
            message=each.message[:300],
        )
        for each in flips
        if known.get(each.check, UNKNOWN) != each.state
    )
    worked_on, carried = maintained(actor), carried_by(actor)
    down = [
        each
        for each in flips
        if each.state == DOWN and not worked_on & {checks[each.check].server_id, None}
    ]
    begin_troubles(actor, [_found(checks[each.check], each, carried) for each in down])
    end_troubles(actor, [source_of(each.check) for each in flips if each.state != DOWN])


def _news(actor: Actor, flips: Sequence[Flip]) -> list[Flip]:
    """Those that the record or the incidents do not know of yet."""
    states = _states(actor, [each.check for each in flips])
    down = [source_of(each.check) for each in flips if each.state == DOWN]
    raised = scoped(actor, Trouble).filter(ended_at=None, source__in=down)
    sources = set(raised.values_list("source", flat=True))
    worked_on = maintained(actor)
    servers = dict(
        scoped(actor, Check)
        .filter(pk__in=[each.check for each in flips])
        .values_list("pk", "server_id")
    )
    return [
        each
        for each in flips
        if states.get(each.check, UNKNOWN) != each.state
        or (
            each.state == DOWN
            and source_of(each.check) not in sources
            and not worked_on & {servers[each.check], None}
        )
    ]


def _states(actor: Actor, checks: Sequence[int]) -> dict[int, str]:
    """The state of each check as the record knows it."""
    rows = scoped(actor, CheckChange).filter(of__in=checks)
    latest = rows.values("of").annotate(last=Max("pk")).values("last")
    return dict(CheckChange.objects.filter(pk__in=latest).values_list("of_id", "state"))


def _found(check: Check, flip: Flip, carried: Mapping[int, str]) -> Found:
    server = check.server
    urgent = server.environment == "production" and check.kind not in ("tls", "metrics")
    return Found(
        source=source_of(check.pk),
        about=f"server:{server.pk}",
        title=gettext("{server}: {check} is down").format(server=server.name, check=check.name),
        text=flip.message,
        service=carried.get(server.pk, ""),
        impact=impact_of(server.criticality),
        urgency=1 if urgent else 2,
        at=flip.at,
    )


def _state_of(check: Check) -> str:
    pulse: CheckPulse | None = getattr(check, "pulse", None)
    return pulse.state if pulse else UNKNOWN


def _pulse(check: Check, answer: Answer, at: datetime) -> CheckPulse:
    before: CheckPulse | None = getattr(check, "pulse", None)
    state, streak = (before and (before.state, before.streak)) or (UNKNOWN, 0)
    state, streak = settled(state, streak, answer.ok, fails=check.fails, passes=check.passes)
    return CheckPulse(
        of_id=check.pk,  # not `of`: that would put the new one in place of the old on the check
        state=state,
        streak=max(min(streak, 1_000_000), -1_000_000),
        asked_at=at,
        next_at=at + timedelta(seconds=check.every_s),
        took_ms=answer.took_ms,
        message=answer.message[:300],
    )


def _add_to_hours(answers: Mapping[int, Answer], at: datetime) -> None:
    """Add the answers to the hour they are of, so that what is kept does not grow by the minute."""
    hour = at.replace(minute=0, second=0, microsecond=0)
    field = CheckHour._meta.get_field("hour")
    moment = field.get_db_prep_value(hour, connection)
    run_many(
        "INSERT INTO ict_check_hour (of_id, hour, good, bad, took_ms, slowest_ms)"
        " VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (of_id, hour) DO UPDATE SET"
        " good = ict_check_hour.good + excluded.good, bad = ict_check_hour.bad + excluded.bad,"
        " took_ms = ict_check_hour.took_ms + excluded.took_ms,"
        " slowest_ms = CASE WHEN excluded.slowest_ms > ict_check_hour.slowest_ms"
        " THEN excluded.slowest_ms ELSE ict_check_hour.slowest_ms END",
        [
            (key, moment, int(a.ok), int(not a.ok), a.took_ms or 0, a.took_ms or 0)
            for key, a in answers.items()
        ],
    )


def any_hour() -> bool:
    """Whether anything was ever checked."""
    return CheckHour.objects.exists()


@every(minutes=60, when=any_hour)
@job(title=_("Forget old hours of checks"), quick=True)
def forget_old_hours(work: Work, /) -> int:
    """Forget the answers of more than a year ago; that checks went up or down stays."""
    return CheckHour.objects.filter(hour__lt=timezone.now() - KEEP_HOURS).delete()[0]
