"""Screens in the hall: added, changed, given another address, closed."""

from collections.abc import Sequence
from typing import Literal

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.department import MANAGE_CHANNELS
from kantoor.departments.communication.errors import KnownAlready, UnknownScreen
from kantoor.departments.communication.models import Screen
from kantoor.departments.communication.queries.pages.screens import screen_path
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.queries import scoped

Language = Literal["nl", "en"]
SHORTEST_S, LONGEST_S = 5, 600


@action(permission=MANAGE_CHANNELS, title=_("Add a screen"))
def add_screen(
    actor: Actor, /, *, name: str, language: Language = "nl", seconds: int = 15, code: str = ""
) -> str:
    """Add a screen that shows each item so many seconds; gives the path that it opens.

    `code` follows from the name unless said. Raises KnownAlready, InvalidInput.
    """
    _check(name, seconds)
    code = code or slugify(name)[:60]
    if not code:
        raise InvalidInput(_("Give a name with letters in it."), field="name")
    if scoped(actor, Screen).filter(code=code).exists():
        message = _("There is a screen “{code}” already.").format(code=code)
        raise KnownAlready(message, field="name")
    row = Screen.objects.create(
        company_id=actor.company_id, code=code, name=name.strip(), language=language,
        seconds=seconds,
    )  # fmt: skip
    return screen_path(row)


@action(permission=MANAGE_CHANNELS, title=_("Change a screen"))
def change_screen(
    actor: Actor,
    /,
    *,
    screen: str,
    name: str | None = None,
    language: Language | None = None,
    seconds: int | None = None,
) -> None:
    """Change what a screen is called and how it shows; what is not said stays. Raises UnknownScreen."""
    row = _screens(actor, [screen])[0]
    row.name = row.name if name is None else name.strip()
    row.language = language or row.language
    row.seconds = row.seconds if seconds is None else seconds
    _check(row.name, row.seconds)
    row.save()


@action(
    permission=MANAGE_CHANNELS,
    title=_("Give screens another address"),
    bulk_of="communication.renew_screen",
)
def renew_screens(actor: Actor, /, *, screens: Sequence[str]) -> list[str]:
    """Let screens show at other addresses, and at those before nothing; opens closed ones.

    Gives the paths. Raises UnknownScreen.
    """
    rows = _screens(actor, screens)
    for row in rows:
        row.number, row.open = row.number + 1, True
    Screen.objects.bulk_update(rows, ["number", "open"])
    return [screen_path(row) for row in rows]


@action(permission=MANAGE_CHANNELS, title=_("Give a screen another address"))
def renew_screen(actor: Actor, /, *, screen: str) -> str:
    """Let a screen show at another address, and at the one before nothing; gives the path."""
    return renew_screens(actor, screens=[screen])[0]


@action(permission=MANAGE_CHANNELS, title=_("Close screens"), bulk_of="communication.close_screen")
def close_screens(actor: Actor, /, *, screens: Sequence[str]) -> int:
    """Show nothing on screens any more; they open again at other addresses. Gives how many.

    Raises UnknownScreen.
    """
    rows = _screens(actor, screens)
    for row in rows:
        row.open = False
    Screen.objects.bulk_update(rows, ["open"])
    return len(rows)


@action(permission=MANAGE_CHANNELS, title=_("Close a screen"))
def close_screen(actor: Actor, /, *, screen: str) -> None:
    """Show nothing on a screen any more; it opens again at another address."""
    close_screens(actor, screens=[screen])


def _check(name: str, seconds: int) -> None:
    if not name.strip() or len(name.strip()) > 120:
        raise InvalidInput(_("Give a name of at most 120 characters."), field="name")
    if not SHORTEST_S <= seconds <= LONGEST_S:
        message = _("Show each item from {least} to {most} seconds.")
        raise InvalidInput(message.format(least=SHORTEST_S, most=LONGEST_S), field="seconds")


def _screens(actor: Actor, codes: Sequence[str]) -> list[Screen]:
    rows = scoped(actor, Screen).select_for_update().filter(code__in=set(codes))
    found = {row.code: row for row in rows.order_by("pk")}
    for place, code in enumerate(codes, 1):
        if code not in found:
            message = _("There is no screen “{code}”.").format(code=code[:60])
            raise UnknownScreen(message, field="screens", line=place)
    return list(found.values())
