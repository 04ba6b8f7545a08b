"""What is handed in of vacancies, applications and certificates."""

from datetime import date
from typing import Literal

import msgspec

Stage = Literal["new", "invited", "offered", "refused", "withdrawn"]


class VacancyDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A vacancy; `code` stands in its address, made from the title where it is empty."""

    title: str
    text: str = ""
    code: str = ""
    place: str = ""
    hours: str = ""
    closes_on: date | None = None


class ApplicationDraft(msgspec.Struct, frozen=True, kw_only=True):
    """Who applies. `consent` lets us keep it for a year instead of four weeks after the end."""

    vacancy: str
    name: str
    email: str
    phone: str = ""
    letter: str = ""
    consent: bool = False


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """A curriculum vitae, as it came."""

    name: str
    content: bytes


class CertificateDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A certificate of an employee."""

    employee: str
    name: str
    obtained_on: date
    expires_on: date | None = None
    issuer: str = ""


class RoundDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A round of reviews: `questions` one on each line, for the people of `unit` and within it.

    Without a unit it is for everybody who works here on the day it begins.
    """

    title: str
    starts_on: date
    ends_on: date
    due_on: date
    questions: str
    unit: str = ""


class ReviewAnswerDraft(msgspec.Struct, frozen=True, kw_only=True):
    """What is answered to a question of a review."""

    question: int
    text: str


class ObjectiveDraft(msgspec.Struct, frozen=True, kw_only=True):
    """Something to reach by a day; `measure` says by what one sees that it is reached."""

    employee: str
    title: str
    due_on: date
    measure: str = ""


class CourseDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A course; `jobs` are the jobs that ask it, one on each line, as contracts name them."""

    title: str
    provider: str = ""
    holds_months: int | None = None
    jobs: str = ""


class TrainingDraft(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who is to follow a course on a day."""

    employee: str
    course: str
    planned_on: date
    note: str = ""
