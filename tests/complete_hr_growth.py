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
from kantoor.departments.hr.actions.growth.objectives import (
    end_objectives,
    note_progress,
    set_objectives,
)
from kantoor.departments.hr.actions.growth.reviewing import (
    sign_review,
    write_managers_review,
    write_own_review,
)
from kantoor.departments.hr.actions.growth.rounds import begin_review_round, close_review_round
from kantoor.departments.hr.actions.growth.training import (
    add_course,
    call_off_trainings,
    change_course,
    complete_trainings,
    plan_trainings,
)
from kantoor.departments.hr.actions.growth.vacancies import (
    change_vacancy,
    close_vacancies,
    open_vacancy,
)
from kantoor.departments.hr.actions.people.hiring import hire_employees
from kantoor.departments.hr.drafts_growth import (
    ApplicationDraft,
    CertificateDraft,
    CourseDraft,
    Document,
    ObjectiveDraft,
    ReviewAnswerDraft,
    RoundDraft,
    TrainingDraft,
    VacancyDraft,
)
from kantoor.departments.hr.drafts_people import HireDraft
from kantoor.departments.hr.queries.growth.reviews import my_reviews, review
from kantoor.kernel.actors.actor import Actor, actor_for, console_actor
from kantoor.kernel.actors.models import Company, User
from kantoor.kernel.actors.users import add_user


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
    _reviews(anne)


def _who(name: str) -> ApplicationDraft:
    return ApplicationDraft(vacancy="picker", name=name, email=f"{name}@example.com")


def _reviews(anne: Actor) -> None:
    """Two reviews with answers, objectives, and training in every state."""
    today = timezone.localdate()
    pia = _reviewed(anne)
    for title in ("Reviews", "More reviews"):
        begin_review_round(
            anne,
            round=RoundDraft(
                title=title, starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31),
                due_on=date(2027, 1, 31), questions="What went well?\nWhat next?",
            ),
        )  # fmt: skip
    for row in my_reviews(pia).rows:
        question = review(pia, key=row.id).answers[0].question
        answers = [ReviewAnswerDraft(question=question, text="Well")]
        write_own_review(pia, review=row.id, answers=answers, done=True)
        write_managers_review(anne, review=row.id, answers=answers, summary="Good", done=True)
        sign_review(pia, review=row.id)
    close_review_round(anne, round="more-reviews")
    made = set_objectives(
        anne,
        objectives=[
            ObjectiveDraft(employee="M2", title=title, due_on=today) for title in ("Sell", "Buy")
        ],
    )
    note_progress(anne, objective=made[0], progress=50, note="Half way")
    end_objectives(anne, objectives=made[:1])
    codes = [
        add_course(anne, course=CourseDraft(title=title, holds_months=12, jobs="Picker\nPacker"))
        for title in ("Forklift", "First aid")
    ]
    change_course(anne, code=codes[1], course=CourseDraft(title="First aid", jobs="Picker"))
    keys = plan_trainings(
        anne,
        trainings=[TrainingDraft(employee="M2", course=code, planned_on=today) for code in codes],
    )
    complete_trainings(anne, trainings=keys[:1], done_on=today)
    call_off_trainings(anne, trainings=keys[1:])


def _reviewed(anne: Actor) -> Actor:
    """An employee who works here and signs in."""
    company = Company.objects.get(pk=anne.company_id)
    name = f"pia-{company.pk}"
    add_user(console_actor(company), sign_in=name, name="Pia", roles=["employee"])
    draft = HireDraft(name="Pia Reviewed", start=date(2024, 1, 1), manager="M1", sign_in=name)
    hire_employees(console_actor(company), employees=[draft])
    return actor_for(User.objects.get(sign_in=name), company)
