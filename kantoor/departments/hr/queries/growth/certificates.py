"""Certificates as they are looked at: those of all, one's own, and those that expire."""

from datetime import date, timedelta

import msgspec
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.models import Certificate
from kantoor.departments.hr.queries.people.own import own_party
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.queries import query, scoped

SOON = timedelta(days=60)
HOLDS, EXPIRES, EXPIRED = "holds", "expires", "expired"


class CertificateRow(msgspec.Struct, frozen=True):
    """A certificate; `state` is `holds`, `expires` (within sixty days) or `expired`."""

    id: int
    person: str
    name: str
    issuer: str
    obtained_on: date
    expires_on: date | None
    state: str


@query(permission="hr.read_growth", title=_("Certificates"), exposed=True)
def certificates(
    actor: Actor,
    /,
    *,
    soon: bool | None = None,
    search: str = "",
    sort: str = "expires_on",
    cursor: str = "",
    limit: int = PAGE,
) -> Page[CertificateRow]:
    """The certificates that count; `soon` are those that expired or will within sixty days."""
    found = scoped(actor, Certificate).filter(ended_at=None)
    if soon:
        found = found.filter(expires_on__lte=timezone.localdate() + SOON)
    if search:
        found = found.filter(party__name__icontains=search)
    return _page(found, sort, cursor, limit)


@query(permission="hr.use_own", title=_("My certificates"), exposed=True)
def my_certificates(
    actor: Actor, /, *, sort: str = "expires_on", cursor: str = "", limit: int = PAGE
) -> Page[CertificateRow]:
    """One's own certificates."""
    found = scoped(actor, Certificate).filter(ended_at=None, party=own_party(actor).pk)
    return _page(found, sort, cursor, limit)


@query(permission="hr.read_growth", title=_("How many certificates expire"))
def certificates_expiring(actor: Actor, /) -> int:
    """How many expired or will within sixty days."""
    until = timezone.localdate() + SOON
    return scoped(actor, Certificate).filter(ended_at=None, expires_on__lte=until).count()


def _page(found: QuerySet[Certificate], sort: str, cursor: str, limit: int) -> Page[CertificateRow]:
    today = timezone.localdate()
    order = sorted_by(sort, {"expires_on": ("expires_on",), "obtained_on": ("obtained_on",)})
    page = page_by(
        found.select_related("party"), order=order, cursor=cursor, limit=limit, totals={}
    )
    return page.map(
        lambda row: CertificateRow(
            row.pk,
            row.party.name,
            row.name,
            row.issuer,
            row.obtained_on,
            row.expires_on,
            _state(row.expires_on, today),
        )
    )


def _state(expires_on: date | None, today: date) -> str:
    if expires_on is None or expires_on > today + SOON:
        return HOLDS
    return EXPIRES if expires_on >= today else EXPIRED
