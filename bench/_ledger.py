"""A company to measure on, and entries of three lines to post."""

import random
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from kantoor.departments.finance.drafts import EntryDraft
    from kantoor.kernel.actors.actor import Actor


def company(country: str = "NL", currency: str = "EUR") -> "Actor":
    """Migrate a new database and set up a company with its books; gives the actor."""
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from django.utils import timezone

    from kantoor.departments.finance.actions.books import set_up_books
    from kantoor.kernel.actions.runner import action
    from kantoor.kernel.actors.actor import Actor, console_actor
    from kantoor.kernel.actors.models import Company

    @action(permission="bench.set_up", title="Set up a benchmark", hidden=True)
    def found_company(actor: Actor, /) -> int:
        return Company.objects.create(
            name="Bench", country=country, currency=currency, chart="nl", created_at=timezone.now()
        ).pk

    founder = Actor(user_id=None, name="bench", company_id=0, permissions=frozenset("*"))
    actor = console_actor(Company.objects.get(pk=found_company(founder)))
    set_up_books(actor, chart="nl")
    return actor


def entries(count: int, accounts: list[str], days: int = 365) -> Iterator["EntryDraft"]:
    """Balanced entries of three lines over a year, the same ones every time."""
    from kantoor.departments.finance.drafts import EntryDraft, LineDraft

    chosen = random.Random(2011)
    for number in range(count):
        net = chosen.randint(100, 1_000_000)
        tax = net * 21 // 100
        on = date.fromordinal(date(2025, 1, 1).toordinal() + number * days // count)
        first, second, third = chosen.sample(accounts, 3)
        yield EntryDraft(
            date=on,
            text=f"Sale {number}",
            lines=[
                LineDraft(account=first, amount=net + tax, text="receivable"),
                LineDraft(account=second, amount=-net, text="revenue"),
                LineDraft(account=third, amount=-tax, text="tax"),
            ],
        )
