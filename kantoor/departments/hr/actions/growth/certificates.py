"""Certificates of employees: added, and ended when they no longer count."""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.drafts_growth import CertificateDraft
from kantoor.departments.hr.errors_growth import UnknownCertificate
from kantoor.departments.hr.models import Certificate
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput, NotFound
from kantoor.kernel.parties.employees import EMPLOYEE
from kantoor.kernel.parties.models import Party
from kantoor.kernel.queries import scoped

MANAGE = "hr.manage_growth"


@action(permission=MANAGE, title=_("Add certificates"), bulk_of="hr.add_certificate")
def add_certificates(actor: Actor, /, *, certificates: Sequence[CertificateDraft]) -> list[int]:
    """Add certificates of employees, all or none; gives their keys.

    Raises NotFound for who is no employee, InvalidInput.
    """
    codes = {each.employee for each in certificates}
    rows = scoped(actor, Party).filter(code__in=codes, roles__role=EMPLOYEE, erased_at=None)
    people = {row.code: row for row in rows}
    fresh = []
    for place, each in enumerate(certificates, 1):
        person = people.get(each.employee)
        if person is None:
            message = _("There is no employee “{code}”.").format(code=each.employee[:40])
            raise NotFound(message, field="employee", line=place)
        if not 0 < len(each.name.strip()) <= 120 or len(each.issuer) > 120:
            name = _("Name it in at most 120 characters.")
            raise InvalidInput(name, field="name", line=place)
        if each.expires_on is not None and each.expires_on <= each.obtained_on:
            expiry = _("It expires after it was obtained.")
            raise InvalidInput(expiry, field="expires_on", line=place)
        fresh.append(
            Certificate(
                subject_id=person.subject_id,
                company_id=actor.company_id,
                party_id=person.pk,
                name=each.name.strip(),
                issuer=each.issuer.strip(),
                obtained_on=each.obtained_on,
                expires_on=each.expires_on,
            )
        )
    return [row.pk for row in Certificate.objects.bulk_create(fresh)]


@action(permission=MANAGE, title=_("Add a certificate"))
def add_certificate(actor: Actor, /, *, certificate: CertificateDraft) -> int:
    """Add one certificate."""
    return add_certificates(actor, certificates=[certificate])[0]


@action(permission=MANAGE, title=_("End certificates"))
def end_certificates(actor: Actor, /, *, certificates: Sequence[int]) -> None:
    """No longer count certificates, such as those that were renewed. Raises UnknownCertificate."""
    rows = scoped(actor, Certificate).select_for_update().filter(ended_at=None)
    found = {row.pk: row for row in rows.filter(pk__in=certificates).order_by("pk")}
    for place, key in enumerate(certificates, 1):
        if key not in found:
            message = _("There is no such certificate, or it was ended.")
            raise UnknownCertificate(message, field="certificates", line=place)
        found[key].ended_at = timezone.now()
    Certificate.objects.bulk_update(found.values(), ["ended_at"])
