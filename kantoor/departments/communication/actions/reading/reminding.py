"""Remind who did not read something yet, and tell their manager when its time is over."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.actions.reading.asking import AT_ONCE, item_of, last_round
from kantoor.departments.communication.actions.reading.escalating import tell_managers
from kantoor.departments.communication.actions.reading.letters import (
    Told,
    reminding,
    write_to_readers,
)
from kantoor.departments.communication.actions.reading.noting import note_steps
from kantoor.departments.communication.department import PUBLISH_ITEMS
from kantoor.departments.communication.errors import NotReady
from kantoor.departments.communication.models import ReadingAsked
from kantoor.departments.communication.models.items.item import PUBLISHED
from kantoor.departments.communication.models.reading.asked import (
    ASKED,
    ESCALATED,
    OPEN,
    REMINDED,
)
from kantoor.departments.communication.queries.reading.members import readers_of
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor, console_actor
from kantoor.kernel.actors.models import Company
from kantoor.kernel.jobs.declared import job
from kantoor.kernel.jobs.schedule import every
from kantoor.kernel.jobs.work import Work
from kantoor.kernel.parties.managers import managers_of

QUIET = timedelta(hours=1)
"""Who was asked or reminded so short ago is not reminded by hand."""


def _due(now: datetime) -> "QuerySet[ReadingAsked]":
    """Of what still stands: what was withdrawn just now is ended by the job that asks."""
    return ReadingAsked.objects.filter(
        Q(round__item__ends_at=None) | Q(round__item__ends_at__gt=now),
        state=OPEN, next_at__lte=now, round__item__state=PUBLISHED,
    )  # fmt: skip


def anything_due() -> bool:
    """Whether somebody is to be reminded, or a manager to be told."""
    return _due(timezone.now()).exists()


@every(seconds=30, when=anything_due)
@job(title=_("Remind who did not read something"), quick=True)
def remind_of_reading(work: Work, /) -> int:
    """Remind, and tell managers, in all companies; gives for how many people."""
    count = 0
    companies = _due(timezone.now()).values("company_id")
    for company in Company.objects.filter(pk__in=companies).order_by("pk"):
        actor = console_actor(company)
        while _due(timezone.now()).filter(company=company).exists():
            count += remind_readers(actor)
            work.progress(count)
    return count


@action(permission=PUBLISH_ITEMS, title=_("Remind who did not read something, as agreed"))
def remind_readers(actor: Actor, /) -> int:
    """Remind those whose time it is, and tell the managers of those whose time is over.

    It happens by itself, 500 at once; gives how many people it was about.
    """
    now = timezone.now()
    rows = list(
        _due(now).filter(company_id=actor.company_id)
        .select_for_update(of=("self",)).select_related("round__item", "party")
        .order_by("next_at", "pk")[:AT_ONCE]
    )  # fmt: skip
    remind([each for each in rows if each.due_at > now], actor, now)
    escalate([each for each in rows if each.due_at <= now], actor, now)
    return len(rows)


@action(permission=PUBLISH_ITEMS, title=_("Remind everybody now"))
def remind_now(actor: Actor, /, *, item: str) -> int:
    """Remind everybody who did not read an item yet, 500 at once; gives how many.

    Who was reminded less than an hour ago is left in peace. Raises UnknownItem, NotReady.
    """
    row, now = item_of(actor, item), timezone.now()
    held = last_round(row)
    if held is None:
        raise NotReady(_("Nobody was asked to read it yet."), field="item")
    concerns(f"communication.item/{row.pk}")
    lately = now - QUIET
    found = ReadingAsked.objects.filter(
        round=held, state=OPEN, round__item__state=PUBLISHED
    ).exclude(steps__what__in=(REMINDED, ASKED), steps__at__gt=lately)
    rows = list(
        found.select_for_update(of=("self",)).select_related("round__item", "party")
        .order_by("pk")[:AT_ONCE]
    )  # fmt: skip
    remind(rows, actor, now)
    return len(rows)


def remind(rows: Sequence[ReadingAsked], actor: Actor, now: datetime) -> None:
    """Write to these that they did not read it yet; what comes next is due with its time."""
    if not rows:
        return
    for row in rows:
        if row.stage == ASKED:
            row.stage = REMINDED
        row.next_at = None if row.stage == ESCALATED else row.due_at
    ReadingAsked.objects.bulk_update(rows, ["stage", "next_at"])
    readers = readers_of(actor, [row.party_id for row in rows])
    told = [
        Told(row, readers[row.party_id], row.round.item) for row in rows if row.party_id in readers
    ]
    mails = write_to_readers(actor, told, f"{REMINDED} {now.isoformat()}", reminding)
    note_steps(actor, rows, REMINDED, now, mails=mails)


def escalate(rows: Sequence[ReadingAsked], actor: Actor, now: datetime) -> None:
    """Tell the managers of these that they did not read it in time, one letter for each and item.

    Where there is no manager but they themselves it stands with the writer of the item alone.
    """
    if not rows:
        return
    managers = managers_of(actor.company_id, [row.party_id for row in rows], now.date())
    for row in rows:
        manager = managers.get(row.party_id)
        if manager == row.party_id:
            manager = None
        row.stage, row.next_at, row.told_id = ESCALATED, None, manager
    ReadingAsked.objects.bulk_update(rows, ["stage", "next_at", "told"])
    note_steps(actor, rows, ESCALATED, now)
    tell_managers(actor, rows, now)
