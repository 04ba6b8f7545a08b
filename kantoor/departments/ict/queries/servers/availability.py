"""How much of its time a server worked, by month, exact to the second.

A server is down while any of its checks that asks whether it answers is down. Maintenance counts
for neither side, nor does the time before anything was known.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from decimal import ROUND_DOWN, Decimal
from zoneinfo import ZoneInfo

import msgspec
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.intervals import Span, joined, seconds, within, without
from kantoor.departments.ict.models import CheckChange, Maintenance, Server
from kantoor.departments.ict.models.servers.check import DOWN, METRICS, TLS, UNKNOWN
from kantoor.departments.ict.queries.servers.servers import READ
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import query, scoped

WARNINGS = (TLS, METRICS)
"""Kinds of checks that warn of what will go wrong; the server answers meanwhile."""
MOST_MONTHS = 60


class MonthRow(msgspec.Struct, frozen=True):
    """A month of a server: seconds it was watched, down and maintained; `share` is in percent."""

    server: str
    name: str
    month: date
    watched_s: int
    down_s: int
    maintained_s: int
    share: Decimal | None


@query(permission=READ, title=_("Availability by month"), exposed=True)
def availability(
    actor: Actor, /, *, server: str = "", since: date | None = None, months: int = 12
) -> list[MonthRow]:
    """The months of one server or all, the latest first; three statements in all."""
    now = timezone.now()
    rows = scoped(actor, Server).order_by("code")
    if server:
        rows = rows.filter(code=server.strip().lower())
    listed = list(rows)
    changes = _changes(actor, listed)
    worked_on = list(scoped(actor, Maintenance).values_list("server_id", "begins_at", "ends_at"))
    zone = ZoneInfo(actor.zone)
    found = []
    for begin, end in _months(now, zone, since, min(max(months, 1), MOST_MONTHS)):
        for each in listed:
            gone = [(b, e) for key, b, e in worked_on if key in (None, each.pk)]
            row = _month(each, changes.get(each.pk, {}), gone, begin, min(end, now), zone)
            if row.watched_s or row.maintained_s:
                found.append(row)
    return found


def down_spans(
    changes: Iterable[tuple[datetime, str]], end: datetime
) -> tuple[list[Span], list[Span]]:
    """When a check was known, and when it was down, from its changes in order up to a moment."""
    known, down = [], []
    state, since = UNKNOWN, datetime.min.replace(tzinfo=UTC)
    for at, becomes in [*changes, (end, "")]:
        if state != UNKNOWN:
            known.append((since, at))
        if state == DOWN:
            down.append((since, at))
        state, since = becomes, at
    return known, down


def _month(
    server: Server,
    checks: dict[int, list[tuple[datetime, str]]],
    worked_on: Sequence[Span],
    begin: datetime,
    end: datetime,
    zone: ZoneInfo,
) -> MonthRow:
    known: list[Span] = []
    down: list[Span] = []
    for changes in checks.values():
        spans = down_spans([each for each in changes if each[0] < end], end)
        known += spans[0]
        down += spans[1]
    known = joined(within(known, begin, end))
    watched = without(known, worked_on)
    lost = seconds(without(within(down, begin, end), worked_on))
    total = seconds(watched)
    share = None
    if total:
        # Rounded down: 100 % is said of what never failed.
        share = (Decimal(100) * (total - lost) / total).quantize(Decimal("0.001"), ROUND_DOWN)
    return MonthRow(
        server.code,
        server.name,
        begin.astimezone(zone).date(),
        total,
        lost,
        seconds(known) - total,
        share,
    )


def _changes(
    actor: Actor, servers: Sequence[Server]
) -> dict[int, dict[int, list[tuple[datetime, str]]]]:
    rows = scoped(actor, CheckChange).exclude(of__kind__in=WARNINGS)
    rows = rows.filter(of__server__in=[each.pk for each in servers]).order_by("at", "pk")
    found: dict[int, dict[int, list[tuple[datetime, str]]]] = {}
    for server, check, at, state in rows.values_list("of__server", "of", "at", "state"):
        found.setdefault(server, {}).setdefault(check, []).append((at, state))
    return found


def _months(
    now: datetime, zone: ZoneInfo, since: date | None, most: int
) -> Iterable[tuple[datetime, datetime]]:
    """The months up to now in a zone, the latest first."""
    day = now.astimezone(zone).date().replace(day=1)
    end = _first_of_next(day)
    for _number in range(most):
        if since is not None and end <= since:
            return
        yield _midnight(day, zone), _midnight(end, zone)
        end = day
        day = day.replace(month=day.month - 1) if day.month > 1 else date(day.year - 1, 12, 1)


def _first_of_next(day: date) -> date:
    return day.replace(month=day.month + 1) if day.month < 12 else date(day.year + 1, 1, 1)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)
