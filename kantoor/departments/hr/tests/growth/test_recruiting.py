"""Recruitment: a public page that takes applications within bounds, and forgets who applied."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from kantoor.departments.hr.actions.growth.candidates import (
    add_candidate,
    hire_candidate,
    move_candidates,
    note_of_candidate,
    plan_interview,
    take_application,
)
from kantoor.departments.hr.actions.growth.forgetting import forget_candidates, forget_those_over
from kantoor.departments.hr.actions.growth.vacancies import (
    change_vacancy,
    close_vacancies,
    open_vacancy,
)
from kantoor.departments.hr.actions.privacy.rules import set_legal_hold
from kantoor.departments.hr.drafts_growth import ApplicationDraft, Document, VacancyDraft
from kantoor.departments.hr.errors_growth import (
    CandidateState,
    UnknownCandidate,
    UnknownVacancy,
    WrongDocument,
)
from kantoor.departments.hr.models import Candidate, Employment
from kantoor.departments.hr.queries.growth.recruiting import candidate, candidates, vacancies
from kantoor.departments.hr.tests.people.staff import Staff
from kantoor.kernel.errors import Conflict, InvalidInput
from kantoor.kernel.files.content import path_of
from kantoor.kernel.files.models import File
from kantoor.kernel.record.verify.system import verify
from tests.founded import PASSWORD

PDF = b"%PDF-1.4 my life"
TODAY = timezone.localdate


@pytest.fixture
def office(staff: Staff) -> Staff:
    """A company that looks for somebody in the warehouse."""
    open_vacancy(staff.helen, vacancy=VacancyDraft(title="Picker in the hall", text="Lift & sort"))
    return staff


def applied(office: Staff, name: str = "Ada Bos", **more: object) -> int:
    """The key of a candidate."""
    draft = ApplicationDraft(
        vacancy="picker-in-the-hall",
        name=name,
        email=f"{name.split(' ')[0].lower()}@example.com",
        **more,  # type: ignore[arg-type]
    )
    document = Document(name="cv.pdf", content=PDF)
    return take_application(office.helen, application=draft, document=document)


def page(office: Staff) -> str:
    return f"/hr/jobs/{office.company_id}/picker-in-the-hall"


def test_anybody_sees_what_is_open_and_applies(office: Staff) -> None:
    client = Client(enforce_csrf_checks=True)
    assert b"Picker in the hall" in client.get(f"/hr/jobs/{office.company_id}").content
    form = client.get(page(office))
    assert b"Lift &amp; sort" in form.content
    given = {
        "name": "Ada Bos", "email": "Ada@example.com", "letter": "I lift.", "consent": "on",
        "document": SimpleUploadedFile("cv.pdf", PDF),
    }  # fmt: skip
    assert client.post(page(office), given).status_code == 403
    given["document"] = SimpleUploadedFile("cv.pdf", PDF)
    given["csrfmiddlewaretoken"] = client.cookies["csrftoken"].value
    assert client.post(page(office), given).status_code == 200
    row = candidates(office.helen).rows[0]
    assert (row.name, row.email, row.consent) == ("Ada Bos", "ada@example.com", True)
    assert candidate(office.helen, key=row.id).document == "cv.pdf"


@pytest.mark.parametrize(
    "more",
    [
        {"name": ""},
        {"email": "nobody"},
        {"letter": "x" * 10_001},
        {"document": b"MZ is no PDF"},
    ],
)
def test_what_is_out_of_bounds_is_refused_and_nothing_kept(
    office: Staff, more: dict[str, object]
) -> None:
    if isinstance(content := more.get("document"), bytes):
        more = {"document": SimpleUploadedFile("cv.pdf", content)}
    given = {"name": "Ada", "email": "ada@example.com", **more}
    assert Client().post(page(office), given).status_code == 422
    assert not Candidate.objects.exists()


def test_a_program_that_fills_in_everything_leaves_nothing(office: Staff) -> None:
    given = {"name": "Bot", "email": "bot@example.com", "website": "http://spam.example"}
    assert Client().post(page(office), given).status_code == 200
    assert not Candidate.objects.exists()


def test_who_sends_many_waits(office: Staff) -> None:
    client = Client()
    answers = [
        client.post(page(office), {"name": "Ada", "email": f"ada{n}@example.com"}).status_code
        for n in range(8)
    ]
    assert answers[0] == 200 and answers[-1] == 422
    assert Candidate.objects.count() == answers.count(200)


def test_what_is_closed_or_over_is_seen_by_nobody(office: Staff) -> None:
    assert Client().get(f"/hr/jobs/{office.company_id}/no-such-job").status_code == 404
    assert Client().get("/hr/jobs/999999999999").status_code == 404
    over = VacancyDraft(
        code="picker-in-the-hall", title="Picker", closes_on=TODAY() - timedelta(days=1)
    )
    change_vacancy(office.helen, vacancy=over)
    assert Client().get(page(office)).status_code == 404
    with pytest.raises(UnknownVacancy):
        applied(office)


def test_who_knows_an_address_writes_nothing_over_what_its_owner_sent(office: Staff) -> None:
    assert applied(office) == applied(office, letter="Of somebody else", consent=True)
    row = Candidate.objects.get()
    assert (row.letter == "Of somebody else", row.consent) == (False, False)


@pytest.mark.parametrize("consent", [False, True])
def test_data_goes_four_weeks_after_the_end_or_a_year_with_consent(
    office: Staff, consent: bool
) -> None:
    key = applied(office, consent=consent)
    move_candidates(office.helen, candidates=[key], stage="refused")
    until = Candidate.objects.get().keep_until
    today = TODAY()
    weeks = (until - today).days if until else 0
    assert weeks == 28 if not consent else weeks in (365, 366)
    assert until is not None
    assert forget_candidates(office.helen, on=until) == 0
    digest = File.objects.get(name="cv.pdf").sha256
    assert forget_candidates(office.helen, on=until + timedelta(days=1)) == 1
    assert forget_candidates(office.helen, on=until + timedelta(days=1)) == 0
    row = Candidate.objects.get()
    assert (row.name, row.email, row.letter, row.subject_id) == ("", "", "", None)
    assert not candidates(office.helen).rows and not path_of(digest).exists()
    with pytest.raises(UnknownCandidate):
        candidate(office.helen, key=key)
    assert verify().ok and forget_those_over.name


def test_a_hold_on_everything_keeps_candidates_too(office: Staff) -> None:
    move_candidates(office.helen, candidates=[applied(office)], stage="withdrawn")
    set_legal_hold(office.helen, why="Case 12")
    assert forget_candidates(office.helen, on=date(2099, 1, 1)) == 0


def test_closing_a_vacancy_ends_with_who_is_left(office: Staff) -> None:
    key = applied(office)
    close_vacancies(office.helen, vacancies=["picker-in-the-hall"])
    assert vacancies(office.helen)[0].state == "closed"
    assert Candidate.objects.get(pk=key).stage == "refused"
    with pytest.raises(UnknownVacancy):
        close_vacancies(office.helen, vacancies=["picker-in-the-hall"])


def test_a_candidate_is_hired_in_one_step(office: Staff) -> None:
    key = add_candidate(
        office.helen,
        application=ApplicationDraft(
            vacancy="picker-in-the-hall", name="Ada Bos", email="ada@example.com"
        ),
    )
    plan_interview(office.helen, candidate=key, at=datetime(2026, 3, 10, 9, tzinfo=UTC))
    note_of_candidate(office.helen, candidate=key, note="Strong")
    assert Candidate.objects.get().stage == "invited"
    code = hire_candidate(
        office.helen, candidate=key, start=date(2026, 4, 1), weekly_hours=Decimal(32), manager="M1"
    )
    employment = Employment.objects.get(party__code=code)
    assert employment.starts_on == date(2026, 4, 1) and employment.party.name == "Ada Bos"
    shown = candidate(office.helen, key=key)
    assert (shown.candidate.stage, shown.employee) == ("hired", code)
    with pytest.raises(CandidateState):
        move_candidates(office.helen, candidates=[key], stage="new")
    assert verify().ok


def test_what_can_not_be_is_refused(office: Staff) -> None:
    helen = office.helen
    with pytest.raises(Conflict):
        open_vacancy(helen, vacancy=VacancyDraft(title="Picker in the hall"))
    for draft in (VacancyDraft(title="!!!"), VacancyDraft(title="x" * 121)):
        with pytest.raises(InvalidInput):
            open_vacancy(helen, vacancy=draft)
    key = applied(office)
    with pytest.raises(InvalidInput):
        hire_candidate(helen, candidate=key, start=date(2026, 4, 1), weekly_hours=Decimal("1e12"))
    with pytest.raises(InvalidInput):
        plan_interview(helen, candidate=key, at=datetime(2026, 3, 10, 9))  # noqa: DTZ001
    with pytest.raises(WrongDocument):
        take_application(
            helen,
            application=ApplicationDraft(vacancy="picker-in-the-hall", name="A", email="a@b.nl"),
            document=Document(name="cv.pdf", content=b"%PDF-" + bytes(6 * 2**20)),
        )


def test_pages_of_recruitment(office: Staff) -> None:
    key = applied(office)
    client = Client()
    client.post("/sign-in", {"user": "helen", "password": PASSWORD})
    for url in ("/hr/vacancies", "/hr/candidates", f"/hr/candidates/{key}"):
        assert client.get(url).status_code == 200, url
    document = client.get(f"/hr/candidates/{key}/document")
    assert b"".join(document.streaming_content) == PDF  # type: ignore[attr-defined]


def test_applications_are_counted_apart_from_signing_in(staff: Staff) -> None:
    code = open_vacancy(staff.helen, vacancy=VacancyDraft(title="Smith"))
    client = Client()
    address = f"/hr/jobs/{staff.company_id}/{code}"
    for n in range(7):
        sent = client.post(address, {"name": "Ada", "email": f"ada{n}@example.com"})
        assert sent.status_code == (200 if n < 6 else 422)
    assert client.post("/sign-in", {"user": "helen", "password": PASSWORD}).status_code == 302


def test_what_is_too_large_is_refused_before_it_is_read(staff: Staff) -> None:
    code = open_vacancy(staff.helen, vacancy=VacancyDraft(title="Smith"))
    address = f"/hr/jobs/{staff.company_id}/{code}"
    sent = Client(enforce_csrf_checks=True).post(address, CONTENT_LENGTH=str(7 * 2**20))
    assert sent.status_code == 413
