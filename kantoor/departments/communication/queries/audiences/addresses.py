"""Who wants no mail, as a register; and all that is kept of one address, with the proof of consent."""

from datetime import datetime

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.department import READ_AUDIENCES
from kantoor.departments.communication.errors import UnknownAudience
from kantoor.departments.communication.models import Consent, ListMember, NoMail, Subscriber
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.addresses import as_compared
from kantoor.kernel.mail.models import Unreachable
from kantoor.kernel.mail.people import parties_by_address
from kantoor.kernel.paging import PAGE, Page, page_by
from kantoor.kernel.queries import query, scoped

MOST = 200


class NoMailRow(msgspec.Struct, frozen=True, kw_only=True):
    """An address whose owner wants no mail for a purpose, or none at all (empty)."""

    id: int
    address: str
    purpose: str
    how: str
    since: datetime


class ConsentShown(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody agreed to, with the proof; see Consent."""

    purpose: str
    how: str
    text: str
    source: str
    given_at: datetime
    withdrawn_at: datetime | None


class AddressShown(msgspec.Struct, frozen=True, kw_only=True):
    """All that is kept of an address. `row` is its row as a subscriber, if it is or was on a list.

    `lost` says why mail does not arrive there; `party` is the code of the relation that has it.
    """

    address: str
    row: int | None
    name: str
    language: str
    party: str
    lists: list[tuple[str, str]]
    consents: list[ConsentShown]
    stopped: list[NoMailRow]
    lost: str


@query(permission=READ_AUDIENCES, title=_("Who wants no mail"), exposed=True)
def no_mail(
    actor: Actor,
    /,
    *,
    search: str = "",
    purpose: str = "",
    cursor: str = "",
    limit: int = PAGE,
) -> Page[NoMailRow]:
    """Addresses that are not written to since their owners want no mail, the latest first."""
    found = scoped(actor, NoMail).filter(lifted_at=None).exclude(address="")
    if words := search.strip().lower():
        found = found.filter(address__icontains=words)
    if purpose:
        found = found.filter(purpose=purpose)
    page = page_by(found, order=("-id",), cursor=cursor, limit=limit, totals={})
    return page.map(_stopped)


@query(permission=READ_AUDIENCES, title=_("An address"), exposed=True)
def address_kept(actor: Actor, /, *, address: str) -> AddressShown:
    """All that is kept of an address. Raises UnknownAudience where that is nothing."""
    plain = as_compared(address)
    row = scoped(actor, Subscriber).filter(address=plain).first() if plain else None
    stopped = scoped(actor, NoMail).filter(address=plain, lifted_at=None).order_by("pk")
    lost = scoped(actor, Unreachable).filter(address=plain, lifted_at=None).first()
    found = list(stopped[:MOST]) if plain else []
    if row is None and not found:
        message = _("Nothing is kept of “{address}”.").format(address=plain[:80])
        raise UnknownAudience(message, field="address")
    on = ListMember.objects.filter(subscriber=row).select_related("mailing_list").order_by("pk")
    agreed = Consent.objects.filter(subscriber=row).order_by("-pk")
    party = parties_by_address(actor, [plain]).get(plain)
    return AddressShown(
        address=plain,
        row=row.pk if row else None,
        name=row.name if row else "",
        language=row.language if row else "",
        party=party.code if party else "",
        lists=[(each.mailing_list.code, each.mailing_list.name) for each in on[:MOST]]
        if row
        else [],
        consents=[_consent(each) for each in agreed[:MOST]] if row else [],
        stopped=[_stopped(each) for each in found],
        lost=lost.why or lost.outcome if lost else "",
    )


def _stopped(row: NoMail) -> NoMailRow:
    return NoMailRow(
        id=row.pk, address=row.address, purpose=row.purpose, how=row.how, since=row.since
    )


def _consent(row: Consent) -> ConsentShown:
    return ConsentShown(
        purpose=row.purpose, how=row.how, text=row.text, source=row.source,
        given_at=row.given_at, withdrawn_at=row.withdrawn_at,
    )  # fmt: skip
