"""Mailing lists and purposes as registers, and who is on a list, and stands how."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, Value, When
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.department import READ_AUDIENCES
from kantoor.departments.communication.errors import UnknownAudience
from kantoor.departments.communication.models import (
    Consent,
    ListMember,
    MailingList,
    Purpose,
    Subscriber,
)
from kantoor.departments.communication.queries.audiences.named import names_of, page_of
from kantoor.departments.communication.queries.audiences.standing import agreed, lost, unwanted
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.paging import PAGE, Page, page_by
from kantoor.kernel.queries import query, scoped


class ListRow(msgspec.Struct, frozen=True, kw_only=True):
    """A mailing list; `members` are the addresses on it, whether they can be written to or not."""

    id: int
    code: str
    name: str
    purpose: str
    open: bool
    active: bool
    members: int


class MemberRow(msgspec.Struct, frozen=True, kw_only=True):
    """An address on a list; `state` is good, no_consent, unsubscribed or bounced."""

    id: int
    address: str
    name: str
    language: str
    state: str
    joined_at: datetime


class PurposeRow(msgspec.Struct, frozen=True, kw_only=True):
    """What people are written about, and how many agreed to it and did not take that back."""

    id: int
    code: str
    name: str
    text: str
    agreed: int
    active: bool


@query(permission=READ_AUDIENCES, title=_("Mailing lists"), exposed=True)
def mailing_lists(
    actor: Actor,
    /,
    *,
    search: str = "",
    active: str = "",
    sort: str = "name",
    cursor: str = "",
    limit: int = PAGE,
) -> Page[ListRow]:
    """Mailing lists by name or code; `active` 1 gives those in use, 0 those that were put away."""
    page = page_of(
        scoped(actor, MailingList),
        search=search,
        active=active,
        sort=sort,
        cursor=cursor,
        limit=limit,
    )
    sizes = _sizes([row.pk for row in page.rows])
    return page.map(lambda row: _row(row, sizes.get(row.pk, 0)))


@query(permission=READ_AUDIENCES, title=_("Mailing list"), exposed=True)
def mailing_list(actor: Actor, /, *, code: str) -> ListRow:
    """One mailing list. Raises UnknownAudience."""
    row = _list(actor, code, "code")
    return _row(row, _sizes([row.pk]).get(row.pk, 0))


@query(permission=READ_AUDIENCES, title=_("Addresses on mailing lists"), exposed=True)
def list_members(
    actor: Actor,
    /,
    *,
    mailing_list: str = "",
    search: str = "",
    cursor: str = "",
    limit: int = PAGE,
) -> Page[MemberRow]:
    """Addresses on a list, or on any, the latest first, and how each stands for its purpose."""
    found = scoped(actor, Subscriber).exclude(address="")
    purpose, on = "", ListMember.objects.filter(subscriber=OuterRef("pk"))
    if mailing_list:
        row = _list(actor, mailing_list, "mailing_list")
        purpose, on = row.purpose, on.filter(mailing_list=row)
    found = found.filter(Exists(on))
    if words := search.strip().lower():
        found = found.filter(Q(address__icontains=words) | Q(name__icontains=words))
    page = page_by(found, order=("-id",), cursor=cursor, limit=limit, totals={})
    return page.with_rows(_members(actor, page.rows, purpose))


@query(permission=READ_AUDIENCES, title=_("Purposes"), exposed=True)
def purposes(
    actor: Actor,
    /,
    *,
    search: str = "",
    active: str = "",
    sort: str = "name",
    cursor: str = "",
    limit: int = PAGE,
) -> Page[PurposeRow]:
    """What people are written about; `active` 1 gives those in use, 0 those that were put away."""
    page = page_of(
        scoped(actor, Purpose), search=search, active=active, sort=sort, cursor=cursor, limit=limit
    )
    given = scoped(actor, Consent).filter(
        purpose__in=[row.code for row in page.rows], withdrawn_at=None
    )
    counts = dict(given.order_by().values_list("purpose").annotate(n=Count("pk")))
    return page.map(
        lambda row: PurposeRow(
            id=row.pk, code=row.code, name=row.name, text=row.text,
            agreed=counts.get(row.code, 0), active=row.active,
        )
    )  # fmt: skip


@query(permission=READ_AUDIENCES, title=_("Codes and names of purposes"))
def purpose_names(actor: Actor, /) -> dict[str, str]:
    """What the purposes in use are called, by code."""
    found = scoped(actor, Purpose).filter(active=True).order_by("name", "pk")
    return dict(found.values_list("code", "name"))


@query(permission=READ_AUDIENCES, title=_("Codes and names of mailing lists"))
def list_names(actor: Actor, /, *, keys: Sequence[int] | None = None) -> dict[int, tuple[str, str]]:
    """Code and name of these lists by their rows; without keys those in use."""
    return names_of(scoped(actor, MailingList), keys)


def _list(actor: Actor, code: str, field: str) -> MailingList:
    row = scoped(actor, MailingList).filter(code=code).first()
    if row is None:
        message = _("There is no mailing list “{code}”.").format(code=code[:40])
        raise UnknownAudience(message, field=field)
    return row


def _sizes(keys: Sequence[int]) -> dict[int, int]:
    found = ListMember.objects.filter(mailing_list__in=keys).order_by()
    return dict(found.values_list("mailing_list_id").annotate(n=Count("pk")))


def _row(row: MailingList, members: int) -> ListRow:
    return ListRow(
        id=row.pk, code=row.code, name=row.name, purpose=row.purpose, open=row.open,
        active=row.active, members=members,
    )  # fmt: skip


def _members(actor: Actor, rows: Sequence[Subscriber], purpose: str) -> list[MemberRow]:
    """The rows of a page with how they stand: one statement."""
    judged = (
        Subscriber.objects.filter(pk__in=[row.pk for row in rows])
        .annotate(mail_address=F("address"))
        .annotate(
            state=Case(
                When(lost(actor.company_id), then=Value("bounced")),
                When(unwanted(actor.company_id, purpose, Subscriber), then=Value("unsubscribed")),
                *(
                    [When(~agreed(actor.company_id, purpose, Subscriber), then=Value("no_consent"))]
                    if purpose
                    else []
                ),
                default=Value("good"),
                output_field=CharField(),
            )
        )
    )
    states = dict(judged.values_list("pk", "state"))
    return [
        MemberRow(
            id=row.pk, address=row.address, name=row.name, language=row.language,
            state=states[row.pk], joined_at=row.created_at,
        )
        for row in rows
    ]  # fmt: skip
