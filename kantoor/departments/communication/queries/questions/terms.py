"""When a question is due: working time of the company's calendar, as it is agreed."""

from dataclasses import dataclass
from datetime import datetime

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.department import HANDLE_QUESTIONS
from kantoor.departments.communication.drafts_questions import TermsDraft
from kantoor.departments.communication.models import QuestionTerms
from kantoor.departments.communication.models.questions.question import MENTION
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import User
from kantoor.kernel.calendars.engine import instant_after
from kantoor.kernel.calendars.models import CalendarVersion
from kantoor.kernel.calendars.queries import latest_versions
from kantoor.kernel.calendars.terms import CalendarTerms, Week
from kantoor.kernel.queries import query, scoped

STANDARD = TermsDraft()
OFFICE = "09:00-17:00"


@dataclass(frozen=True)
class Agreed:
    """What is agreed now, ready to be reckoned with; `version` is None with standard hours."""

    terms: str
    version: CalendarVersion | None
    press_minutes: int
    question_minutes: int
    mention_minutes: int
    monitors: frozenset[str]

    def due(self, kind: str, came_at: datetime, *, press: bool) -> datetime:
        """By when a question or mention is dealt with; `press` ones have their own time."""
        minutes = self.press_minutes if press else self.question_minutes
        if kind == MENTION:
            minutes = self.mention_minutes
        return instant_after(self.terms, came_at, minutes * 60)


def agreed(actor: Actor) -> Agreed:
    """What the company agreed; without terms of its own the standard ones."""
    row = scoped(actor, QuestionTerms).select_related("calendar").first()
    version = None
    if row is not None and row.calendar_id is not None:
        version = latest_versions([row.calendar_id]).get(row.calendar_id)
    given = row or STANDARD
    return Agreed(
        terms=version.terms if version else _office_hours(actor),
        version=version,
        press_minutes=given.press_minutes,
        question_minutes=given.question_minutes,
        mention_minutes=given.mention_minutes,
        monitors=frozenset(given.monitors.split()),
    )


@query(permission=HANDLE_QUESTIONS, title=_("How soon questions are answered"), exposed=True)
def question_terms(actor: Actor, /) -> TermsDraft:
    """What is agreed, as it can be set."""
    row = scoped(actor, QuestionTerms).select_related("calendar").first()
    if row is None:
        return STANDARD
    officer = User.objects.filter(pk=row.officer_id or 0).values_list("sign_in", flat=True).first()
    return TermsDraft(
        calendar=row.calendar.code if row.calendar else "",
        press_minutes=row.press_minutes,
        question_minutes=row.question_minutes,
        mention_minutes=row.mention_minutes,
        officer=officer or "",
        monitors=row.monitors,
    )


def _office_hours(actor: Actor) -> str:
    """Office hours on working days, with the public holidays of the company's country."""
    week = Week(mon=OFFICE, tue=OFFICE, wed=OFFICE, thu=OFFICE, fri=OFFICE)
    terms = CalendarTerms(zone=actor.zone, week=week, country=actor.country)
    return msgspec.json.encode(terms).decode()
