"""Rows in every table of HR's growth, for `complete.py`."""

from datetime import date, timedelta

from django.utils import timezone

from kantoor.departments.hr.actions.growth.candidates import (
    add_candidate,
    hire_candidate,
    move_candidates,
    note_of_candidate,
    plan_interview,
    take_application,
)
from kantoor.departments.hr.actions.growth.certificates import add_certificates, end_certificates
from kantoor.departments.hr.actions.growth.forgetting import forget_candidates
from kantoor.departments.hr.actions.growth.vacancies import (
    change_vacancy,
    close_vacancies,
    open_vacancy,
)
from kantoor.departments.hr.drafts_growth import (
    ApplicationDraft,
    CertificateDraft,
    Document,
    VacancyDraft,
)
from kantoor.kernel.actors.actor import Actor


def hr_growth(anne: Actor) -> None:
    """Everything of HR's growth that leaves rows."""
    for title in ("Picker", "Packer"):
        open_vacancy(anne, vacancy=VacancyDraft(title=title))
    change_vacancy(anne, vacancy=VacancyDraft(code="picker", title="Picker", text="In the hall"))
    document = Document(name="cv.pdf", content=b"%PDF-1.4 a life")
    keys = [
        take_application(anne, application=_who(name), document=document)
        for name in ("ada", "ben", "cor")
    ]
    keys.append(add_candidate(anne, application=_who("dee")))
    for key in keys[:2]:
        plan_interview(anne, candidate=key, at=timezone.now(), place="Room 1")
    note_of_candidate(anne, candidate=keys[1], note="Strong")
    hire_candidate(anne, candidate=keys[0], start=date(2026, 4, 1))
    move_candidates(anne, candidates=[keys[2]], stage="refused")
    forget_candidates(anne, on=timezone.localdate() + timedelta(days=29))
    close_vacancies(anne, vacancies=["packer"])
    made = add_certificates(
        anne,
        certificates=[
            CertificateDraft(employee="M2", name=name, obtained_on=date(2024, 1, 1))
            for name in ("Forklift", "First aid")
        ],
    )
    end_certificates(anne, certificates=made[:1])


def _who(name: str) -> ApplicationDraft:
    return ApplicationDraft(vacancy="picker", name=name, email=f"{name}@example.com")
