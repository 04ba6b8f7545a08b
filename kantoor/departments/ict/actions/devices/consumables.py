"""Consumables: what comes in and goes out of stock."""

from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.actions.devices.finding import parties_by_code
from kantoor.departments.ict.errors_devices import KnownDevice, TooFew, UnknownThing
from kantoor.departments.ict.models import Consumable, StockMove
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.queries import scoped

MOST = 1_000_000


@action(permission="ict.manage_devices", title=_("Add a consumable"))
def add_consumable(actor: Actor, /, *, code: str, name: str, minimum: int = 0) -> str:
    """Add what is used up and reordered; below `minimum` it has to be ordered. Gives its code.

    Raises KnownDevice for a code that is there, InvalidInput.
    """
    code, name = code.strip(), name.strip()
    if not 0 < len(code) <= 20 or not 0 < len(name) <= 100 or not 0 <= minimum <= MOST:
        raise InvalidInput(_("Give a code of at most 20 and a name of at most 100 characters."), field="code")  # fmt: skip
    if scoped(actor, Consumable).filter(code=code).exists():
        raise KnownDevice(_("There is a consumable {code} already.").format(code=code), field="code")  # fmt: skip
    row = Consumable.objects.create(
        company_id=actor.company_id, code=code, name=name, minimum=minimum
    )
    concerns(f"ict.consumable/{row.pk}")
    return code


@action(permission="ict.handle_devices", title=_("Book consumables in or out"))
def move_stock(
    actor: Actor, /, *, consumable: str, quantity: int, party: str = "", why: str = ""
) -> int:
    """Book so many in (above nought) or out (below); gives how many there are then.

    `party` is who got them. Raises UnknownThing, TooFew when more goes out than there is.
    """
    row = scoped(actor, Consumable).select_for_update().filter(code=consumable).first()
    if row is None:
        message = _("There is no consumable “{code}”.").format(code=consumable[:40])
        raise UnknownThing(message, field="consumable")
    if not 0 < abs(quantity) <= MOST:
        raise InvalidInput(_("Say how many."), field="quantity")
    there = StockMove.objects.filter(consumable=row).aggregate(n=Sum("quantity"))["n"] or 0
    if there + quantity < 0:
        message = _("There are only {count} of {code}.").format(count=there, code=row.code)
        raise TooFew(message, field="quantity")
    StockMove.objects.create(
        consumable=row,
        quantity=quantity,
        at=timezone.now(),
        user_id=actor.user_id,
        party=parties_by_code(actor, [party], "party").get(party),
        why=why[:200],
    )
    concerns(f"ict.consumable/{row.pk}")
    return int(there + quantity)
