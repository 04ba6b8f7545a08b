"""What communication measures of itself: what comes out and when, and who reads it."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from django.db.models import Count, F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.department import READ_ITEMS
from kantoor.departments.communication.models import (
    Item,
    ItemDecision,
    ItemText,
    MailingTo,
    ReadingAsked,
)
from kantoor.departments.communication.models.items.item import APPROVED
from kantoor.departments.communication.models.items.text import APPROVE
from kantoor.departments.communication.models.reading.asked import CONFIRMED, ENDED, OPEN
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.figures import Days, Value, figure
from kantoor.kernel.mail.models import BOUNCED, FAILED, SENT
from kantoor.kernel.queries import scoped

PUBLISHED, READ = "/communication/items?state=published", "/communication/must-read"
MAILINGS = "/communication/mailings"
A_MINUTE = timedelta(minutes=1)
"""What comes out within this after its time came out in time."""


def within(actor: Actor, moment: str, days: Days) -> Q:
    """From the first midnight to the one after the last day, in the actor's zone."""
    zone = ZoneInfo(actor.zone)
    first = datetime.combine(days.first, time(), zone)
    end = datetime.combine(days.last + timedelta(days=1), time(), zone)
    return Q(**{f"{moment}__gte": first, f"{moment}__lt": end})


def whole(spans: Sequence[Days]) -> Days:
    """The days from the first of all spans to their last."""
    return Days(min(each.first for each in spans), max(each.last for each in spans))


@figure(
    name="communication.published",
    title=_("Published"),
    kind="number",
    of="days",
    permission=READ_ITEMS,
    better="",
    sources=lambda _days: PUBLISHED,
    meaning=_("How many items came out, also those that were withdrawn since."),
)
def published(actor: Actor, spans: Sequence[Days], /) -> Sequence[Value]:
    asked = {
        f"n{place}": Count("pk", filter=within(actor, "published_at", each))
        for place, each in enumerate(spans)
    }
    found = scoped(actor, Item).filter(within(actor, "published_at", whole(spans)))
    sums = found.aggregate(**asked)
    return [sums[f"n{place}"] for place in range(len(spans))]


@figure(
    name="communication.published_in_time",
    title=_("Published in time"),
    kind="percent",
    of="days",
    permission=READ_ITEMS,
    better="higher",
    sources=lambda _days: PUBLISHED,
    meaning=_(
        "Of the items that were planned on these days and agreed to: the part that came out within a minute after its time."
    ),
)
def published_in_time(actor: Actor, spans: Sequence[Days], /) -> Sequence[Value]:
    planned = Q(publish_at__lte=timezone.now()) & (Q(state=APPROVED) | ~Q(published_at=None))
    good = Q(published_at__lte=F("publish_at") + A_MINUTE)
    asked = {}
    for place, each in enumerate(spans):
        these = within(actor, "publish_at", each)
        asked[f"good{place}"] = Count("pk", filter=these & good)
        asked[f"all{place}"] = Count("pk", filter=these)
    found = scoped(actor, Item).filter(planned, within(actor, "publish_at", whole(spans)))
    sums = found.aggregate(**asked)
    return _parts(sums, len(spans))


@figure(
    name="communication.time_to_approve",
    title=_("Time to approve"),
    kind="duration",
    of="days",
    permission=READ_ITEMS,
    better="lower",
    sources=lambda _days: "/communication/items",
    meaning=_(
        "The mean time from writing a text to somebody else agreeing to it, of what was agreed to on these days."
    ),
)
def time_to_approve(actor: Actor, spans: Sequence[Days], /) -> Sequence[Value]:
    wrote = ItemText.objects.filter(item=OuterRef("item"), number=OuterRef("version"))
    rows = ItemDecision.objects.filter(
        within(actor, "at", whole(spans)), item__company_id=actor.company_id, outcome=APPROVE
    ).annotate(wrote_at=Subquery(wrote.values("at")[:1]))
    times = [
        (at.astimezone(ZoneInfo(actor.zone)).date(), at - wrote_at)
        for at, wrote_at in rows.values_list("at", "wrote_at")
        if wrote_at is not None
    ]
    found: list[Value] = []
    for each in spans:
        mine = [took for day, took in times if each.holds(day)]
        seconds = sum(int(took.total_seconds()) for took in mine)
        found.append(Fraction(seconds, len(mine)) if mine else None)
    return found


