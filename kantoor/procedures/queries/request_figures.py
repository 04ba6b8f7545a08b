"""How well agreed times are kept: requests that ended, by kind and month."""

from datetime import date
from zoneinfo import ZoneInfo

import msgspec
from django.db.models import Count, F, Q
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import query, scoped
from kantoor.procedures.department import READ
from kantoor.procedures.models import AskedRequest
from kantoor.procedures.models.requests import DONE, REFUSED
from kantoor.procedures.queries.words import said


class KeptTimes(msgspec.Struct, frozen=True, kw_only=True):
    """Requests of a kind that were done or refused in a month (its first day).

    `in_time` and `late` are those with an agreed time; `percent` is the whole part of a hundred
    that was in time, None where no time was agreed.
    """

    kind: str
    kind_code: str
    month: date
    ended: int
    refused: int
    in_time: int
    late: int
    percent: int | None


@query(permission=READ, title=_("How agreed times are kept"), exposed=True)
def kept_times(actor: Actor, /, *, kind: str = "") -> list[KeptTimes]:
    """By kind and month, the latest month first; in one statement. Withdrawn ones don't count."""
    found = scoped(actor, AskedRequest).filter(state__in=[DONE, REFUSED])
    if kind:
        found = found.filter(kind__code=kind)
    agreed = Q(due_at__year__lt=2999)
    rows = (
        found.annotate(month=TruncMonth("ended_at", tzinfo=ZoneInfo(actor.zone)))
        .values("month", "kind__code", "kind__name", "kind__name_nl")
        .annotate(
            ended=Count("pk"),
            refused=Count("pk", filter=Q(state=REFUSED)),
            in_time=Count("pk", filter=agreed & Q(ended_at__lte=F("due_at"))),
            late=Count("pk", filter=agreed & Q(ended_at__gt=F("due_at"))),
        )
        .order_by("-month", "kind__code")
    )
    return [
        KeptTimes(
            kind=said(actor, row["kind__name"], row["kind__name_nl"]),
            kind_code=row["kind__code"],
            month=row["month"].date(),
            ended=row["ended"],
            refused=row["refused"],
            in_time=row["in_time"],
            late=row["late"],
            percent=_percent(row["in_time"], row["in_time"] + row["late"]),
        )
        for row in rows
    ]


def _percent(part: int, whole: int) -> int | None:
    return part * 100 // whole if whole else None
