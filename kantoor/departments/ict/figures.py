"""What ICT measures of itself: the service desk, devices, servers and backups."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Max, Min, Q, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.models import BackupPlan, Case, CaseOpinion, Clock, Device
from kantoor.departments.ict.models.clocks.clocks import MET, MISSED
from kantoor.departments.ict.models.clocks.levels import RESOLUTION, RESPONSE
from kantoor.departments.ict.models.satisfaction.opinions import SATISFIED
from kantoor.departments.ict.queries.servers.availability import MOST_MONTHS, availability
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.figures import Days, Value, figure
from kantoor.kernel.queries import scoped

CASES, DEVICES, SERVERS, BACKUPS = (
    "ict.read_cases", "ict.read_devices", "ict.read_servers", "ict.read_backups",
)  # fmt: skip


def _cases(days: Days) -> str:
    return f"/ict/cases?date_from={days.first}&date_to={days.last}"


def _within(actor: Actor, moment: str, days: Days) -> Q:
    """From the first midnight to the one after the last day, in the actor's zone."""
    zone = ZoneInfo(actor.zone)
    first = datetime.combine(days.first, time(), zone)
    end = datetime.combine(days.last + timedelta(days=1), time(), zone)
    return Q(**{f"{moment}__gte": first, f"{moment}__lt": end})


def _now(spans: Sequence[Days], value: Value) -> list[Value]:
    today = timezone.localdate()
    return [value if each.holds(today) else None for each in spans]


@figure(
    name="ict.open_cases",
    title=_("Cases that are open"),
    kind="number",
    of="now",
    permission=CASES,
    better="lower",
    sources=lambda _days: "/ict/cases?state=open",
    meaning=_("Cases that are not solved or closed now."),
)
def open_cases(actor: Actor, spans: Sequence[Days], /) -> Sequence[Value]:
    return _now(spans, scoped(actor, Case).filter(is_open=True).count())


@figure(
    name="ict.cases",
    title=_("Cases opened"),
    kind="number",
    of="days",
    permission=CASES,
    better="lower",
    sources=_cases,
    meaning=_("How many cases were opened."),
)
def cases(actor: Actor, spans: Sequence[Days], /) -> Sequence[Value]:
    asked = {
        f"n{place}": Count("pk", filter=_within(actor, "opened_at", each))
        for place, each in enumerate(spans)
    }
    found = scoped(actor, Case).filter(_within(actor, "opened_at", _whole(spans)))
    sums = found.aggregate(**asked)
    return [sums[f"n{place}"] for place in range(len(spans))]


def _whole(spans: Sequence[Days]) -> Days:
    return Days(min(each.first for each in spans), max(each.last for each in spans))


@figure(
    name="ict.solved_in_time",
    title=_("Solved in the agreed time"),
    kind="percent",
    of="days",
    permission=CASES,
    better="higher",
    sources=_cases,
    meaning=_("Of the cases opened that are solved and had a promise: the part that kept it."),
)
def solved_in_time(actor: Actor, spans: Sequence[Days], /) -> Sequence[Value]:
    rows = _clocks(actor, spans, RESOLUTION).filter(allowed__isnull=False)
    asked: dict[str, Any] = {}
    for place, each in enumerate(spans):
        opened = _within(actor, "case__opened_at", each)
        asked[f"met{place}"] = Count("case", filter=opened & Q(state=MET))
        asked[f"all{place}"] = Count("case", filter=opened)
    sums = rows.aggregate(**asked)
    pairs = [(sums[f"met{place}"], sums[f"all{place}"]) for place in range(len(spans))]
    return [Fraction(met, all_) if all_ else None for met, all_ in pairs]


def _clocks(actor: Actor, spans: Sequence[Days], clock: str) -> "QuerySet[Clock]":
    rows = Clock.objects.filter(company_id=actor.company_id, clock=clock, state__in=(MET, MISSED))
    return rows.filter(_within(actor, "case__opened_at", _whole(spans)))


