"""Ask everybody an item is for to read it: when it is published, and who comes in later.

Nobody is asked twice in a round. Who is killed in the middle goes on with who was not asked yet.
"""

import logging
from collections.abc import Sequence
from datetime import datetime

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.actions.reading.letters import (
    Told,
    asking,
    write_to_readers,
)
from kantoor.departments.communication.actions.reading.noting import note_steps
from kantoor.departments.communication.department import PUBLISH_ITEMS
from kantoor.departments.communication.errors import NotReady, UnknownItem
from kantoor.departments.communication.models import Item, ReadingAsked, ReadingRound
from kantoor.departments.communication.models.items.item import CRISIS, PUBLISHED
from kantoor.departments.communication.models.reading.asked import ASKED, ENDED, OPEN
from kantoor.departments.communication.queries.reading.members import members_of, readers_of
from kantoor.departments.communication.queries.reading.terms import Terms, terms
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor, console_actor
from kantoor.kernel.jobs.declared import job
from kantoor.kernel.jobs.schedule import every
from kantoor.kernel.jobs.work import Work
from kantoor.kernel.parties.models import Party
from kantoor.kernel.queries import scoped

log = logging.getLogger(__name__)
AT_ONCE = 500
"""So many people are asked in one act."""
WHY_LEFT, WHY_GONE, WHY_AGAIN = "left", "gone", "again"
"""Why it is asked no more: it is not for them any more, it was withdrawn, or it is asked anew."""


def live_items(now: datetime) -> "QuerySet[Item]":
    """Items that must be read and stand published now, of all companies."""
    return Item.objects.filter(
        Q(ends_at=None) | Q(ends_at__gt=now), state=PUBLISHED, must_read=True
    )


def anything_new() -> bool:
    """Whether something was published that must be read and nobody was asked yet."""
    asked = ReadingRound.objects.filter(item=OuterRef("pk"))
    return live_items(timezone.now()).filter(~Exists(asked)).exists()


def anything_asked() -> bool:
    """Whether anything stands that must be read."""
    return live_items(timezone.now()).exists() or _asked_of_gone(timezone.now()).exists()


def _asked_of_gone(now: datetime) -> "QuerySet[ReadingAsked]":
    """What is still asked of items that do not stand any more."""
    gone = ~Q(round__item__state=PUBLISHED) | Q(round__item__ends_at__lte=now)
    return ReadingAsked.objects.filter(gone, state=OPEN)


@every(seconds=15, when=anything_new)
@job(title=_("Ask people to read what was published"), quick=True)
def ask_first_readers(work: Work, /) -> int:
    """Ask everybody what was published just now is for; gives how many people."""
    asked = ReadingRound.objects.filter(item=OuterRef("pk"))
    return _ask_all(work, live_items(timezone.now()).filter(~Exists(asked)))


@every(minutes=5, when=anything_asked)
@job(title=_("Ask who joined to read what stands"))
def ask_later_readers(work: Work, /) -> int:
    """Ask who an item is for since then, and no more who it is not for; gives how many people."""
    count = _ask_all(work, live_items(timezone.now()))
    gone = _asked_of_gone(timezone.now()).values_list("round__item_id", flat=True)
    for item in Item.objects.filter(pk__in=gone).select_related("company").order_by("pk"):
        actor = console_actor(item.company)
        while end_readings(actor, item=item.code) == AT_ONCE:
            pass
    return count


def _ask_all(work: Work, items: "QuerySet[Item]") -> int:
    """Ask for each of these items, notices of a crisis first; gives how many people."""
    first = Case(When(kind=CRISIS, then=Value(0)), default=Value(1))
    found, count = list(items.select_related("company").order_by(first, "pk")), 0
    for place, item in enumerate(found):
        work.progress(place, len(found))
        try:
            count += _ask(item)
        except Exception:
            # One item that can't be asked (its audience may be gone) must not keep the others.
            log.exception("nobody could be asked to read item %s", item.pk)
    return count


def _ask(item: Item) -> int:
    actor, count = console_actor(item.company), 0
    while _anything_to_ask(actor, item):
        count += ask_readers(actor, item=item.code)
    return count


@action(permission=PUBLISH_ITEMS, title=_("Ask people to read an item"))
def ask_readers(actor: Actor, /, *, item: str) -> int:
    """Ask who an item is for and was not asked yet, 500 at once; gives how many were asked.

    It happens by itself when the item is published and whenever somebody joins. Who it is not for
    any more is asked no more, but for a crisis notice. Raises UnknownItem, NotReady.
    """
    row = item_of(actor, item)
    if row.state != PUBLISHED or not row.must_read:
        raise NotReady(
            _("It is not published, or nobody has to say that they read it."), field="item"
        )
    concerns(f"communication.item/{row.pk}")
    now = timezone.now()
    held = last_round(row) or ReadingRound.objects.create(
        company_id=actor.company_id, item=row, number=1, at=now, user_id=actor.user_id
    )
    return ask_in(actor, row, held, now)


def _anything_to_ask(actor: Actor, item: Item) -> bool:
    """Whether somebody is to be asked or asked no more: looked at first, since an act is recorded."""
    held = last_round(item)
    if held is None:
        return True
    members = members_of(actor, item)
    found = (_fresh(members, held), _back(members, held), _left(item, members, held))
    return any(each.exists() for each in found)


def _fresh(members: "QuerySet[Party]", held: ReadingRound) -> "QuerySet[Party]":
    """Who was not asked in a round."""
    known = ReadingAsked.objects.filter(round=held).values("party")
    return members.exclude(pk__in=known)


