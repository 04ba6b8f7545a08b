"""Vacancies and candidates as they are looked at, and what the public sees of them."""

from collections.abc import Sequence
from datetime import date, datetime

import msgspec
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.errors_growth import UnknownCandidate, UnknownVacancy
from kantoor.departments.hr.models import Candidate, Vacancy
from kantoor.departments.hr.models.growth.vacancy import ENDED, OPEN
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.files.models import File
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.queries import query, scoped

READ = "hr.read_growth"


class VacancyRow(msgspec.Struct, frozen=True):
    """A vacancy; `candidates` are those with whom it has not ended."""

    id: int
    code: str
    title: str
    text: str
    place: str
    hours: str
    state: str
    closes_on: date | None
    candidates: int
    company: int


class CandidateRow(msgspec.Struct, frozen=True):
    """A candidate as listed."""

    id: int
    name: str
    email: str
    vacancy: str
    vacancy_title: str
    stage: str
    applied_at: datetime
    keep_until: date | None
    consent: bool


class Talk(msgspec.Struct, frozen=True):
    """An interview."""

    at: datetime
    place: str
    note: str


class CandidateShown(msgspec.Struct, frozen=True):
    """A candidate with letter, talks and what was noted; `employee` is who they became."""

    candidate: CandidateRow
    phone: str
    letter: str
    note: str
    talks: list[Talk]
    document: str
    employee: str


@query(permission=READ, title=_("Vacancies"), exposed=True)
def vacancies(actor: Actor, /, *, state: str = "") -> list[VacancyRow]:
    """The vacancies, the newest first."""
    waiting = Count("candidates", filter=~Q(candidates__stage__in=ENDED))
    rows = scoped(actor, Vacancy).annotate(waiting=waiting).order_by("-pk")
    if state:
        rows = rows.filter(state=state)
    return [_vacancy(row, row.waiting) for row in rows]


@query(permission=READ, title=_("A vacancy"))
def vacancy(actor: Actor, /, *, code: str) -> VacancyRow:
    """One vacancy. Raises UnknownVacancy."""
    row = scoped(actor, Vacancy).filter(code=code).first()
    if row is None:
        raise UnknownVacancy(_("There is no such vacancy."), field="code")
    return _vacancy(row, 0)


def public_vacancies(company_id: int) -> list[VacancyRow]:
    """What anybody may see: the vacancies that are open today. Asks no permission."""
    rows = Vacancy.objects.filter(company_id=company_id, state=OPEN).filter(
        Q(closes_on=None) | Q(closes_on__gte=timezone.localdate())
    )
    return [_vacancy(row, 0) for row in rows.order_by("title", "pk")]


def _vacancy(row: Vacancy, waiting: int) -> VacancyRow:
    return VacancyRow(
        row.pk, row.code, row.title, row.text, row.place, row.hours, row.state, row.closes_on,
        waiting, row.company_id,
    )  # fmt: skip


@query(permission=READ, title=_("Candidates"), exposed=True)
def candidates(
    actor: Actor,
    /,
    *,
    stage: str = "",
    vacancy: str = "",
    search: str = "",
    sort: str = "-applied_at",
    cursor: str = "",
    limit: int = PAGE,
) -> Page[CandidateRow]:
    """Candidates who are not forgotten; `stage` may be `open` for all with whom it goes on."""
    found = scoped(actor, Candidate).filter(erased_at=None).select_related("vacancy")
    if stage == "open":
        found = found.exclude(stage__in=ENDED)
    elif stage:
        found = found.filter(stage=stage)
    if vacancy:
        found = found.filter(vacancy__code=vacancy)
    if search:
        found = found.filter(Q(name__icontains=search) | Q(email__istartswith=search))
    order = sorted_by(sort, {"applied_at": ("applied_at",), "name": ("name",)})
    page = page_by(found, order=order, cursor=cursor, limit=limit, totals={})
    return page.map(_candidate)


def _candidate(row: Candidate) -> CandidateRow:
    return CandidateRow(
        row.pk, row.name, row.email, row.vacancy.code, row.vacancy.title, row.stage,
        row.applied_at, row.keep_until, row.consent,
    )  # fmt: skip


@query(permission=READ, title=_("A candidate"), exposed=True)
def candidate(actor: Actor, /, *, key: int) -> CandidateShown:
    """One candidate. Raises UnknownCandidate, also for who was forgotten."""
    rows = scoped(actor, Candidate).select_related("vacancy", "file", "party")
    row = rows.filter(pk=key, erased_at=None).first()
    if row is None:
        raise UnknownCandidate(_("There is no such candidate."), field="key")
    talks = row.interviews.order_by("at", "pk")
    return CandidateShown(
        _candidate(row),
        row.phone,
        row.letter,
        row.note,
        [Talk(each.at, each.place, each.note) for each in talks],
        row.file.name if row.file else "",
        row.party.code if row.party else "",
    )


@query(permission=READ, title=_("The document of a candidate"))
def candidate_document(actor: Actor, /, *, key: int) -> File:
    """What a candidate sent along. Raises UnknownCandidate."""
    rows = scoped(actor, Candidate).select_related("file")
    row = rows.filter(pk=key, erased_at=None).exclude(file=None).first()
    if row is None or row.file is None:
        raise UnknownCandidate(_("There is no such document."), field="key")
    return row.file


@query(permission=READ, title=_("Candidates by their keys"))
def candidate_names(actor: Actor, /, *, keys: Sequence[int]) -> dict[int, str]:
    """The names of the candidates of these keys."""
    rows = scoped(actor, Candidate).filter(pk__in=keys, erased_at=None)
    return dict(rows.values_list("pk", "name"))
