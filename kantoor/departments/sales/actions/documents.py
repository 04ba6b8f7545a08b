"""Look up orders, quotations and returns by number, to change them."""

from collections.abc import Sequence
from typing import TypeVar

from django.utils.translation import gettext_lazy as _

from kantoor.departments.sales.errors import UnknownOrder, WrongState
from kantoor.departments.sales.models import Order, Quotation, Return
from kantoor.departments.sales.queries.numbers import read_number
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import scoped

D = TypeVar("D", Order, Quotation, Return)


def by_numbers(actor: Actor, model: type[D], numbers: Sequence[str]) -> list[D]:
    """The documents of these numbers in their order, locked until the action ends.

    Raises UnknownOrder with the place of the first that there is not.
    """
    read = [read_number(model, text) for text in numbers]
    wanted = {number for number in read if number is not None}
    rows = scoped(actor, model).select_for_update().order_by("pk")
    found = {row.number: row for row in rows.filter(number__in=wanted)}
    listed = []
    for place, (text, number) in enumerate(zip(numbers, read, strict=True), 1):
        if number not in found:
            message = _("There is no “{number}”.").format(number=text[:40])
            raise UnknownOrder(message, field="numbers", line=place)
        listed.append(found[number])
    return list(dict.fromkeys(listed))


def in_state(documents: Sequence[D], states: Sequence[str]) -> None:
    """Refuse the first that is in none of these states."""
    for place, each in enumerate(documents, 1):
        if each.state not in states:
            message = _("{number} is {state}; that can't be done with it now.")
            said = message.format(number=each, state=state_name(each.state))
            raise WrongState(said, field="numbers", line=place)


STATE_NAMES = {
    "placed": _("placed"),
    "confirmed": _("confirmed"),
    "delivered": _("delivered"),
    "invoiced": _("invoiced"),
    "completed": _("completed"),
    "cancelled": _("cancelled"),
    "offered": _("offered"),
    "accepted": _("accepted"),
    "declined": _("declined"),
    "withdrawn": _("withdrawn"),
    "taken": _("taken back"),
    "credited": _("credited"),
}


def state_name(state: str) -> str:
    """A state in the reader's language."""
    return str(STATE_NAMES.get(state, state))
