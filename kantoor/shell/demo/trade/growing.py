"""Reviews, objectives and training of the trading company: a round that goes on, and what is planned."""

from datetime import date, timedelta

from kantoor.departments.hr.actions.growth.objectives import note_progress, set_objectives
from kantoor.departments.hr.actions.growth.reviewing import (
    sign_review,
    write_managers_review,
    write_own_review,
)
from kantoor.departments.hr.actions.growth.rounds import begin_review_round
from kantoor.departments.hr.actions.growth.training import (
    add_course,
    complete_trainings,
    plan_trainings,
)
from kantoor.departments.hr.drafts_growth import (
    CourseDraft,
    ObjectiveDraft,
    ReviewAnswerDraft,
    RoundDraft,
    TrainingDraft,
)
from kantoor.departments.hr.queries.growth.reviews import my_reviews, review
from kantoor.kernel.actors.actor import Actor

QUESTIONS = (
    "Wat ging goed, en wat heb je bereikt?",
    "Wat kan beter, en wat heb je daarvoor nodig?",
    "Wat wil je komend jaar leren of doen?",
)
OWN = (
    "Drie grote klanten zijn gebleven; offertes gaan nu binnen een dag de deur uit.",
    "Ik wil eerder horen wat er op voorraad komt.",
    "Een cursus onderhandelen.",
)


def have_reviews(officer: Actor, employee: Actor, today: date) -> None:
    """Begin a round, of which one review waits for the signature of who it is about."""
    begin_review_round(
        officer,
        round=RoundDraft(
            title=f"Beoordelingen {today.year}", starts_on=date(today.year, 1, 1),
            ends_on=date(today.year, 12, 31), due_on=today + timedelta(days=30),
            questions="\n".join(QUESTIONS),
        ),
    )  # fmt: skip
    _answer(employee, OWN)
    row = my_reviews(employee).rows[0]
    write_managers_review(
        officer, review=row.id, summary="Goed jaar; afspraak over voorraadinfo.", done=True
    )
    sign_review(officer, review=row.id)
    made = set_objectives(
        officer,
        objectives=[
            ObjectiveDraft(employee=code, title=title, measure=measure, due_on=today + timedelta(days))
            for code, title, measure, days in (
                ("M0105", "Offertes binnen een dag", "Negen van de tien", 60),
                ("M0105", "Cursus onderhandelen afronden", "Certificaat", 10),
                ("M0110", "Telverschillen halveren", "Onder 0,5 % bij de telling", -5),
            )
        ],
    )  # fmt: skip
    note_progress(employee, objective=made[0], progress=70, note="Alleen maatwerk duurt langer")


def have_training(officer: Actor, today: date) -> None:
    """Courses that jobs ask: one is done, one planned, and some miss."""
    forklift = add_course(
        officer,
        course=CourseDraft(
            title="Heftruck", provider="TCVT", holds_months=60,
            jobs="Magazijnmedewerker\nTeamleider magazijn",
        ),
    )  # fmt: skip
    first_aid = add_course(
        officer,
        course=CourseDraft(title="BHV", provider="NIBHV", holds_months=12, jobs="Verkoper"),
    )
    keys = plan_trainings(
        officer,
        trainings=[
            TrainingDraft(employee="M0110", course=forklift, planned_on=today - timedelta(days=40)),
            TrainingDraft(employee="M0114", course=forklift, planned_on=today + timedelta(days=20)),
            TrainingDraft(employee="M0105", course=first_aid, planned_on=today + timedelta(days=9)),
        ],
    )
    complete_trainings(officer, trainings=keys[:1], done_on=today - timedelta(days=40))


def _answer(employee: Actor, texts: tuple[str, ...]) -> None:
    row = my_reviews(employee).rows[0]
    asked = review(employee, key=row.id).answers
    answers = [
        ReviewAnswerDraft(question=each.question, text=text)
        for each, text in zip(asked, texts, strict=True)
    ]
    write_own_review(employee, review=row.id, answers=answers, done=True)
