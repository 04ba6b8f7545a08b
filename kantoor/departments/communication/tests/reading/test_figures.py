"""Figures of communication: equal to what is counted by hand."""

from datetime import timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from django.utils import timezone

from kantoor.departments.communication.actions.items.agreeing import (
    ask_item_approval,
)
from kantoor.departments.communication.actions.items.placing import schedule_item
from kantoor.departments.communication.actions.items.publishing import withdraw_item
from kantoor.departments.communication.actions.items.working import publish_of
from kantoor.departments.communication.actions.items.writing import write_item
from kantoor.departments.communication.actions.reading.confirming import confirm_reading
from kantoor.departments.communication.drafts_items import ItemDraft
from kantoor.departments.communication.models import Item, Mailing, MailingTo
from kantoor.departments.communication.tests.agreeing import agree
from kantoor.departments.communication.tests.reading.readers import Clock, Readers, work
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor, console_actor
from kantoor.kernel.figures import Days, Value, measured
from kantoor.kernel.store.uids import new_uid


def asked(actor: Actor, name: str, ahead: int = 0) -> Value:
    """A figure of the seven days up to so many days from now."""
    last = timezone.localdate(timezone=ZoneInfo(actor.zone)) + timedelta(days=ahead)
    return measured(actor, f"communication.{name}", [Days(last - timedelta(days=6), last)])[0]


def test_what_must_be_read_is_counted_by_when_it_is_due(readers: Readers, clock: Clock) -> None:
    code = readers.policy(days=1)
    work()
    assert asked(readers.lot, "acknowledged") is None
    assert asked(readers.lot, "acknowledged", ahead=7) == 0
    confirm_reading(readers.eva, item=code)
    clock.on(days=2)
    confirm_reading(readers.nour, item=code)
    work()
    assert asked(readers.lot, "acknowledged") == Fraction(2, 4)
    assert asked(readers.lot, "acknowledged_in_time") == Fraction(1, 4)
    assert asked(readers.lot, "unread") == 2
    withdraw_item(readers.lot, item=code, why="It was wrong.")
    work()
    assert asked(readers.lot, "acknowledged") == 1
    assert asked(readers.lot, "unread") == 0


def test_what_came_out_in_time_and_how_long_approval_took(readers: Readers, clock: Clock) -> None:
    assert asked(readers.lot, "published") == 0
    assert asked(readers.lot, "published_in_time") is None
    assert asked(readers.lot, "time_to_approve") is None
    codes = [
        write_item(readers.lot, item=ItemDraft(title=f"News {n}", body="It is *new*."))
        for n in (1, 2)
    ]
    clock.on(minutes=10)
    for code in codes:
        schedule_item(readers.lot, item=code, publish_at=clock.now + timedelta(hours=1))
        ask_item_approval(readers.lot, item=code)
    agree(readers.mo, codes[0])
    clock.on(hours=1)
    publish_of(console_actor(readers.house.company), clock.now)
    # Who agrees late is why the other comes out ten minutes after its time.
    clock.on(minutes=10)
    agree(readers.mo, codes[1])
    publish_of(console_actor(readers.house.company), clock.now)
    assert asked(readers.lot, "published", ahead=1) == 2
    assert asked(readers.lot, "published_in_time", ahead=1) == Fraction(1, 2)
    assert asked(readers.lot, "time_to_approve", ahead=1) == Fraction((10 + 80) * 60, 2)


@action(permission="communication.send_mailings", title="Write a mailing for a test", hidden=True)
def write_mailing_for_test(actor: Actor, /, *, item: int) -> None:
    """A mailing to six addresses: four took it, one of which was followed and another opened."""
    now = timezone.now()
    mailing = Mailing.objects.create(
        company_id=actor.company_id, uid=new_uid(now), item_id=item, size=6, next_at=now,
        created_at=now, user_id=actor.user_id,
    )  # fmt: skip
    states = ("sent", "sent", "sent", "sent", "bounced", "waiting")
    MailingTo.objects.bulk_create(
        MailingTo(
            mailing=mailing, address=f"{n}@bakker.example", state=state, next_at=now,
            measured=n < 3, opened_at=now if n < 2 else None, followed_at=now if n < 1 else None,
        )
        for n, state in enumerate(states)
    )  # fmt: skip


def test_mailings_count_what_arrived_and_of_who_agreed_what_was_opened(readers: Readers) -> None:
    code = readers.policy()
    item = Item.objects.get(code=code).pk
    assert asked(readers.lot, "delivered") is None
    write_mailing_for_test(readers.lot, item=item)
    assert asked(readers.lot, "delivered") == Fraction(4, 5)
    assert asked(readers.lot, "opened") == Fraction(2, 3)
    assert asked(readers.lot, "followed") == Fraction(1, 3)