@figure(
    name="communication.acknowledged",
    title=_("Read what must be read"),
    kind="percent",
    of="days",
    permission=READ_ITEMS,
    better="higher",
    sources=lambda _days: READ,
    meaning=_(
        "Of all that people had to read by a moment on these days: the part of which they said so, in time or later."
    ),
)
def acknowledged(actor: Actor, spans: Sequence[Days], /) -> Sequence[Value]:
    return _of_readings(actor, spans, Q(state=CONFIRMED))


@figure(
    name="communication.acknowledged_in_time",
    title=_("Read it in time"),
    kind="percent",
    of="days",
    permission=READ_ITEMS,
    better="higher",
    sources=lambda _days: READ,
    meaning=_("The same, of which they said so before that moment."),
)
def acknowledged_in_time(actor: Actor, spans: Sequence[Days], /) -> Sequence[Value]:
    return _of_readings(actor, spans, Q(state=CONFIRMED, confirmed_at__lte=F("due_at")))


def _of_readings(actor: Actor, spans: Sequence[Days], good: Q) -> list[Value]:
    """The part of what was due in each span for which something holds."""
    asked = {}
    for place, each in enumerate(spans):
        these = within(actor, "due_at", each)
        asked[f"good{place}"] = Count("pk", filter=these & good)
        asked[f"all{place}"] = Count("pk", filter=these)
    found = scoped(actor, ReadingAsked).exclude(state=ENDED)
    sums = found.filter(within(actor, "due_at", whole(spans))).aggregate(**asked)
    return _parts(sums, len(spans))


def _parts(sums: dict[str, int], count: int) -> list[Value]:
    pairs = [(sums[f"good{place}"], sums[f"all{place}"]) for place in range(count)]
    return [Fraction(good, all_) if all_ else None for good, all_ in pairs]


@figure(
    name="communication.unread",
    title=_("Not read in time"),
    kind="number",
    of="now",
    permission=READ_ITEMS,
    better="lower",
    sources=lambda _days: "/communication/readings?state=late",
    meaning=_(
        "How many people did not say yet that they read what they had to, each item counted."
    ),
)
def unread(actor: Actor, spans: Sequence[Days], /) -> Sequence[Value]:
    late = scoped(actor, ReadingAsked).filter(state=OPEN, due_at__lte=timezone.now()).count()
    today = timezone.localdate()
    return [late if each.holds(today) else None for each in spans]


@figure(
    name="communication.delivered",
    title=_("Delivered"),
    kind="percent",
    of="days",
    permission=READ_ITEMS,
    better="higher",
    sources=lambda _days: MAILINGS,
    meaning=_(
        "Of the addresses that mailings begun on these days were handed in for: the part where they arrived and did not come back."
    ),
)
def delivered(actor: Actor, spans: Sequence[Days], /) -> Sequence[Value]:
    return _of_mails(actor, spans, Q(state__in=(SENT, FAILED, BOUNCED)), Q(state=SENT))


@figure(
    name="communication.opened",
    title=_("Opened"),
    kind="percent",
    of="days",
    permission=READ_ITEMS,
    better="higher",
    sources=lambda _days: MAILINGS,
    meaning=_(
        "Of the mails that arrived at people who agreed that this is noted: the part that they opened."
    ),
)
def opened(actor: Actor, spans: Sequence[Days], /) -> Sequence[Value]:
    return _of_mails(actor, spans, Q(state=SENT, measured=True), Q(opened_at__isnull=False))


@figure(
    name="communication.followed",
    title=_("Links followed"),
    kind="percent",
    of="days",
    permission=READ_ITEMS,
    better="higher",
    sources=lambda _days: MAILINGS,
    meaning=_("The same, in which they followed a link."),
)
def followed(actor: Actor, spans: Sequence[Days], /) -> Sequence[Value]:
    return _of_mails(actor, spans, Q(state=SENT, measured=True), Q(followed_at__isnull=False))


def _of_mails(actor: Actor, spans: Sequence[Days], among: Q, good: Q) -> list[Value]:
    """The part of the mails of mailings begun in each span for which something holds."""
    asked = {}
    for place, each in enumerate(spans):
        these = within(actor, "mailing__created_at", each)
        asked[f"good{place}"] = Count("pk", filter=these & good)
        asked[f"all{place}"] = Count("pk", filter=these)
    found = MailingTo.objects.filter(among, mailing__company=actor.company_id)
    sums = found.filter(within(actor, "mailing__created_at", whole(spans))).aggregate(**asked)
    return _parts(sums, len(spans))
