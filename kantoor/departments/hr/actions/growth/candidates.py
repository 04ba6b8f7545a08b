"""Candidates: they apply, go from stage to stage, are hired in one step, and are forgotten."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.actions.growth.ending import end_candidates
from kantoor.departments.hr.actions.people.hiring import hire_employees
from kantoor.departments.hr.drafts_growth import ApplicationDraft, Document, Stage
from kantoor.departments.hr.drafts_people import HireDraft
from kantoor.departments.hr.errors_growth import (
    CandidateState,
    UnknownCandidate,
    UnknownVacancy,
    WrongDocument,
)
from kantoor.departments.hr.models import Candidate, Interview, Vacancy
from kantoor.departments.hr.models.growth.vacancy import ENDED, HIRED, INVITED, OPEN
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.addresses import with_one_domain
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.files.files import store_file
from kantoor.kernel.parties.models import Party
from kantoor.kernel.queries import scoped
from kantoor.kernel.record.erasure import new_subjects

MANAGE = "hr.manage_growth"
LARGEST = 5 * 2**20
LENGTHS = {"name": 200, "email": 254, "phone": 40, "letter": 10_000}


@action(permission=MANAGE, title=_("Take an application"), hidden=True)
def take_application(
    actor: Actor, /, *, application: ApplicationDraft, document: Document | None = None
) -> int:
    """Take an application for an open vacancy; gives the candidate's key.

    The same address for the same vacancy again changes nothing: whoever knows an address could
    write over what its owner sent. Raises UnknownVacancy, InvalidInput, WrongDocument for what is no PDF of at most 5 MB.
    """
    today = timezone.localdate()
    vacancy = scoped(actor, Vacancy).filter(code=application.vacancy, state=OPEN).first()
    if vacancy is None or (vacancy.closes_on is not None and vacancy.closes_on < today):
        raise UnknownVacancy(_("This vacancy is no longer open."), field="vacancy")
    _refuse(application, document)
    rows = Candidate.objects.select_for_update().filter(
        vacancy=vacancy, email=with_one_domain(application.email.strip().lower()), erased_at=None
    )
    known = rows.exclude(stage__in=ENDED).first()
    if known is not None:
        return known.pk
    row = Candidate(
        subject_id=new_subjects(1)[0],
        company_id=actor.company_id,
        vacancy=vacancy,
        applied_at=timezone.now(),
    )
    for name in LENGTHS:
        setattr(row, name, getattr(application, name).strip())
    row.email, row.consent = with_one_domain(row.email.lower()), application.consent
    if document is not None:
        row.file = store_file(
            actor,
            content=document.content,
            name=document.name,
            media_type="application/pdf",
            subject_id=row.subject_id,
        )
    row.save()
    concerns(f"hr.candidate/{row.pk}")
    return row.pk


@action(permission=MANAGE, title=_("Add a candidate"))
def add_candidate(actor: Actor, /, *, application: ApplicationDraft) -> int:
    """Write down somebody who applied in another way; gives their key."""
    return take_application(actor, application=application)


@action(permission=MANAGE, title=_("Move candidates"))
def move_candidates(actor: Actor, /, *, candidates: Sequence[int], stage: Stage) -> None:
    """Bring candidates to a stage; with refused and withdrawn their period begins.

    Raises UnknownCandidate, CandidateState.
    """
    rows = _locked(actor, candidates)
    if stage in ENDED:
        end_candidates(rows, stage)
        return
    for row in rows:
        row.stage = stage
    Candidate.objects.bulk_update(rows, ["stage"])


@action(permission=MANAGE, title=_("Plan an interview"))
def plan_interview(
    actor: Actor, /, *, candidate: int, at: datetime, place: str = "", note: str = ""
) -> int:
    """Plan a talk with a candidate, who is invited by it; gives its key.

    Raises UnknownCandidate, CandidateState, InvalidInput.
    """
    if at.tzinfo is None:
        raise InvalidInput(_("Give the moment with its time zone."), field="at")
    if len(place) > 200 or len(note) > 10_000:
        raise InvalidInput(_("This is too long."), field="note")
    row = _locked(actor, [candidate])[0]
    if row.stage == "new":
        row.stage = INVITED
        row.save()
    return Interview.objects.create(
        subject_id=row.subject_id,
        company_id=actor.company_id,
        candidate=row,
        at=at,
        place=place.strip(),
        note=note.strip(),
    ).pk


@action(permission=MANAGE, title=_("Note something of a candidate"))
def note_of_candidate(actor: Actor, /, *, candidate: int, note: str) -> None:
    """Keep a note of a candidate, in place of the one before."""
    if len(note) > 10_000:
        raise InvalidInput(_("This is too long."), field="note")
    row = _locked(actor, [candidate])[0]
    row.note = note.strip()
    row.save()


@action(permission=MANAGE, title=_("Hire a candidate"))
def hire_candidate(
    actor: Actor, /, *, candidate: int, start: date, weekly_hours: Decimal = Decimal(40),
    manager: str = "", unit: str = "",
) -> str:  # fmt: skip
    """Make an employee of a candidate in one step; gives their number.

    `weekly_hours` are spread evenly from Monday to Friday, in whole minutes; the contract can be
    changed after. Raises UnknownCandidate, CandidateState, and what hiring refuses.
    """
    minutes = weekly_hours * 60 / 5
    if not 0 < weekly_hours <= 60 or minutes != int(minutes):
        message = _("Give hours a week that make whole minutes a day, at most 60.")
        raise InvalidInput(message, field="weekly_hours")
    row = _locked(actor, [candidate])[0]
    daily = weekly_hours / 5
    draft = HireDraft(
        name=row.name,
        email=row.email,
        phone=row.phone,
        start=start,
        job_title=row.vacancy.title[:100],
        manager=manager,
        unit=unit,
        hours_mon=daily,
        hours_tue=daily,
        hours_wed=daily,
        hours_thu=daily,
        hours_fri=daily,
    )
    code = hire_employees(actor, employees=[draft])[0]
    row.party_id = Party.objects.values_list("pk", flat=True).get(
        company_id=actor.company_id, code=code
    )
    row.save()
    end_candidates([row], HIRED)
    return code


def _locked(actor: Actor, keys: Sequence[int]) -> list[Candidate]:
    rows = scoped(actor, Candidate).select_for_update(of=("self",)).select_related("vacancy")
    found = {row.pk: row for row in rows.filter(pk__in=keys, erased_at=None).order_by("pk")}
    for place, key in enumerate(keys, 1):
        if key not in found:
            message = _("There is no such candidate.")
            raise UnknownCandidate(message, field="candidates", line=place)
        if found[key].stage in ENDED:
            ended = _("It ended with this candidate; they can apply again.")
            raise CandidateState(ended, field="candidates", line=place)
    if len(found) == 1:
        concerns(f"hr.candidate/{keys[0]}")
    return [found[key] for key in dict.fromkeys(keys)]


def _refuse(application: ApplicationDraft, document: Document | None) -> None:
    for name, most in LENGTHS.items():
        value = getattr(application, name)
        if len(value) > most or "\0" in value:
            message = _("Say it in at most {most} characters.").format(most=most)
            raise InvalidInput(message, field=name)
    if not application.name.strip():
        raise InvalidInput(_("Give your name."), field="name")
    try:
        validate_email(application.email.strip())
    except ValidationError:
        address = _("Give an e-mail address such as name@company.com.")
        raise InvalidInput(address, field="email") from None
    if document is not None and (
        not document.content.startswith(b"%PDF-") or len(document.content) > LARGEST
    ):
        wrong = _("Send a PDF of at most {most} MB.").format(most=5)
        raise WrongDocument(wrong, field="document")
