"""The job that publishes what is due: within a minute after its time, by itself."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.encoding import force_str
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.actions.items.publishing import put_out
from kantoor.departments.communication.department import PUBLISH_ITEMS
from kantoor.departments.communication.events import ItemDecided
from kantoor.departments.communication.models import Item, ItemDecision
from kantoor.departments.communication.models.items.item import APPROVED, DRAFT
from kantoor.departments.communication.models.items.text import RETURN
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import publish
from kantoor.kernel.actors.actor import Actor, console_actor
from kantoor.kernel.actors.models import Company
from kantoor.kernel.errors import DomainError
from kantoor.kernel.jobs.declared import job
from kantoor.kernel.jobs.schedule import every
from kantoor.kernel.jobs.work import Work

MOST_AT_ONCE = 500


@action(permission=PUBLISH_ITEMS, title=_("Publish what is due"), hidden=True)
def publish_due(actor: Actor, /, *, now: datetime, only: Sequence[str] = ()) -> int:
    """Publish what was agreed to and whose time came; gives how many.

    Raises BadPicture for a picture that expired meanwhile; `only` does these alone.
    """
    items = list(_due(actor.company_id, now, only).select_for_update()[:MOST_AT_ONCE])
    if items:
        put_out(actor, items, timezone.now())
    return len(items)


@action(permission=PUBLISH_ITEMS, title=_("Give back what can't come out"), hidden=True)
def return_due(actor: Actor, /, *, now: datetime, item: str, why: str) -> None:
    """Make an item a draft again that can't be published though its time came, and say why."""
    for row in _due(actor.company_id, now, [item]).select_for_update():
        row.state, row.changed_at = DRAFT, now
        row.save()
        ItemDecision.objects.create(
            item=row, version=row.version, placing=row.placing, publish_at=row.publish_at,
            outcome=RETURN, note=why[:500], at=now, user_id=actor.user_id,
        )  # fmt: skip
        publish(ItemDecided(actor.company_id, row.pk, row.uid, RETURN, row.version, row.owner_id))


def anything_due() -> bool:
    """Whether something is to be published, in any company."""
    return Item.objects.filter(state=APPROVED, publish_at__lte=timezone.now()).exists()


@every(seconds=20, when=anything_due)
@job(title=_("Publish what is due"), quick=True)
def publish_what_is_due(work: Work, /) -> None:
    """Publish what is due, company by company, as the installation."""
    now = timezone.now()
    due = Item.objects.filter(state=APPROVED, publish_at__lte=now).values("company_id")
    for company in Company.objects.filter(pk__in=due).order_by("pk"):
        publish_of(console_actor(company), now)


def publish_of(actor: Actor, now: datetime) -> None:
    """Publish what is due in a company; what can't come out holds nothing else up."""
    while True:
        try:
            if publish_due(actor, now=now) < MOST_AT_ONCE:
                return
        except DomainError:
            break
    for code in list(_due(actor.company_id, now).values_list("code", flat=True)):
        try:
            publish_due(actor, now=now, only=[code])
        except DomainError as error:
            return_due(actor, now=now, item=code, why=force_str(error.message))


def _due(company_id: int, now: datetime, only: Sequence[str] = ()) -> QuerySet[Item]:
    found = Item.objects.filter(company_id=company_id, state=APPROVED, publish_at__lte=now)
    return (found.filter(code__in=only) if only else found).order_by("publish_at", "pk")
