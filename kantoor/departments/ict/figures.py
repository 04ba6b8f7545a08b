"""What ICT measures of itself: the service desk, devices, servers and backups."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import F, Max, Min, Q, QuerySet
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
from kantoor.kernel.spans import by_moment, counts, means, only_now, parts, ratio

CASES, DEVICES, SERVERS, BACKUPS = (
    "ict.read_cases", "ict.read_devices", "ict.read_servers", "ict.read_backups",
)  # fmt: skip


def _cases(days: Days) -> str:
    return f"/ict/cases?date_from={days.first}&date_to={days.last}"


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
    return only_now(spans, scoped(actor, Case).filter(is_open=True).count())


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
    return counts(scoped(actor, Case), by_moment(actor, "opened_at"), spans)


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
    rows = _clocks(actor, RESOLUTION).filter(allowed__isnull=False)
    return parts(rows, by_moment(actor, "case__opened_at"), spans, Q(state=MET))


def _clocks(actor: Actor, clock: str) -> "QuerySet[Clock]":
    """Clocks that ran out or were kept, one for each case."""
    return scoped(actor, Clock).filter(clock=clock, state__in=(MET, MISSED))


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
    return means(_clocks(actor, RESPONSE), by_moment(actor, "case__opened_at"), spans, "spent")


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
    good = Q(score__gte=SATISFIED)
    return parts(scoped(actor, CaseOpinion), by_moment(actor, "said_at"), spans, good)


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
    return only_now(spans, out.count())


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
        found.append(ratio(worked, watched))
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
    return only_now(spans, int((timezone.now() - oldest).total_seconds()))
