"""Vacancies: opened, changed and closed."""

import re
from collections.abc import Sequence

from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.actions.growth.ending import end_candidates
from kantoor.departments.hr.drafts_growth import VacancyDraft
from kantoor.departments.hr.errors_growth import UnknownVacancy
from kantoor.departments.hr.models import Candidate, Vacancy
from kantoor.departments.hr.models.growth.vacancy import CLOSED, ENDED, OPEN, REFUSED
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import Conflict, InvalidInput
from kantoor.kernel.queries import scoped

MANAGE = "hr.manage_growth"
LENGTHS = {"title": 120, "text": 20_000, "place": 100, "hours": 40}
_CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")


@action(permission=MANAGE, title=_("Open a vacancy"))
def open_vacancy(actor: Actor, /, *, vacancy: VacancyDraft) -> str:
    """Open a vacancy, which stands on the public page from now on; gives its code.

    Raises Conflict for a code that is there, InvalidInput.
    """
    code = (vacancy.code.strip().lower() or slugify(vacancy.title)[:60]).strip("-")
    if not _CODE.fullmatch(code):
        message = _("A code has small letters, digits and hyphens.")
        raise InvalidInput(message, field="code")
    if scoped(actor, Vacancy).filter(code=code).exists():
        taken = _("There is a vacancy “{code}” already.").format(code=code)
        raise Conflict(taken, field="code")
    row = Vacancy(company_id=actor.company_id, code=code, created_at=timezone.now())
    _fill(row, vacancy)
    row.save()
    concerns(f"hr.vacancy/{row.pk}")
    return code


@action(permission=MANAGE, title=_("Change a vacancy"))
def change_vacancy(actor: Actor, /, *, vacancy: VacancyDraft) -> None:
    """Change the vacancy with this code. Raises UnknownVacancy, InvalidInput."""
    row = scoped(actor, Vacancy).select_for_update().filter(code=vacancy.code).first()
    if row is None:
        raise _unknown(vacancy.code, None)
    _fill(row, vacancy)
    row.save()
    concerns(f"hr.vacancy/{row.pk}")


@action(permission=MANAGE, title=_("Close vacancies"))
def close_vacancies(actor: Actor, /, *, vacancies: Sequence[str]) -> None:
    """Close vacancies; who is still a candidate is refused, and their period begins.

    Raises UnknownVacancy.
    """
    rows = scoped(actor, Vacancy).select_for_update().filter(code__in=vacancies, state=OPEN)
    found = {row.code: row for row in rows.order_by("pk")}
    for place, code in enumerate(vacancies, 1):
        if code not in found:
            raise _unknown(code, place)
        found[code].state = CLOSED
    Vacancy.objects.bulk_update(found.values(), ["state"])
    left = Candidate.objects.filter(vacancy__in=found.values()).exclude(stage__in=ENDED)
    end_candidates(list(left.select_for_update().order_by("pk")), REFUSED)


def _fill(row: Vacancy, draft: VacancyDraft) -> None:
    for name, most in LENGTHS.items():
        value = getattr(draft, name).strip()
        if len(value) > most:
            message = _("Say it in at most {most} characters.").format(most=most)
            raise InvalidInput(message, field=name)
        setattr(row, name, value)
    if not row.title:
        raise InvalidInput(_("Give the title."), field="title")
    row.closes_on = draft.closes_on


def _unknown(code: str, place: int | None) -> UnknownVacancy:
    message = _("There is no open vacancy “{code}”.").format(code=code[:60])
    return UnknownVacancy(message, field="vacancies", line=place)