@figure(
    name="ict.first_response",
    title=_("First answer"),
    kind="duration",
    of="days",
    permission=CASES,
    better="lower",
    sources=_cases,
    meaning=_("The mean working time until the cases opened were answered first."),
)
def first_response(actor: Actor, spans: Sequence[Days], /) -> Sequence[Value]:
    asked: dict[str, Any] = {}
    for place, each in enumerate(spans):
        opened = _within(actor, "case__opened_at", each)
        asked[f"time{place}"] = Sum("spent", filter=opened, default=0)
        asked[f"all{place}"] = Count("case", filter=opened)
    sums = _clocks(actor, spans, RESPONSE).aggregate(**asked)
    pairs = [(sums[f"time{place}"], sums[f"all{place}"]) for place in range(len(spans))]
    return [Fraction(spent, all_) if all_ else None for spent, all_ in pairs]


@figure(
    name="ict.satisfaction",
    title=_("Satisfied with the help"),
    kind="percent",
    of="days",
    permission=CASES,
    better="higher",
    sources=lambda days: f"/ict/opinions?date_from={days.first}&date_to={days.last}",
    meaning=_("The part of the answers that say 4 or 5 of 5."),
)
def satisfaction(actor: Actor, spans: Sequence[Days], /) -> Sequence[Value]:
    asked: dict[str, Any] = {}
    for place, each in enumerate(spans):
        said = _within(actor, "said_at", each)
        asked[f"good{place}"] = Count("pk", filter=said & Q(score__gte=SATISFIED))
        asked[f"all{place}"] = Count("pk", filter=said)
    found = scoped(actor, CaseOpinion).filter(_within(actor, "said_at", _whole(spans)))
    sums = found.aggregate(**asked)
    pairs = [(sums[f"good{place}"], sums[f"all{place}"]) for place in range(len(spans))]
    return [Fraction(good, all_) if all_ else None for good, all_ in pairs]


@figure(
    name="ict.devices_out",
    title=_("Devices handed out"),
    kind="number",
    of="now",
    permission=DEVICES,
    better="",
    sources=lambda _days: "/ict/devices?state=issued",
    meaning=_("How many devices people have now."),
)
def devices_out(actor: Actor, spans: Sequence[Days], /) -> Sequence[Value]:
    out = scoped(actor, Device).filter(state="issued", merged_into=None)
    return _now(spans, out.count())


@figure(
    name="ict.availability",
    title=_("Availability"),
    kind="percent",
    of="days",
    permission=SERVERS,
    better="higher",
    sources=lambda _days: "/ict/servers",
    meaning=_("Of the time that servers were watched, the part that they worked; of whole months."),
)
def availability_of_servers(actor: Actor, spans: Sequence[Days], /) -> Sequence[Value]:
    low = min(each.first for each in spans)
    today = timezone.localdate()
    months = (today.year - low.year) * 12 + today.month - low.month + 1
    if months < 1:
        return [None] * len(spans)
    since = low.replace(day=1) - timedelta(days=1)
    rows = availability(actor, since=since, months=min(months, MOST_MONTHS))
    found: list[Value] = []
    for each in spans:
        mine = [row for row in rows if _first(each.first) <= row.month <= each.last]
        watched = sum(row.watched_s for row in mine)
        worked = watched - sum(row.down_s for row in mine)
        found.append(Fraction(worked, watched) if watched else None)
    return found


def _first(day: date) -> date:
    return day.replace(day=1)


@figure(
    name="ict.backup_age",
    title=_("Age of the oldest backup"),
    kind="duration",
    of="now",
    permission=BACKUPS,
    better="lower",
    sources=lambda _days: "/ict/backups?active=1",
    meaning=_(
        "How long ago the last good run was, of the plan in use where that is longest ago. A plan that never ran well counts from the day it was made."
    ),
)
def backup_age(actor: Actor, spans: Sequence[Days], /) -> Sequence[Value]:
    plans = scoped(actor, BackupPlan).filter(active=True)
    last = plans.annotate(good=Max("runs__began_at", filter=Q(runs__ok=True)))
    ran = last.exclude(good=None).aggregate(oldest=Min("good"))["oldest"]
    never = last.filter(good=None).aggregate(oldest=Min(F("created_at")))["oldest"]
    oldest = min((each for each in (ran, never) if each), default=None)
    if oldest is None:
        return [None] * len(spans)
    return _now(spans, int((timezone.now() - oldest).total_seconds()))
