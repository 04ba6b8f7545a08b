"""What a bank line pays of an item in another currency, and discounts that are taken with it."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.open_items import Item
from kantoor.departments.finance.actions.payables.discounts import Taken, take_discounts
from kantoor.departments.finance.drafts_banking import ItemShare, LineBooking
from kantoor.departments.finance.models import StatementLine
from kantoor.departments.finance.queries.currency.conversion import Rates
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput

MOST_APART = 10
"""A tenth: what a bank's rate may lie apart from the day's before a person has to say the amount."""


def paid_of(
    item: Item, still: int, share: ItemShare, paid: tuple[int, str, str], rates: Rates, place: int
) -> int:
    """What a payment takes off an item in another currency, with the sign of what is open.

    `paid` is the amount in the line's currency, that currency and the day. All that is open, where
    the payment is worth about that much; raises InvalidInput where somebody has to say it.
    """
    amount, currency, on = paid
    sign = 1 if still > 0 else -1
    if share.settles is not None:
        if share.settles <= 0:
            message = _("Say what is paid of it as an amount above nought.")
            raise InvalidInput(message, field="items", line=place)
        return sign * share.settles
    owed, given = rates.find(item.currency, on), rates.find(currency, on)
    if owed is not None and given is not None:
        worth = abs(owed.to_own(still))
        if MOST_APART * abs(worth - abs(given.to_own(amount))) <= worth:
            return still
    message = _("Say how much of {number} this pays, in {currency}.")
    said = message.format(number=share.item[:40], currency=item.currency)
    raise InvalidInput(said, field="items", line=place)


def take_bank_discounts(actor: Actor, bookings: Sequence[LineBooking]) -> None:
    """Take the discounts that bookings say were kept back, on the days of their lines."""
    wanted = [
        (booking.line, share.item.partition("#")[0])
        for booking in bookings
        for share in booking.items
        if share.discount
    ]
    if not wanted:
        return
    found = StatementLine.objects.filter(
        bank_account__company_id=actor.company_id, pk__in={line for line, _item in wanted}
    )
    days = dict(found.values_list("pk", "booked_on"))
    # A line that there is not is refused when it is booked.
    take_discounts(actor, [Taken(item, days[line]) for line, item in wanted if line in days])
