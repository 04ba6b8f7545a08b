"""Licences: the right to use software on so many devices."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.actions.devices.finding import parties_by_code
from kantoor.departments.ict.errors_devices import UnknownThing
from kantoor.departments.ict.models import Licence, SoftwareTitle
from kantoor.departments.ict.models.devices.software import licence_number
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.money import LARGEST
from kantoor.kernel.numbering.numbers import take_numbers
from kantoor.kernel.queries import scoped

PERMISSION = "ict.manage_devices"
MOST_SEATS = 10_000_000


@action(permission=PERMISSION, title=_("Add a licence"))
def add_licence(
    actor: Actor,
    /,
    *,
    software: str,
    seats: int,
    starts_on: date,
    until: date | None = None,
    publisher: str = "",
    cost: int = 0,
    supplier: str = "",
    reference: str = "",
) -> str:
    """Add a licence for a title on so many devices; gives its number.

    `software` is the title's name, as inventories have it or new. `cost` is in minor units.
    Raises UnknownThing for the supplier, InvalidInput.
    """
    if not 0 < len(software.strip()) <= 200 or len(publisher) > 120:
        raise InvalidInput(_("Name the software."), field="software")
    if not 0 < seats <= MOST_SEATS:
        raise InvalidInput(_("Give for how many devices it is."), field="seats")
    if until is not None and until < starts_on:
        raise InvalidInput(_("It ends before it begins."), field="until")
    if not 0 <= cost <= LARGEST:
        raise InvalidInput(_("A price is not below nought."), field="cost")
    seller = parties_by_code(actor, [supplier], "supplier").get(supplier)
    row = Licence.objects.create(
        company_id=actor.company_id,
        number=take_numbers(f"ict.licence/{actor.company_id}", 1),
        title=_title(actor, software.strip(), publisher.strip()),
        seats=seats,
        starts_on=starts_on,
        until=until,
        cost=cost,
        supplier=seller,
        reference=reference[:80],
    )
    concerns(f"ict.licence/{row.pk}")
    return licence_number(row.number)


def _title(actor: Actor, name: str, publisher: str) -> SoftwareTitle:
    found = scoped(actor, SoftwareTitle).filter(name=name)
    if publisher:
        found = found.filter(publisher=publisher)
    return found.order_by("pk").first() or SoftwareTitle.objects.create(
        company_id=actor.company_id, name=name, publisher=publisher
    )


@action(permission=PERMISSION, title=_("End a licence"))
def end_licence(actor: Actor, /, *, licence: str) -> str:
    """End a licence: it counts no longer. Raises UnknownThing."""
    digits = licence.strip().upper().removeprefix("L-")
    number = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else 0
    row = scoped(actor, Licence).filter(number=number).first()
    if row is None:
        message = _("There is no licence “{number}”.").format(number=licence[:40])
        raise UnknownThing(message, field="licence")
    row.ended = True
    row.save()
    concerns(f"ict.licence/{row.pk}")
    return licence_number(row.number)
