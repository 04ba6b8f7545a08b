"""Tell that devices are no longer somebody's, where no sheet says so."""

from collections.abc import Iterable, Mapping

from kantoor.departments.ict.events import DevicesLetGo
from kantoor.departments.ict.models import Device
from kantoor.kernel.actions.unit import publish
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.parties.models import Party

ByPerson = dict[int, list[str]]


def by_person(devices: Iterable[tuple[Device, int | None]]) -> ByPerson:
    """The numbers of devices by whose they are; those of nobody left out."""
    found: ByPerson = {}
    for device, person in devices:
        if person is not None:
            found.setdefault(person, []).append(str(device))
    return found


def tell_let_go(actor: Actor, devices: Mapping[int, list[str]]) -> None:
    """Tell each person's devices that were let go, in one statement for all of them."""
    if not devices:
        return
    codes = dict(Party.objects.filter(pk__in=devices).values_list("pk", "code"))
    for person, numbers in devices.items():
        publish(DevicesLetGo(actor.company_id, person, codes[person], tuple(numbers)))
