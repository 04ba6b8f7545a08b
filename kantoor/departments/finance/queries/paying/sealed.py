"""What a sealed order holds, for writing its file and for who may open it."""

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.errors import RunChanged
from kantoor.departments.finance.formats.sepa.orders import Account, Order
from kantoor.departments.finance.models import OpenItem, PaymentOrder, PaymentRun, SealedReturn
from kantoor.departments.finance.models.payments import CANCELLED, MADE, REJECTED
from kantoor.departments.finance.sealed import Content, source_of
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import scoped

_PLACE = re.compile(r"(.+)-([1-9]\d{0,6})", re.ASCII)


def content_of_order(order: PaymentOrder) -> Content:
    """The transfers of a sealed order; raises RunChanged when they are not what was handed in."""
    source = source_of(order.sealed_by)
    content = source.read(order.company_id, order.run.number) if source else None
    if content is None or content.digest != order.content:
        message = _("What {number} holds is not what was handed in; have the books verified.")
        raise RunChanged(message.format(number=order.run.number), field="run")
    return content


def end_to_end_of(order: PaymentOrder, n: int) -> str:
    """The reference of the n-th transfer of a sealed order, as the bank gives it back."""
    return f"{order.end_to_end}-{n}"


def sealed_reference(number: str, n: int) -> str:
    """The reference of the n-th transfer of a sealed payment, by the number of its run."""
    return f"{number}-1-{n}"


def place_of(reference: str) -> tuple[str, int] | None:
    """The order's own reference and the place in it that a transfer's reference names."""
    found = _PLACE.fullmatch(reference)
    return (found[1], int(found[2])) if found else None


def transfers_of(order: PaymentOrder) -> list[Order]:
    """The transfers of a sealed order as the file has them; raises RunChanged."""
    return [
        Order(
            end_to_end=end_to_end_of(order, n),
            other=Account(name=each.name, iban=each.iban),
            amount=each.amount,
            remittance=each.remittance,
        )
        for n, each in enumerate(content_of_order(order).transfers, 1)
    ]


class SealedStanding(NamedTuple):
    """What became of a sealed payment, and the places in it that did not reach anybody."""

    state: Literal["proposed", "approved", "sent", "paid", "rejected", "cancelled"]
    returned: frozenset[int]

    @property
    def is_off(self) -> bool:
        """Whether nothing of it was paid: it was called off, or the bank refused all of it."""
        return self.state in ("cancelled", "rejected")


def sealed_standing(actor: Actor, numbers: Sequence[str]) -> dict[str, SealedStanding]:
    """What became of sealed payments, by the numbers of their runs; for who keeps the content."""
    orders = scoped(actor, PaymentOrder).filter(run__number__in=numbers).exclude(sealed_by="")
    found = list(orders.select_related("run"))
    returned: dict[int, set[int]] = {each.pk: set() for each in found}
    for order, n in SealedReturn.objects.filter(order__in=found).values_list("order_id", "n"):
        returned[order].add(n)
    lines = [each.transit_id for each in found if each.transit_id]
    still = OpenItem.objects.filter(line_id__in=lines).exclude(open=0)
    under_way = set(still.values_list("line_id", flat=True))
    return {
        each.run.number: SealedStanding(
            _state(each.run, each, each.transit_id in under_way), frozenset(returned[each.pk])
        )
        for each in found
    }


def _state(
    run: PaymentRun, order: PaymentOrder, under_way: bool
) -> Literal["proposed", "approved", "sent", "paid", "rejected", "cancelled"]:
    if run.state == CANCELLED:
        return "cancelled"
    if order.state == REJECTED:
        return "rejected"
    if run.state != MADE:
        return "approved" if run.state == "approved" else "proposed"
    return "sent" if under_way else "paid"
