"""Note looks, as an act of the record like any other."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actions import unit
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import EVERYONE, Actor
from kantoor.kernel.looks.models import Look
from kantoor.kernel.looks.watching import MOST_NAMED, people_in
from kantoor.kernel.parties.models import Party

AGAIN = timedelta(minutes=10)
"""Who looks again within this time at the same looks once: pages are turned and come back to."""


def note_looks(actor: Actor, kind: str, query: str, people: Sequence[int | str]) -> None:
    """Keep that the actor looked at these people (keys or codes of parties), or at many.

    Nothing is kept within an action, nor of who looked at the same just now, nor of oneself.
    """
    if unit.current() is not None:
        return
    named = _keys(actor, people)
    recent = Look.objects.filter(
        company_id=actor.company_id,
        user_id=actor.user_id or 0,
        kind=kind,
        query=query,
        at__gt=timezone.now() - AGAIN,
    )
    known = set(recent.values_list("party_id", flat=True))
    wanted: list[int | None] = list(named) if 0 < len(named) <= MOST_NAMED else [None]
    fresh = [key for key in wanted if key not in known]
    if fresh:
        keep_looks(actor, kind=kind, query=query, parties=fresh)


def note_answer(actor: Actor, kind: str, query: str, given: Mapping[str, Any], result: Any) -> None:
    """Keep that the actor got this answer of a query."""
    note_looks(actor, kind, query, people_in(given, result))


@action(permission=EVERYONE, title=_("Look at what few may see"), hidden=True)
def keep_looks(actor: Actor, /, *, kind: str, query: str, parties: Sequence[int | None]) -> None:
    """Write down that the actor looked; None is many at once."""
    now = timezone.now()
    Look.objects.bulk_create(
        Look(
            company_id=actor.company_id,
            kind=kind,
            query=query[:100],
            user_id=actor.user_id,
            party_id=key,
            at=now,
        )
        for key in parties
    )


def _keys(actor: Actor, people: Sequence[int | str]) -> list[int]:
    """The keys of parties of the company among what names them."""
    rows = Party.objects.filter(company_id=actor.company_id)
    codes = [each for each in people if isinstance(each, str)]
    keys = {each for each in people if isinstance(each, int)}
    if codes:
        keys |= set(rows.filter(code__in=codes).values_list("pk", flat=True))
    return sorted(rows.filter(pk__in=keys).values_list("pk", flat=True)) if keys else []
