"""Certificates: who has which, and which expire."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from kantoor.departments.hr.actions.growth.certificates import (
    add_certificate,
    add_certificates,
    end_certificates,
)
from kantoor.departments.hr.drafts_growth import CertificateDraft
from kantoor.departments.hr.errors_growth import UnknownCertificate
from kantoor.departments.hr.queries.growth.certificates import (
    certificates,
    certificates_expiring,
    my_certificates,
)
from kantoor.departments.hr.tests.people.staff import Staff
from kantoor.kernel.errors import InvalidInput, NotFound
from tests.founded import PASSWORD

BEGAN = date(2020, 1, 1)


def draft(days: int | None, employee: str = "E1", name: str = "Forklift") -> CertificateDraft:
    """A certificate that expires in so many days."""
    until = timezone.localdate() + timedelta(days=days) if days is not None else None
    return CertificateDraft(employee=employee, name=name, obtained_on=BEGAN, expires_on=until)


def test_who_reads_is_warned_sixty_days_before(staff: Staff) -> None:
    drafts = [draft(days) for days in (None, 61, 60, 0, -1)]
    add_certificates(staff.helen, certificates=drafts)
    rows = certificates(staff.helen, soon=True).rows
    assert [row.state for row in rows] == ["expired", "expires", "expires"]
    assert certificates_expiring(staff.helen) == 3
    assert len(certificates(staff.helen).rows) == 5


def test_people_see_their_own(staff: Staff) -> None:
    add_certificate(staff.helen, certificate=draft(10))
    add_certificate(staff.helen, certificate=draft(10, "M1", "First aid"))
    assert [row.name for row in my_certificates(staff.emma).rows] == ["Forklift"]
    client = Client()
    client.post("/sign-in", {"user": "helen", "password": PASSWORD})
    assert b"First aid" in client.get("/hr/certificates?soon=1").content


def test_what_was_renewed_no_longer_counts(staff: Staff) -> None:
    key = add_certificate(staff.helen, certificate=draft(10))
    end_certificates(staff.helen, certificates=[key])
    assert not certificates(staff.helen).rows
    with pytest.raises(UnknownCertificate):
        end_certificates(staff.helen, certificates=[key])


def test_what_can_not_be_is_refused(staff: Staff) -> None:
    before = CertificateDraft(employee="E1", name="X", obtained_on=BEGAN, expires_on=BEGAN)
    for wrong, error in (
        (draft(1, "NOBODY"), NotFound),
        (draft(1, name=" "), InvalidInput),
        (before, InvalidInput),
    ):
        with pytest.raises(error):
            add_certificates(staff.helen, certificates=[draft(1), wrong])
    assert not certificates(staff.helen).rows
