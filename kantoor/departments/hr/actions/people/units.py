"""The units of the organisation."""

from collections.abc import Sequence

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.actions.people.findings import Findings
from kantoor.departments.hr.actions.people.hiring import MANAGE
from kantoor.departments.hr.actions.people.wording import checked_text
from kantoor.departments.hr.models import Unit
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import Conflict, InvalidInput
from kantoor.kernel.queries import scoped


class UnitDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A team, department or branch."""

    code: str
    name: str


@action(permission=MANAGE, title=_("Add units"), bulk_of="hr.add_unit")
def add_units(actor: Actor, /, *, units: Sequence[UnitDraft]) -> list[str]:
    """Add units to the organisation, all or none; gives their codes.

    Raises Refusals with a message for each row and field.
    """
    found = Findings()
    known = set(scoped(actor, Unit).values_list("code", flat=True))
    rows = []
    for line, each in enumerate(units, 1):
        code = checked_text(each.code, "code", 40, found, line)
        name = checked_text(each.name, "name", 120, found, line)
        for field, value in (("code", code), ("name", name)):
            if not value:
                message = _("Give a code and a name.")
                found.add(InvalidInput(message, field=field, line=line))
        if code in known:
            said = _("There is a unit “{code}” already.").format(code=code[:40])
            found.add(Conflict(said, field="code", line=line))
        known.add(code)
        rows.append(Unit(company_id=actor.company_id, code=code, name=name))
    found.refuse()
    Unit.objects.bulk_create(rows)
    return [row.code for row in rows]


@action(permission=MANAGE, title=_("Add a unit"))
def add_unit(actor: Actor, /, *, unit: UnitDraft) -> str:
    """Add one unit to the organisation; gives its code."""
    return add_units(actor, units=[unit])[0]
