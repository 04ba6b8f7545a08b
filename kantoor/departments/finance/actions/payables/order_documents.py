"""Purchase orders as actions take them in hand: locked until the commit."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.errors import NotReady
from kantoor.departments.finance.models import PurchaseOrder
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput, NotFound
from kantoor.kernel.queries import scoped

MOST = 500


def locked_orders(actor: Actor, numbers: Sequence[str]) -> list[PurchaseOrder]:
    """These orders of the company, in their order; raises NotFound or InvalidInput."""
    if not 0 < len(numbers) <= MOST or len(set(numbers)) < len(numbers):
        message = _("Name 1 to {most} orders, each once.").format(most=MOST)
        raise InvalidInput(message, field="orders")
    rows = scoped(actor, PurchaseOrder).select_for_update()
    wanted = [number for number in numbers if "\0" not in number]
    found = {each.number: each for each in rows.filter(number__in=wanted).order_by("pk")}
    for place, number in enumerate(numbers, 1):
        if number not in found:
            message = _("There is no purchase order “{number}”.").format(number=number[:40])
            raise NotFound(message, field="order", line=place)
    return [found[number] for number in numbers]


def not_now(each: PurchaseOrder, why: object, place: int | None) -> NotReady:
    """The refusal of what an order is not in the state for."""
    return NotReady(f"{each.number}: {why}", field="order", line=place)
