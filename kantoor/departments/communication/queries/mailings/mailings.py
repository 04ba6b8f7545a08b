"""Mailings as they are listed and read: how far each is, and what became of whom."""

from datetime import datetime

import msgspec
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.department import READ_AUDIENCES, READ_ITEMS
from kantoor.departments.communication.models import Mailing, MailingLink, MailingTo
from kantoor.departments.communication.queries.items.visible import visible_items
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import NotFound
from kantoor.kernel.mail.models import SENT
from kantoor.kernel.paging import PAGE, Page, page_by
from kantoor.kernel.queries import query, scoped


class MailingRow(msgspec.Struct, frozen=True, kw_only=True):
    """A mailing; `state` is gathering, sending, paused, done or stopped.

    `audience` is empty for everybody who works here, `channel` the code of another way than mail.
    """

    id: int
    uid: str
    item: str
    title: str
    audience: str
    channel: str
    state: str
    size: int
    trouble: str
    created_at: datetime
    ended_at: datetime | None


class LinkRow(msgspec.Struct, frozen=True):
    """A link of a mailing and how often it was followed."""

    address: str
    followed: int


class SaidRow(msgspec.Struct, frozen=True):
    """That a mailing says the text of a number, in a language, to whom it went since `at`."""

    number: int
    language: str
    at: datetime


class MailingDetail(msgspec.Struct, frozen=True, kw_only=True):
    """A mailing with its figures. `counts` is by state of its recipients; `measured` how many
    agreed that it is noted whether they opened it (`opened`) and followed a link (`followed`).
    """

    mailing: MailingRow
    mailbox: str
    purpose: str
    per_minute: int
    next_at: datetime
    languages: list[str]
    texts: list[SaidRow]
    counts: dict[str, int]
    measured: int
    opened: int
    followed: int
    links: list[LinkRow]


class RecipientRow(msgspec.Struct, frozen=True, kw_only=True):
    """Whom a mailing goes to, and what became of it; `answer` is what was said."""

    id: int
    mailing: str
    title: str
    name: str
    address: str
    language: str
    state: str
    attempts: int
    answer: str
    sent_at: datetime | None


@query(permission=READ_ITEMS, title=_("Mailings"), exposed=True)
def mailings(
    actor: Actor, /, *, state: str = "", item: str = "", search: str = "", cursor: str = "",
    limit: int = PAGE,
) -> Page[MailingRow]:  # fmt: skip
    """Mailings of items that one may see, the latest first."""
    found = _visible(actor)
    if state:
        found = found.filter(state=state)
    if item:
        found = found.filter(item__code=item)
    if words := search.strip():
        found = found.filter(Q(item__title__icontains=words) | Q(audience__name__icontains=words))
    return page_by(found, order=("-id",), cursor=cursor, limit=limit, totals={}).map(_row)


@query(permission=READ_ITEMS, title=_("A mailing"), exposed=True)
def mailing(actor: Actor, /, *, uid: str) -> MailingDetail:
    """One mailing with its figures. Raises NotFound."""
    row = _visible(actor).filter(uid=uid).first()
    if row is None:
        raise NotFound(_("There is no such mailing."))
    to = MailingTo.objects.filter(mailing=row)
    counts = to.order_by().values_list("state").annotate(n=Count("pk"))
    noted = to.filter(measured=True).aggregate(
        measured=Count("pk"), opened=Count("opened_at"), followed=Count("followed_at")
    )
    said = list(row.texts.select_related("publication__text").order_by("pk"))
    links = MailingLink.objects.filter(mailing=row).order_by("number")
    return MailingDetail(
        mailing=_row(row),
        mailbox=row.mailbox.address if row.mailbox else "",
        purpose=row.purpose,
        per_minute=row.per_minute,
        next_at=row.next_at,
        languages=sorted({each.language for each in said}),
        texts=[SaidRow(e.publication.text.number, e.language, e.at) for e in said],
        counts=dict(counts),
        links=[LinkRow(each.address, each.followed) for each in links],
        **noted,
    )


@query(permission=READ_AUDIENCES, title=_("Who mailings go to"), exposed=True)
def mailing_recipients(
    actor: Actor, /, *, mailing: str = "", state: str = "", search: str = "", cursor: str = "",
    limit: int = PAGE,
) -> Page[RecipientRow]:  # fmt: skip
    """Recipients of a mailing, or of all, the latest first; `search` is a part of the address."""
    kept = _visible(actor)
    if mailing:
        kept = kept.filter(uid=mailing)
    found = MailingTo.objects.filter(mailing__in=kept.values("pk"))
    if state:
        found = found.filter(state=state)
    if words := search.strip():
        found = found.filter(Q(address__icontains=words) | Q(name__icontains=words))
    found = found.select_related("mailing__item")
    return page_by(found, order=("-id",), cursor=cursor, limit=limit, totals={}).map(_recipient)


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """What came of the mailings of an item together; `delivered` is sent and not come back."""

    recipients: int = 0
    delivered: int = 0
    measured: int = 0
    opened: int = 0
    followed: int = 0


def figures_of_items(actor: Actor, items: list[int]) -> dict[int, Figures]:
    """The figures of each of these items (by row) that was mailed; one statement."""
    found = MailingTo.objects.filter(
        mailing__item__in=items, mailing__company=actor.company_id
    ).order_by()
    rows = found.values_list("mailing__item").annotate(
        recipients=Count("pk"),
        delivered=Count("pk", filter=Q(state=SENT)),
        noted=Count("pk", filter=Q(measured=True)),
        opened=Count("opened_at"),
        followed=Count("followed_at"),
    )
    return {
        item: Figures(
            recipients=recipients, delivered=delivered, measured=noted, opened=opened,
            followed=followed,
        )
        for item, recipients, delivered, noted, opened, followed in rows
    }  # fmt: skip


def _visible(actor: Actor) -> QuerySet[Mailing]:
    """Mailings of items that one may see."""
    found = scoped(actor, Mailing).filter(item__in=visible_items(actor).order_by().values("pk"))
    return found.select_related("item", "audience", "way", "mailbox")


def _row(row: Mailing) -> MailingRow:
    return MailingRow(
        id=row.pk, uid=row.uid, item=row.item.code, title=row.item.title,
        audience=row.audience.name if row.audience else "",
        channel=row.way.name if row.way else "", state=row.state, size=row.size,
        trouble=row.trouble, created_at=row.created_at, ended_at=row.ended_at,
    )  # fmt: skip


def _recipient(row: MailingTo) -> RecipientRow:
    return RecipientRow(
        id=row.pk, mailing=row.mailing.uid, title=row.mailing.item.title, name=row.name,
        address=row.address, language=row.language, state=row.state, attempts=row.attempts,
        answer=row.answer, sent_at=row.sent_at,
    )  # fmt: skip
