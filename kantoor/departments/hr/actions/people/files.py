"""Change what is private of an employee: all of it by HR, address and phone by themselves."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.actions.people.findings import Findings
from kantoor.departments.hr.actions.people.hiring import HOME, MANAGE, checked_country
from kantoor.departments.hr.actions.people.identity import (
    check_birth_date,
    checked_iban,
    checked_national,
)
from kantoor.departments.hr.actions.people.naming import known_codes
from kantoor.departments.hr.actions.people.overlaps import refuse_known_numbers
from kantoor.departments.hr.actions.people.wording import checked_text
from kantoor.departments.hr.events import PersonFileChanged
from kantoor.departments.hr.models import PersonFile
from kantoor.departments.hr.queries.people.own import own_party
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns, publish
from kantoor.kernel.actors.actor import Actor


@action(permission=MANAGE, title=_("Change private data"))
def change_person_file(
    actor: Actor, /, *, employee: str, birth_date: date | None = None, bsn: str | None = None,
    nrn: str | None = None, iban: str | None = None, street: str | None = None,
    postcode: str | None = None, city: str | None = None, country: str | None = None,
    private_phone: str | None = None, private_email: str | None = None,
) -> None:  # fmt: skip
    """Change what is private of an employee; what is not given stays, an empty text takes away.

    Raises Refusals with a message for each field: a number that fails its check, or that is
    somebody else's.
    """
    found = Findings()
    known = known_codes(actor, [employee])
    party = known.employee(employee, found, None)
    found.refuse()
    assert party is not None
    values = _home(
        {"street": street, "postcode": postcode, "city": city, "country": country,
         "private_phone": private_phone, "private_email": private_email}, found,
    )  # fmt: skip
    if birth_date is not None:
        check_birth_date(birth_date, timezone.localdate(), found, None)
        values["birth_date"] = birth_date
    if iban is not None:
        values["iban"] = checked_iban(iban, found, None)
    if bsn or nrn or (bsn is not None and nrn is not None):
        kind, number = checked_national(bsn or "", nrn or "", found, None)
        refuse_known_numbers(actor.company_id, [(kind, number, party, None)], found)
        values |= {"national_kind": kind, "national_number": number}
    found.refuse()
    code = employee.strip()
    _write(actor, party, code, known.employees[code][1], values)


@action(permission="hr.use_own", title=_("Change my address and phone"))
def change_own_file(
    actor: Actor, /, *, street: str | None = None, postcode: str | None = None,
    city: str | None = None, country: str | None = None, private_phone: str | None = None,
    private_email: str | None = None,
) -> None:  # fmt: skip
    """Change one's own address, private phone and email; what is not given stays.

    A bank account or national number is changed by HR, who sees that it is yours.
    """
    own = own_party(actor)
    found = Findings()
    values = _home(
        {"street": street, "postcode": postcode, "city": city, "country": country,
         "private_phone": private_phone, "private_email": private_email}, found,
    )  # fmt: skip
    found.refuse()
    _write(actor, own.pk, own.code, own.subject_id, values)


def _home(given: Mapping[str, str | None], found: Findings) -> dict[str, Any]:
    values: dict[str, Any] = {
        field: checked_text(text, field, HOME[field], found, None)
        for field, text in given.items()
        if text is not None and field in HOME
    }
    if (country := given["country"]) is not None:
        values["country"] = checked_country(country, found, None)
    return values


def _write(
    actor: Actor, party: int, code: str, subject: int | None, values: Mapping[str, Any]
) -> None:
    """Write what is other than before; a person without a file gets one."""
    row = PersonFile.objects.select_for_update().filter(party_id=party).first()
    known = row is not None
    row = row or PersonFile(subject_id=subject, company_id=actor.company_id, party_id=party)
    changed = tuple(name for name, value in values.items() if getattr(row, name) != value)
    if known and not changed:
        return
    for name in changed:
        setattr(row, name, values[name])
    row.save()
    concerns(f"kernel.party/{party}")
    publish(PersonFileChanged(actor.company_id, party, code, changed))
