"""Documents handed in with a copy: who may open it, and what is refused."""

from collections.abc import Mapping

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from kantoor.departments.hr.actions.people.documents import (
    DocumentDraft,
    add_document,
    close_document,
    hand_in_document,
)
from kantoor.departments.hr.actions.privacy.letting_go import (
    propose_letting_go,
    release_proposals,
)
from kantoor.departments.hr.actions.privacy.rules import RuleDraft, set_retention_rule
from kantoor.departments.hr.drafts_expenses import Receipt as Copy
from kantoor.departments.hr.errors_expenses import WrongReceipt
from kantoor.departments.hr.models import PersonDocument, RetentionProposal
from kantoor.departments.hr.queries.people.card import employee, my_file
from kantoor.departments.hr.queries.people.documents import document_copy, documents_of_my_people
from kantoor.departments.hr.queries.privacy.tables import months_after
from kantoor.departments.hr.tests.people.staff import Staff
from kantoor.kernel.errors import NotFound
from kantoor.kernel.files.content import path_of
from kantoor.kernel.record.verify.system import verify
from tests.founded import PASSWORD

PDF = b"%PDF-1.4 a permit"


def handed_in(staff: Staff, shown_to: str) -> int:
    draft: Mapping[str, str] = {"employee": "E1", "kind": "permit", "title": f"For {shown_to}"}
    document = DocumentDraft(**draft, shown_to=shown_to)  # type: ignore[arg-type]
    return hand_in_document(staff.helen, document=document, copy=Copy(name="p.pdf", content=PDF))


def test_who_may_open_a_copy_is_said_with_it(staff: Staff) -> None:
    keys = {name: handed_in(staff, name) for name in ("hr", "person", "manager")}
    seen = {
        who: {name for name, key in keys.items() if _opens(staff, who, key)}
        for who in ("helen", "emma", "mo")
    }
    assert seen == {
        "helen": {"hr", "person", "manager"},
        "emma": {"person", "manager"},
        "mo": {"manager"},
    }
    mine = my_file(staff.emma).private
    assert mine is not None and len(mine.documents) == 2
    assert [row.title for row in documents_of_my_people(staff.mo).rows] == ["For manager"]


def _opens(staff: Staff, who: str, key: int) -> bool:
    try:
        return document_copy(getattr(staff, who), document=key).name == "p.pdf"
    except NotFound:
        return False


def test_what_is_no_paper_is_refused(staff: Staff) -> None:
    document = DocumentDraft(employee="E1", kind="permit", title="Permit")
    with pytest.raises(WrongReceipt):
        hand_in_document(staff.helen, document=document, copy=Copy(name="x", content=b"MZ"))
    nobody = DocumentDraft(employee="NOBODY", kind="permit", title="Permit")
    with pytest.raises(NotFound):
        hand_in_document(staff.helen, document=nobody, copy=Copy(name="p.pdf", content=PDF))
    assert not PersonDocument.objects.exists()


def test_a_copy_goes_with_the_last_document_that_it_came_with(staff: Staff) -> None:
    rule = RuleDraft(table="hr_person_document", field="closed_at", months=24, ground="AVG art. 5")
    set_retention_rule(staff.helen, rule=rule)
    first = handed_in(staff, "person")
    file = document_copy(staff.helen, document=first)
    same = DocumentDraft(employee="E1", kind="permit", title="The same", file=file.pk)
    second = add_document(staff.helen, document=same)
    for key, left in ((first, True), (second, False)):
        close_document(staff.helen, document=key)
        propose_letting_go(staff.helen, on=months_after(timezone.localdate(), 25))
        proposed = RetentionProposal.objects.filter(state="proposed")
        release_proposals(staff.helen, proposals=[row.pk for row in proposed])
        assert path_of(file.sha256).exists() is left
    file.refresh_from_db()
    assert (file.name, file.subject_id) == ("erased", None)
    with pytest.raises(NotFound):
        document_copy(staff.helen, document=second)
    assert verify().ok


def test_it_is_handed_in_on_a_page_and_opened_from_the_file(staff: Staff) -> None:
    client = Client()
    client.post("/sign-in", {"user": "helen", "password": PASSWORD})
    assert b"E1" in client.get("/hr/documents/hand-in?employee=E1").content
    given = {"employee": "E1", "kind": "diploma", "title": "Welder", "warn_days": "60"}
    given["shown_to"] = "person"
    wrong = SimpleUploadedFile("x.exe", b"MZ")
    assert client.post("/hr/documents/hand-in", {**given, "file": wrong}).status_code == 422
    right = SimpleUploadedFile("p.pdf", PDF)
    assert client.post("/hr/documents/hand-in", {**given, "file": right}).status_code == 302
    papers = employee(staff.helen, code="E1").private
    assert papers is not None
    address = f"/hr/documents/{papers.documents[0].id}"
    assert address in client.get("/hr/employees/E1").content.decode()
    assert b"".join(client.get(address).streaming_content) == PDF  # type: ignore[attr-defined]


def test_a_manager_and_a_unit_are_taken_away_on_the_form(staff: Staff) -> None:
    change = {"change.employee": "E1", "change.from_day": "2026-01-01"}
    client = Client()
    client.post("/sign-in", {"user": "helen", "password": PASSWORD})
    sent = client.post(
        "/hr/do/change-contract", {**change, "change.manager": "-", "change.unit": "-"}
    )
    assert sent.status_code == 302
    versions = employee(staff.helen, code="E1").employments[0].versions
    assert (versions[0].manager, versions[1].manager) == ("", "M1")
