"""Note that a contract was signed, so that others may prepare for who comes."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.actions.people.findings import Findings
from kantoor.departments.hr.actions.people.hiring import MANAGE
from kantoor.departments.hr.actions.people.naming import known_codes
from kantoor.departments.hr.actions.people.wording import checked_text
from kantoor.departments.hr.errors_people import NotEmployed
from kantoor.departments.hr.events import ContractSigned
from kantoor.departments.hr.models import Employment, PersonDocument
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns, publish
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput, NotFound
from kantoor.kernel.files.models import File
from kantoor.kernel.queries import scoped


@action(permission=MANAGE, title=_("Note that a contract was signed"))
def sign_contract(
    actor: Actor, /, *, employee: str, signed_on: date, title: str = "", file: int | None = None
) -> int:
    """Note that somebody and the company signed their contract; gives the document's key.

    `file` is the key of a stored file of this person, the signed copy. Raises UnknownEmployee,
    NotEmployed for who was not hired or left, NotFound for the file, InvalidInput for a day ahead.
    """
    found = Findings()
    known = known_codes(actor, [employee])
    party = known.employee(employee, found, 1)
    said = checked_text(title, "title", 120, found, 1)
    if signed_on > timezone.localdate():
        message = _("Nobody signs in the future; check the day.")
        found.add(InvalidInput(message, field="signed_on", line=1))
    subject = known.employees.get(employee.strip(), (0, None))[1]
    if file is not None:
        copies = scoped(actor, File).filter(pk=file, erased_at=None)
        if not subject or copies.values_list("subject_id", flat=True).first() != subject:
            found.add(NotFound(_("There is no such file of this person."), field="file", line=1))
    rows = scoped(actor, Employment).filter(party_id=party or 0).order_by("-starts_on")
    row = rows.first()
    if party is not None and (row is None or (row.ends_on and row.ends_on < signed_on)):
        message = _("Hire this employee first, then note that the contract was signed.")
        found.add(NotEmployed(message, field="employee", line=1))
    found.refuse()
    assert row is not None
    before = PersonDocument.objects.filter(party=row.party_id, signed_on__isnull=False)
    first = not before.exists()
    paper = PersonDocument.objects.create(
        subject_id=subject,
        company_id=actor.company_id,
        party_id=row.party_id,
        kind="contract",
        title=said or gettext("Signed contract"),
        signed_on=signed_on,
        file_id=file,
        added_at=timezone.now(),
    )
    publish(
        ContractSigned(
            actor.company_id,
            row.party_id,
            row.pk,
            employee.strip(),
            signed_on,
            row.starts_on,
            first,
        )
    )
    concerns(f"kernel.party/{row.party_id}")
    return paper.pk
