"""Locations: places within places."""

from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.actions.devices.finding import location_by_code, locations_by_code
from kantoor.departments.ict.errors_devices import KnownDevice
from kantoor.departments.ict.models import Location
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.queries import scoped

PERMISSION = "ict.manage_devices"
LONGEST_PATH = 400


@action(permission=PERMISSION, title=_("Add a location"))
def add_location(actor: Actor, /, *, code: str, name: str, within: str = "") -> str:
    """Add a place for devices, perhaps within another; gives its code.

    Raises KnownDevice for a code that is there, UnknownThing, InvalidInput.
    """
    code, name = code.strip(), name.strip()
    if not 0 < len(code) <= 20 or not 0 < len(name) <= 100:
        raise InvalidInput(_("Give a code of at most 20 and a name of at most 100 characters."), field="code")  # fmt: skip
    if scoped(actor, Location).filter(code=code).exists():
        raise KnownDevice(_("There is a location {code} already.").format(code=code), field="code")
    above = locations_by_code(actor, [within]).get(within) if within else None
    row = Location.objects.create(
        company_id=actor.company_id, code=code, name=name, within=above, path=_path(above, name)
    )
    concerns(f"ict.location/{row.pk}")
    return code


@action(permission=PERMISSION, title=_("Change a location"))
def change_location(
    actor: Actor, /, *, code: str, name: str | None = None, active: bool | None = None
) -> str:
    """Change a place; what is not said stays as it is. Raises UnknownThing, InvalidInput."""
    row = location_by_code(actor, code)
    if active is not None:
        row.active = active
    if name is not None:
        if not 0 < len(name.strip()) <= 100:
            raise InvalidInput(_("Give a name of at most 100 characters."), field="name")
        row.name, before = name.strip(), row.path
        row.path = before[: len(before) - len(before.rpartition(" / ")[2])] + row.name
        below = list(scoped(actor, Location).filter(path__startswith=f"{before} / "))
        for each in below:
            each.path = (row.path + each.path[len(before) :])[:LONGEST_PATH]
        Location.objects.bulk_update(below, ["path"])
    row.save()
    concerns(f"ict.location/{row.pk}")
    return code


def _path(above: Location | None, name: str) -> str:
    path = f"{above.path} / {name}" if above else name
    if len(path) > LONGEST_PATH:
        raise InvalidInput(_("These are too many places within each other."), field="within")
    return path
