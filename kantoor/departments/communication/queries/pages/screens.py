"""Screens in the hall: where they are, and what stands on one at a moment."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.department import MANAGE_CHANNELS
from kantoor.departments.communication.models import Screen
from kantoor.departments.communication.models.items.item import CRISIS
from kantoor.departments.communication.queries.items.visible import screen_items
from kantoor.departments.communication.queries.pages.telling import ItemTold, told
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.mail.tokens import Thread, thread_of, token
from kantoor.kernel.queries import query, scoped

LETTER = "v"
"""The letter of addresses of screens in tokens."""
MOST = 20
"""Items that one screen goes through."""


class ScreenRow(msgspec.Struct, frozen=True):
    """A screen as listed; `path` is the address it opens, empty while it is closed."""

    id: int
    code: str
    name: str
    language: str
    seconds: int
    open: bool
    path: str


class OnScreen(msgspec.Struct, frozen=True):
    """What stands on a screen at a moment; while there is a crisis notice, only those."""

    name: str
    company: str
    language: str
    seconds: int
    zone: str
    at: datetime
    items: Sequence[ItemTold]


@query(permission=MANAGE_CHANNELS, title=_("Screens"))
def screens(actor: Actor, /) -> list[ScreenRow]:
    """The screens of the company, by name."""
    return [
        ScreenRow(
            row.pk, row.code, row.name, row.language, row.seconds, row.open,
            screen_path(row) if row.open else "",
        )
        for row in scoped(actor, Screen).order_by("name", "pk")
    ]  # fmt: skip


def screen_path(row: Screen) -> str:
    """The path with the token, which follows from the screen and its number."""
    shown = token(row.company_id, Thread(LETTER, row.pk, row.number))
    return f"/communication/screen/{row.company_id}/{shown}"


def on_screen(company: int, shown: str) -> OnScreen | None:
    """What stands on the screen with this token; None for a token that is not of an open screen.

    No permission is asked: the token was shown.
    """
    thread = thread_of(f"{shown}@", company)
    if thread is None or thread.letter != LETTER:
        return None
    found = Screen.objects.filter(
        pk=thread.thing, number=thread.person, company=company, open=True
    ).select_related("company")
    row = found.first()
    if row is None:
        return None
    items = list(screen_items(company).order_by("-published_at", "-pk")[:MOST])
    urgent = [each for each in items if each.kind == CRISIS]
    return OnScreen(
        row.name, row.company.name, row.language, row.seconds, row.company.zone, timezone.now(),
        told(urgent or items, row.language),
    )  # fmt: skip
