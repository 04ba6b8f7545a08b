"""Throw away what inventories said long ago: the last of each device stays, and what is undecided.

What they said is in no record, but that it was thrown away is: an act of the company for each lot.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.models import (
    InventoryConflict,
    InventoryContent,
    InventoryDoor,
    InventoryReport,
)
from kantoor.departments.ict.models.devices.inventories import KEEP_DAYS
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor, console_actor
from kantoor.kernel.actors.models import Company
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.jobs.declared import job
from kantoor.kernel.jobs.schedule import every
from kantoor.kernel.jobs.work import Work
from kantoor.kernel.queries import scoped

MANAGE = "ict.manage_devices"
LEAST_DAYS, MOST_DAYS = 1, 3_660
AT_ONCE = 500


@action(permission=MANAGE, title=_("Set how long inventories are kept"))
def set_inventory_keeping(actor: Actor, /, *, keep_days: int) -> None:
    """Keep what inventories said for so many days; the last of each device always.

    Raises InvalidInput.
    """
    if not LEAST_DAYS <= keep_days <= MOST_DAYS:
        message = _("Give a number from {least} to {most}.")
        said = message.format(least=LEAST_DAYS, most=MOST_DAYS)
        raise InvalidInput(said, field="keep_days")
    row = scoped(actor, InventoryDoor).first() or InventoryDoor(company_id=actor.company_id)
    row.keep_days = keep_days
    row.save()


def any_inventory() -> bool:
    """Whether anything is kept."""
    return InventoryContent.objects.exists()


@every(minutes=24 * 60, when=any_inventory)
@job(title=_("Forget old inventories"))
def forget_old_inventories(work: Work, /) -> int:
    """Throw away what inventories of every company said too long ago; gives how many."""
    return forget(timezone.now(), work.progress)


def forget(now: datetime, told: Callable[[int], None] = lambda _count: None) -> int:
    """Throw away what is too old at a moment, some at a time; gives how many."""
    days = dict(InventoryDoor.objects.values_list("company_id", "keep_days"))
    gone = 0
    for company in Company.objects.order_by("pk"):
        old = _old(company.pk, now - timedelta(days=days.get(company.pk, KEEP_DAYS)))
        while keys := list(old.values_list("pk", flat=True)[:AT_ONCE]):
            gone += purge_inventories(console_actor(company), inventories=keys)
            told(gone)
    return gone


@action(permission=MANAGE, title=_("Throw away old inventories"), hidden=True)
def purge_inventories(actor: Actor, /, *, inventories: Sequence[int]) -> int:
    """Throw away what these inventories said, by the keys of their content; gives how many."""
    rows = InventoryContent.objects.filter(pk__in=inventories, raw__company=actor.company_id)
    # The content of an inventory has nothing that hangs on it: one row each.
    return rows.delete()[0]


def _old(company: int, before: datetime) -> QuerySet[InventoryContent]:
    """What is old enough, and neither the last of a device nor to be decided on."""
    told = InventoryReport.objects.filter(company=company, verdict__in=["new", "changed"])
    last = told.exclude(device=None).values("device").annotate(last=Max("pk")).values("last")
    open_ones = InventoryConflict.objects.filter(company=company, state="open")
    old = InventoryContent.objects.filter(raw__company=company, raw__at__lt=before)
    return old.exclude(raw__in=open_ones.values("raw")).exclude(
        raw__in=InventoryReport.objects.filter(pk__in=last).values("raw")
    )
