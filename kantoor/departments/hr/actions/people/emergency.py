"""Whom to call when something happens to an employee: kept by HR, or by themselves."""

from collections.abc import Sequence

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.actions.people.findings import Findings
from kantoor.departments.hr.actions.people.hiring import MANAGE
from kantoor.departments.hr.actions.people.naming import known_codes
from kantoor.departments.hr.actions.people.wording import checked_text
from kantoor.departments.hr.models import EmergencyContact
from kantoor.departments.hr.queries.people.own import own_party
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput

MOST = 5
LENGTHS = {"name": 120, "relation": 60, "phone": 40}


class EmergencyDraft(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody to call; `relation` is what they are to the employee, such as partner."""

    name: str
    phone: str
    relation: str = ""


@action(permission=MANAGE, title=_("Set emergency contacts"))
def set_emergency_contacts(
    actor: Actor, /, *, employee: str, contacts: Sequence[EmergencyDraft]
) -> None:
    """Say whom to call for an employee, the first first; those said before are replaced."""
    found = Findings()
    known = known_codes(actor, [employee])
    known.employee(employee, found, None)
    found.refuse()
    _write(actor, *known.employees[employee.strip()], contacts)


@action(permission="hr.use_own", title=_("Set my emergency contacts"))
def set_own_emergency_contacts(actor: Actor, /, *, contacts: Sequence[EmergencyDraft]) -> None:
    """Say whom to call for oneself, the first first; those said before are replaced."""
    own = own_party(actor)
    _write(actor, own.pk, own.subject_id, contacts)


def _write(
    actor: Actor, party: int, subject: int | None, contacts: Sequence[EmergencyDraft]
) -> None:
    found = Findings()
    if len(contacts) > MOST:
        many = _("Give at most {most} people.").format(most=MOST)
        found.add(InvalidInput(many, field="contacts"))
    rows = []
    for place, each in enumerate(contacts, 1):
        said = {
            field: checked_text(getattr(each, field), field, most, found, place)
            for field, most in LENGTHS.items()
        }
        for field in ("name", "phone"):
            if not said[field]:
                message = _("Give the name and the phone number.")
                found.add(InvalidInput(message, field=field, line=place))
        rows.append(
            EmergencyContact(
                subject_id=subject, company_id=actor.company_id, party_id=party, place=place, **said
            )
        )
    found.refuse()
    EmergencyContact.objects.filter(party_id=party).delete()
    EmergencyContact.objects.bulk_create(rows)
    concerns(f"kernel.party/{party}")
