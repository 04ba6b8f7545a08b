"""What waits for who manages people: terms that end, and people whose manager has left."""

from datetime import date, timedelta

import msgspec
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.models import ContractVersion, Employment
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import query

AHEAD = timedelta(days=61)
"""Dutch law asks to tell a month before the term ends what comes after (BW 7:668): two to decide."""


class Ending(msgspec.Struct, frozen=True):
    """A fixed term that ends, whose employment has no last day yet."""

    code: str
    name: str
    until: date


@query(permission="hr.manage_people", title=_("Contracts that end"), exposed=True)
def contracts_ending(actor: Actor, /, *, on: date | None = None, most: int = 50) -> list[Ending]:
    """Fixed terms that end within two months from a day, or ended with nothing decided."""
    day = on or timezone.localdate()
    held = _held(actor, day)
    rows = held.filter(until__lte=day + AHEAD, employment__ends_on=None).order_by("until", "pk")
    return [
        Ending(row.employment.party.code, row.employment.party.name, row.until)
        for row in rows.select_related("employment__party")[: max(most, 0)]
        if row.until
    ]


@query(permission="hr.manage_people", title=_("People without a manager"), exposed=True)
def without_manager(actor: Actor, /, *, on: date | None = None) -> int:
    """How many people work here on a day under a manager who left."""
    day = on or timezone.localdate()
    working = Employment.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=day), party=OuterRef("manager"), starts_on__lte=day
    )
    managed = _held(actor, day).filter(manager__isnull=False)
    return managed.filter(~Exists(working)).count()


def _held(actor: Actor, day: date) -> QuerySet[ContractVersion]:
    """The versions that hold on a day."""
    later = ContractVersion.objects.filter(
        employment=OuterRef("employment"),
        replaced_at=None,
        valid_from__lte=day,
        valid_from__gt=OuterRef("valid_from"),
    )
    return ContractVersion.objects.filter(
        Q(employment__ends_on=None) | Q(employment__ends_on__gte=day),
        ~Exists(later),
        employment__company_id=actor.company_id,
        employment__starts_on__lte=day,
        replaced_at=None,
        valid_from__lte=day,
    )
