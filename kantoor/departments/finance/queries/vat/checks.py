"""What was said of VAT numbers, and when."""

from datetime import datetime

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.models import VatCheck
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.queries import query, scoped


class VatCheckRow(msgspec.Struct, frozen=True, kw_only=True):
    """An answer of the register about a party's number as it was then."""

    at: datetime
    party: str
    party_name: str
    vat_number: str
    valid: bool
    consultation: str


@query(permission="finance.read_vat", title=_("VAT numbers checked"), exposed=True)
def vat_checks(
    actor: Actor, /, *, party: str = "", sort: str = "-at", cursor: str = "", limit: int = PAGE
) -> Page[VatCheckRow]:
    """The answers, the latest first; of one party by its code."""
    found = scoped(actor, VatCheck)
    if party:
        found = found.filter(buyer__party__code=party) if "\0" not in party else found.none()
    columns = ("pk", "at", "buyer__party__code", "buyer__name", "buyer__vat_number", "valid",
               "consultation")  # fmt: skip
    page = page_by(
        found.values(*columns),
        order=sorted_by(sort, {"at": ()}, unique="pk"),
        cursor=cursor,
        limit=limit,
    )
    return page.map(
        lambda row: VatCheckRow(
            at=row["at"],
            party=row["buyer__party__code"] or "",
            party_name=row["buyer__name"],
            vat_number=row["buyer__vat_number"],
            valid=row["valid"],
            consultation=row["consultation"],
        )
    )
