"""What the forms of growth need beyond the signatures of their actions."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.queries.growth.recruiting import vacancies, vacancy
from kantoor.departments.hr.web.growth import words
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError
from kantoor.kernel.pages.plans import Given, Plan, plan
from kantoor.kernel.pages.words import name_field, name_values


def _vacancy_now(actor: Actor, given: Given) -> Given:
    try:
        row = vacancy(actor, code=str(given.get("vacancy.code") or ""))
    except DomainError:
        return {}
    names = ("code", "title", "text", "place", "hours", "closes_on")
    return {f"vacancy.{name}": getattr(row, name) for name in names}


def _open(actor: Actor) -> dict[str, Any]:
    try:
        return {row.code: row.title for row in vacancies(actor, state="open")}
    except DomainError:
        return {}


def _to_candidate(_actor: Actor, key: Any) -> str:
    return words.candidate_url(key) if isinstance(key, int) else ""


plan(
    "hr.open_vacancy",
    Plan(
        submit=_("Open it"),
        kinds={"vacancy.text": "lines_of_text"},
        goes_to=lambda *_: "/hr/vacancies",
    ),
)
plan(
    "hr.change_vacancy",
    Plan(
        prefill=_vacancy_now,
        submit=_("Keep"),
        kinds={"vacancy.text": "lines_of_text", "vacancy.code": "hidden"},
        in_palette=False,
        goes_to=lambda *_: "/hr/vacancies",
    ),
)
plan(
    "hr.add_candidate",
    Plan(
        choices={"application.vacancy": _open},
        kinds={"application.letter": "lines_of_text"},
        goes_to=_to_candidate,
    ),
)
plan("hr.add_certificate", Plan(submit=_("Add"), goes_to=lambda *_: "/hr/certificates"))
for _name in ("plan_interview", "hire_candidate", "note_of_candidate", "move_candidates"):
    plan(f"hr.{_name}", Plan(in_palette=False, kinds={"candidate": "hidden"}))

name_field("title", _("Title"))
name_field("hours", _("Hours"), _("Such as 32 to 40 a week."))
name_field("closes_on", _("Closes on"))
name_field("hr.open_vacancy:text", _("Text"))
name_field("hr.open_vacancy:code", _("Code"), _("Stands in its address; made when empty."))
name_field("hr.change_vacancy:text", _("Text"))
name_field("letter", _("Letter"))
name_field("vacancy", _("Vacancy"))
name_field("vacancies", _("Vacancies"))
name_field("consent", _("May be kept for a year"))
name_field("stage", _("Stage"))
name_field("candidates", _("Candidates"))
name_field("certificates", _("Certificates"))
name_field("weekly_hours", _("Hours a week"))
name_field("obtained_on", _("Obtained"))
name_field("expires_on", _("Expires"), _("Empty is never."))
name_field("issuer", _("Given by"))
name_field("hr.plan_interview:at", _("When"))
name_values("stage", {code: word for code, (word, _t) in words.STAGES.items() if code != "hired"})
