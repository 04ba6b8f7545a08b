"""The page of a candidate: letter, talks, and the next steps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern
from django.utils.encoding import force_str
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.queries.growth.recruiting import (
    CandidateShown,
    candidate,
    candidate_document,
    candidate_names,
)
from kantoor.departments.hr.web.growth import words
from kantoor.departments.hr.web.growth.lists import CANDIDATES
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.files.files import open_file
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.pages.references import page_of
from kantoor.kernel.pages.view import View, actor_of
from kantoor.kernel.ui.cells import Cell, Link, Status
from kantoor.kernel.ui.formats import moment
from kantoor.kernel.ui.listing import Act
from kantoor.kernel.ui.record_page import Fact, Related, Relation

SEALED = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"


def show(actor: Actor, shown: CandidateShown) -> Thing:
    """A candidate, and what can be done next."""
    row = shown.candidate
    word, tone = words.STAGES[row.stage]
    talks = [
        Related(Link(moment(talk.at), words.candidate_url(row.id)), f"{talk.place} {talk.note}")
        for talk in shown.talks
    ]
    return Thing(
        title=row.name,
        row=row.id,
        state=Status(row.stage, force_str(word), tone),
        note=_kept(shown),
        facts=_facts(shown),
        relations=[Relation(gettext("Interviews"), talks)],
        steps=_steps(actor, shown),
        breadcrumb=[Link(force_str(CANDIDATES.title), CANDIDATES.url)],
    )


def _kept(shown: CandidateShown) -> str:
    until = shown.candidate.keep_until
    if until is None:
        return ""
    return gettext("All of this goes after %(day)s.") % {"day": until.isoformat()}


def _facts(shown: CandidateShown) -> list[Fact]:
    row = shown.candidate
    document: Cell = None
    if shown.document:
        document = Link(shown.document, f"{words.candidate_url(row.id)}/document")
    found: list[tuple[str, Cell]] = [
        (gettext("Vacancy"), row.vacancy_title),
        (gettext("Applied"), row.applied_at),
        (gettext("E-mail"), row.email),
        (gettext("Telephone"), shown.phone),
        (gettext("May be kept for a year"), gettext("Yes") if row.consent else gettext("No")),
        (gettext("Document"), document),
        (gettext("Letter"), shown.letter),
        (gettext("Note"), shown.note),
        (gettext("Employee"), shown.employee),
    ]
    return [Fact(label, value) for label, value in found if value]


def _steps(actor: Actor, shown: CandidateShown) -> list[Act | None]:
    row = shown.candidate
    if row.keep_until is not None:
        return []
    here = words.candidate_url(row.id)
    one, many = {"candidate": row.id}, {"candidates": [row.id]}
    offer = {**many, "stage": "offered"}
    refuse = {**many, "stage": "refused"}
    return [
        act_for(actor, "hr.plan_interview", one, icon="calendar", key="i", back=here),
        act_for(
            actor, "hr.move_candidates", offer, label=_("Make an offer"), icon="send",
            at_once=True, back=here,
        ),
        act_for(actor, "hr.hire_candidate", one, icon="user-plus", key="h", back=here)
        if actor.may("hr.manage_people")
        else None,
        act_for(actor, "hr.note_of_candidate", one, icon="pencil", back=here),
        act_for(
            actor, "hr.move_candidates", refuse, label=_("Refuse"), icon="x", back=here
        ),
    ]  # fmt: skip


CANDIDATE = RecordView(
    key="hr.candidates",
    title=_("Candidate"),
    kind="hr.candidate",
    path="<int:key>",
    find=candidate,
    show=show,
)


@dataclass(frozen=True, kw_only=True)
class CandidateDocument(View):
    """What a candidate sent along."""

    def respond(self, request: HttpRequest, key: int) -> HttpResponseBase:
        """The file; its query refuses who may not see it."""
        actor = actor_of(request)
        file = candidate_document(actor, key=key)
        answer = FileResponse(
            open_file(actor, file), filename=file.name, content_type="application/pdf"
        )
        answer["Content-Security-Policy"] = SEALED
        answer["X-Content-Type-Options"] = "nosniff"
        answer["Cache-Control"] = "private, no-store"
        return answer

    def routes(self) -> list[URLPattern]:
        """One address for each candidate."""
        return [self.route("<int:key>/document", self.respond)]


DOCUMENT = CandidateDocument(
    key="hr.candidates", title=_("Document"), permission="hr.read_growth", in_menu=False
)


@page_of("hr.candidate", title=_("Candidate"))
def candidate_pages(actor: Actor, keys: Sequence[str]) -> Mapping[str, Link]:
    """The pages of candidates by the keys of their rows."""
    found = candidate_names(actor, keys=[int(key) for key in keys if key.isdigit()])
    return {str(key): Link(name, words.candidate_url(key)) for key, name in found.items()}
