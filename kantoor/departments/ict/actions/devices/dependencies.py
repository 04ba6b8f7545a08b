"""What depends on what: devices, servers, services and departments, as references."""

import re

from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.errors_devices import UnknownThing
from kantoor.departments.ict.models import Dependency
from kantoor.departments.ict.queries.devices.impact import would_circle
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.queries import scoped
from kantoor.kernel.record.links import row_of

PERMISSION = "ict.manage_devices"
DEPARTMENT = re.compile(r"department:[\w .&-]{1,45}")


@action(permission=PERMISSION, title=_("Say what depends on what"))
def add_dependency(actor: Actor, /, *, of: str, on: str) -> None:
    """Say that `of` does not work without `on`.

    Both are references: `ict.device/12`, `ict.server/3`, `ict.service/5`, or `department:Sales`.
    Twice is once. Raises UnknownThing, InvalidInput for a circle.
    """
    for field, reference in (("of", of), ("on", on)):
        _refuse_unknown(actor, reference, field)
    if of == on or would_circle(actor, of=of, on=on):
        raise InvalidInput(_("This would be a circle: each would depend on itself."), field="on")
    if not scoped(actor, Dependency).filter(of=of, on=on).exists():
        Dependency.objects.create(company_id=actor.company_id, of=of, on=on)


@action(permission=PERMISSION, title=_("Say that something depends on it no longer"))
def remove_dependency(actor: Actor, /, *, of: str, on: str) -> None:
    """Take back that `of` does not work without `on`. Raises UnknownThing."""
    row = scoped(actor, Dependency).filter(of=of, on=on).first()
    if row is None:
        raise UnknownThing(_("This dependency is not there."), field="of")
    row.delete()


def _refuse_unknown(actor: Actor, reference: str, field: str) -> None:
    if DEPARTMENT.fullmatch(reference):
        return
    row = row_of(reference)
    if row is not None and row.kind.startswith("ict.") and len(reference) <= 60:
        names = {each.name for each in row.model._meta.concrete_fields}
        wanted = {"company_id": actor.company_id} if "company" in names else None
        if wanted and row.model._default_manager.filter(pk=row.key, **wanted).exists():
            return
    message = _("“{reference}” is nothing that is known here.").format(reference=reference[:60])
    raise UnknownThing(message, field=field)
