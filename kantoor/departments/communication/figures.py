"""What communication measures of itself: what comes out and when, and who reads it."""

from collections.abc import Sequence
from datetime import timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from django.db.models import F, OuterRef, Q, Subquery
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
from kantoor.kernel.spans import by_moment, counts, only_now, parts, whole

PUBLISHED, READ = "/communication/items?state=published", "/communication/must-read"
MAILINGS = "/communication/mailings"
A_MINUTE = timedelta(minutes=1)
"""What comes out within this after its time came out in time."""


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
    return counts(scoped(actor, Item), by_moment(actor, "published_at"), spans)


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
    found = scoped(actor, Item).filter(planned)
    return parts(found, by_moment(actor, "publish_at"), spans, good)


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
        by_moment(actor, "at")(whole(spans)), item__company_id=actor.company_id, outcome=APPROVE
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
    found = scoped(actor, ReadingAsked).exclude(state=ENDED)
    return parts(found, by_moment(actor, "due_at"), spans, good)


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
    return only_now(spans, late)


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
    found = MailingTo.objects.filter(among, mailing__company=actor.company_id)
    return parts(found, by_moment(actor, "mailing__created_at"), spans, good)
