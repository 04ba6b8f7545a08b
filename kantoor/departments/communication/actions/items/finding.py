"""Find the items that an action is about: those one may see, locked, each asked for by code."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.errors import UnknownAudience, UnknownItem
from kantoor.departments.communication.models import Audience, Item
from kantoor.departments.communication.queries.items.visible import visible_items
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.queries import scoped

MOST_AT_ONCE = 1_000


def items_by_code(actor: Actor, codes: Sequence[str], field: str = "codes") -> list[Item]:
    """The items of these codes in their order, each once, locked.

    Raises UnknownItem for one that is not there or not for the actor's eyes, InvalidInput for
    none or too many.
    """
    if not codes:
        raise InvalidInput(_("Choose what it is about."), field=field)
    if len(codes) > MOST_AT_ONCE:
        message = _("No more than {most} at once.").format(most=MOST_AT_ONCE)
        raise InvalidInput(message, field=field)
    seen = visible_items(actor).filter(code__in=set(codes)).values("pk")
    # Locked from without: what one may see is asked with parts that can't be locked.
    rows = Item.objects.select_for_update().filter(pk__in=seen).order_by("pk")
    found = {row.code: row for row in rows}
    for place, code in enumerate(codes, 1):
        if code not in found:
            message = _("There is no item “{code}”.").format(code=code[:80])
            raise UnknownItem(message, field=field, line=place if len(codes) > 1 else None)
    return [found[code] for code in dict.fromkeys(codes)]


def audiences_by_code(actor: Actor, codes: Sequence[str]) -> dict[str, Audience]:
    """The audiences in use of these codes; empty codes are left out. Raises UnknownAudience."""
    wanted = {code for code in codes if code}
    if not wanted:
        return {}
    rows = scoped(actor, Audience).filter(code__in=wanted, active=True)
    found = {row.code: row for row in rows}
    for code in codes:
        if code and code not in found:
            message = _("There is no audience “{code}”.").format(code=code[:60])
            raise UnknownAudience(message, field="audience")
    return found


def about(items: Sequence[Item]) -> None:
    """Let the page of the one item show the act."""
    if len(items) == 1:
        concerns(f"communication.item/{items[0].pk}")