def _back(members: "QuerySet[Party]", held: ReadingRound) -> "QuerySet[ReadingAsked]":
    """What was asked no more, and is theirs again."""
    ended = ReadingAsked.objects.filter(round=held, state=ENDED)
    return ended.filter(party__in=members.values("pk"))


def _left(item: Item, members: "QuerySet[Party]", held: ReadingRound) -> "QuerySet[ReadingAsked]":
    """What is asked of who it is not for any more; of a crisis nobody is let go."""
    found = ReadingAsked.objects.filter(round=held, state=OPEN)
    return found.none() if item.kind == CRISIS else found.exclude(party__in=members.values("pk"))


def ask_in(actor: Actor, item: Item, held: ReadingRound, now: datetime) -> int:
    """Ask the next who were not asked in a round or are back, and end what is not theirs any more."""
    members = members_of(actor, item)
    _end(actor, _left(item, members, held), WHY_LEFT, now)
    fresh = _fresh(members, held).order_by("pk").values_list("pk", flat=True).distinct()
    term = terms(now, item.read_days, at_once=item.kind == CRISIS)
    asked = ReadingAsked.objects.bulk_create(
        ReadingAsked(
            company_id=actor.company_id, round=held, party_id=party, asked_at=now,
            due_at=term.due_at, next_at=term.remind_at,
        )
        for party in fresh[:AT_ONCE]
    )  # fmt: skip
    back = _back(members, held).select_for_update(of=("self",)).order_by("pk")
    asked += _reopened(list(back[: AT_ONCE - len(asked)]), term, now)
    if not asked:
        return 0
    readers = readers_of(actor, [row.party_id for row in asked])
    told = [Told(row, readers[row.party_id], item) for row in asked if row.party_id in readers]
    mails = write_to_readers(actor, told, f"{ASKED} {now.isoformat()}", asking(held.why))
    note_steps(actor, asked, ASKED, now, mails=mails)
    return len(asked)


def _reopened(rows: list[ReadingAsked], term: Terms, now: datetime) -> list[ReadingAsked]:
    """These, asked anew."""
    for row in rows:
        row.state, row.stage, row.told_id = OPEN, ASKED, None
        row.asked_at, row.due_at, row.next_at = now, term.due_at, term.remind_at
    if rows:
        fields = ["state", "stage", "told", "asked_at", "due_at", "next_at"]
        ReadingAsked.objects.bulk_update(rows, fields)
    return rows


@action(permission=PUBLISH_ITEMS, title=_("Ask no more to read an item"), hidden=True)
def end_readings(actor: Actor, /, *, item: str) -> int:
    """Ask no more to read an item that does not stand any more; 500 at once, gives how many.

    Raises UnknownItem, NotReady.
    """
    row, now = item_of(actor, item), timezone.now()
    if row.state == PUBLISHED and not (row.ends_at and row.ends_at <= now):
        raise NotReady(_("It stands published, so it is still to be read."), field="item")
    concerns(f"communication.item/{row.pk}")
    return _end(actor, ReadingAsked.objects.filter(round__item=row, state=OPEN), WHY_GONE, now)


def _end(actor: Actor, rows: "QuerySet[ReadingAsked]", why: str, now: datetime) -> int:
    found = list(rows.select_for_update(of=("self",)).order_by("pk")[:AT_ONCE])
    end_rows(actor, found, why, now)
    return len(found)


def end_rows(actor: Actor, rows: Sequence[ReadingAsked], why: str, now: datetime) -> None:
    """Ask no more what these rows ask."""
    for row in rows:
        row.state, row.next_at = ENDED, None
    if rows:
        ReadingAsked.objects.bulk_update(rows, ["state", "next_at"])
        note_steps(actor, rows, ENDED, now, note=why)


@action(permission=PUBLISH_ITEMS, title=_("Ask everybody to read it again"))
def ask_again(actor: Actor, /, *, item: str, why: str) -> int:
    """Ask everybody anew, also who read it before, since it was corrected; `why` is told them.

    Gives how many were asked at once; the others follow. Raises UnknownItem, NotReady.
    """
    row, now = item_of(actor, item), timezone.now()
    held = last_round(row)
    if row.state != PUBLISHED or not row.must_read or held is None:
        raise NotReady(_("Nobody was asked to read it yet."), field="item")
    if not why.strip():
        raise NotReady(
            _("Say what changed, so that people know why they are asked again."), field="why"
        )
    concerns(f"communication.item/{row.pk}")
    while _end(actor, ReadingAsked.objects.filter(round=held, state=OPEN), WHY_AGAIN, now):
        pass
    fresh = ReadingRound.objects.create(
        company_id=actor.company_id, item=row, number=held.number + 1, why=why.strip()[:500],
        at=now, user_id=actor.user_id,
    )  # fmt: skip
    return ask_in(actor, row, fresh, now)


def item_of(actor: Actor, code: str) -> Item:
    """The item of that code, which nobody else changes meanwhile. Raises UnknownItem."""
    found = scoped(actor, Item).select_for_update(of=("self",)).filter(code=code)
    row = found.select_related("audience").first()
    if row is None:
        raise UnknownItem(_("There is no item “{code}”.").format(code=code[:80]), field="item")
    return row


def last_round(item: Item) -> ReadingRound | None:
    """The round in which an item is asked now, if it ever was."""
    return ReadingRound.objects.filter(item=item).order_by("-number").first()
