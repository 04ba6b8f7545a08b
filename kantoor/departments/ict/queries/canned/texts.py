"""Canned texts: as they are kept, filled in for a case, and templates for new ones."""

from collections.abc import Sequence

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.errors import UnknownText
from kantoor.departments.ict.models import CannedAnswer, Case, CaseTemplate
from kantoor.departments.ict.queries.canned.places import (
    filled,
    in_language,
    known_of,
    language_of,
)
from kantoor.departments.ict.queries.cases.register import READ
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import Company
from kantoor.kernel.parties.models import Party
from kantoor.kernel.queries import query, scoped

HANDLE = "ict.handle_cases"
MOST = 500


class CannedRow(msgspec.Struct, frozen=True):
    """A canned answer as it is kept."""

    id: int
    code: str
    name: str
    text_nl: str
    text_en: str


class FilledAnswer(msgspec.Struct, frozen=True):
    """A canned answer in the requester's language, with its places filled in."""

    code: str
    name: str
    text: str


class TemplateRow(msgspec.Struct, frozen=True):
    """A template as listed; `title` and `text` are in the reader's language."""

    id: int
    code: str
    name: str
    title: str
    text: str
    kind: str
    service: str
    service_name: str
    queue: str
    queue_name: str
    impact: int
    urgency: int


@query(permission=READ, title=_("Canned answers"), exposed=True)
def canned_answers(actor: Actor, /) -> list[CannedRow]:
    """The canned answers in use, by name."""
    rows = scoped(actor, CannedAnswer).filter(active=True).order_by("name", "pk")[:MOST]
    return [CannedRow(row.pk, row.code, row.name, row.text_nl, row.text_en) for row in rows]


@query(permission=HANDLE, title=_("Canned answers for a case"))
def answers_for(actor: Actor, /, *, case_id: int) -> list[FilledAnswer]:
    """The canned answers, filled in for a case of the company; none for another."""
    rows = scoped(actor, Case).filter(pk=case_id).select_related("requester", "service")
    case = rows.first()
    if case is None:
        return []
    answers = scoped(actor, CannedAnswer).filter(active=True).order_by("name", "pk")[:MOST]
    language = language_of(case, company_language(actor))
    known = known_of(case, actor.name)
    return [
        FilledAnswer(
            row.code, row.name, filled(in_language(row.text_nl, row.text_en, language), known)
        )
        for row in answers
    ]


@query(permission=HANDLE, title=_("Templates for new cases"), exposed=True)
def case_templates(actor: Actor, /) -> list[TemplateRow]:
    """The templates in use, by name."""
    return templates_for(actor, None)


@query(permission=HANDLE, title=_("A template for a new case"), exposed=True)
def case_template(actor: Actor, /, *, code: str, requester: str = "") -> TemplateRow:
    """A template, filled in for a requester where one is known. Raises UnknownText."""
    party = scoped(actor, Party).filter(code=requester).first() if requester else None
    for row in templates_for(actor, party):
        if row.code == code:
            return row
    message = _("There is no template “{code}”.").format(code=code[:40])
    raise UnknownText(message, field="code")


def templates_for(actor: Actor, party: Party | None) -> list[TemplateRow]:
    """The templates in the language of a requester, or else of who reads."""
    rows = scoped(actor, CaseTemplate).filter(active=True).select_related("service", "queue")
    language = (party.language if party else "") or actor.language
    known = {"me": actor.name}
    if party is not None:
        known |= {"requester": party.name, "first_name": party.name.partition(" ")[0]}
    return [
        TemplateRow(
            row.pk,
            row.code,
            row.name,
            filled(in_language(row.title_nl, row.title_en, language), known),
            filled(in_language(row.text_nl, row.text_en, language), known),
            row.kind,
            row.service.code if row.service else "",
            row.service.name if row.service else "",
            row.queue.code if row.queue else "",
            row.queue.name if row.queue else "",
            row.impact,
            row.urgency,
        )
        for row in rows.order_by("name", "pk")[:MOST]
    ]


def company_language(actor: Actor) -> str:
    """The language of the company, for people of whom none is known."""
    return Company.objects.values_list("language", flat=True).get(pk=actor.company_id)


def answers_by_case(actor: Actor, code: str, cases: Sequence[Case]) -> list[str]:
    """A canned answer filled in for each of these cases. Raises UnknownText."""
    row = scoped(actor, CannedAnswer).filter(code=code, active=True).first()
    if row is None:
        message = _("There is no canned answer “{code}”.").format(code=code[:40])
        raise UnknownText(message, field="answer")
    otherwise = company_language(actor)
    return [
        filled(
            in_language(row.text_nl, row.text_en, language_of(case, otherwise)),
            known_of(case, actor.name),
        )
        for case in cases
    ]
