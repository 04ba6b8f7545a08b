"""Merge cases, and hang them under a problem or a major incident; each can be undone.

What is merged is closed and keeps its own timeline. Cases under a major incident stay what they
are: one word to the major incident reaches all of them, and who comes late gets the last word.
"""

from collections.abc import Sequence

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.actions.cases.finding import cases_by_number, in_state
from kantoor.departments.ict.actions.cases.opening import HANDLE
from kantoor.departments.ict.actions.cases.writing import Doing, state_text
from kantoor.departments.ict.errors import WrongState
from kantoor.departments.ict.models import Case, CaseLink, CaseNote
from kantoor.departments.ict.models.cases.case import CLOSED, DONE, OPEN, RESOLVED
from kantoor.departments.ict.models.cases.links import MAJOR, MERGED, PROBLEM
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput

STATE_FIELDS = ("state", "waiting_for", "closed_at", "resolved_at")


@action(permission=HANDLE, title=_("Merge cases"), bulk_of="ict.merge_case")
def merge_cases(actor: Actor, /, *, numbers: Sequence[str], into: str) -> None:
    """Merge cases that are about the same into another one; they are closed, and can be undone.

    Raises UnknownCase, WrongState, InvalidInput for a case that would be merged into itself.
    """
    cases, target = _cases(actor, numbers, into)
    in_state(cases, (*OPEN, RESOLVED))
    doing = Doing(actor)
    _link(doing, cases, target, MERGED)
    for case in cases:
        case.closed_at = doing.at
        case.resolved_at = case.resolved_at or doing.at
        doing.move(case, CLOSED, text=gettext("Goes on as %(number)s.") % {"number": target})
        doing.note(target, "link", now=f"{MERGED}:{case.number}")
    doing.finish(*STATE_FIELDS)


@action(permission=HANDLE, title=_("Merge a case"))
def merge_case(actor: Actor, /, *, number: str, into: str) -> None:
    """Merge one case into another."""
    merge_cases(actor, numbers=[number], into=into)


@action(permission=HANDLE, title=_("Undo a merge"))
def unmerge_case(actor: Actor, /, *, number: str) -> None:
    """Let a merged case go on by itself, in the state that it was in. Raises WrongState."""
    case = cases_by_number(actor, [number], field="number")[0]
    link = _ended(case, MERGED)
    doing = Doing(actor)
    state, _slash, waiting_for = link.was.partition("/")
    case.closed_at = None
    case.resolved_at = case.resolved_at if state == RESOLVED else None
    doing.move(case, state, waiting_for, public=False)
    doing.note(case, "link", f"{MERGED}:{link.target.number}", "")
    _end(doing, [link])
    doing.finish(*STATE_FIELDS)


@action(permission=HANDLE, title=_("Hang cases under a major incident"), bulk_of="ict.join_major")
def join_majors(actor: Actor, /, *, numbers: Sequence[str], major: str) -> None:
    """Hang cases under a major incident; each gets the last word that was said of it.

    Raises UnknownCase, WrongState.
    """
    cases, target = _cases(actor, numbers, major)
    in_state([*cases, target], OPEN)
    doing = Doing(actor)
    _link(doing, cases, target, MAJOR)
    last = _last_word(target)
    for case in cases:
        doing.note(case, "link", now=f"{MAJOR}:{target.number}")
        if last:
            doing.note(case, "note", public=True, text=last, by="machine")
    doing.finish()


@action(permission=HANDLE, title=_("Hang a case under a major incident"))
def join_major(actor: Actor, /, *, number: str, major: str) -> None:
    """Hang one case under a major incident."""
    join_majors(actor, numbers=[number], major=major)


@action(permission=HANDLE, title=_("Take a case from under a major incident"))
def leave_major(actor: Actor, /, *, number: str) -> None:
    """Take a case from under its major incident. Raises WrongState."""
    case = cases_by_number(actor, [number], field="number")[0]
    link = _ended(case, MAJOR)
    doing = Doing(actor)
    doing.note(case, "link", f"{MAJOR}:{link.target.number}", "")
    _end(doing, [link])
    doing.finish()


@action(permission=HANDLE, title=_("Tell all of a major incident"))
def update_major(actor: Actor, /, *, number: str, text: str, solved: bool = False) -> int:
    """Say something to a major incident and all cases under it; gives how many cases heard it.

    With `solved` it solves them all, the text saying how. Raises WrongState.
    """
    if not text.strip():
        raise InvalidInput(_("Write something first."), field="text")
    major = cases_by_number(actor, [number], field="number")[0]
    in_state([major], OPEN)
    links = CaseLink.objects.filter(target=major, kind=MAJOR, ended_at=None).order_by("pk")
    under = list(
        Case.objects.select_for_update()
        .filter(pk__in=links.values("case"), is_open=True)
        .order_by("pk")
    )
    doing = Doing(actor)
    for case in (major, *under):
        if solved:
            case.resolved_at, case.resolution = doing.at, text
            doing.move(case, RESOLVED, text=text)
        else:
            doing.note(case, "note", public=True, text=text)
    doing.finish("state", "waiting_for", "resolved_at", "resolution")
    return len(under)


@action(permission=HANDLE, title=_("Say which problem causes cases"), bulk_of="ict.link_problem")
def link_problems(actor: Actor, /, *, numbers: Sequence[str], problem: str) -> None:
    """Say which problem causes cases. Raises UnknownCase, WrongState when it is no problem."""
    cases, target = _cases(actor, numbers, problem)
    if target.kind != "problem":
        message = _("{number} is no problem; open one first.").format(number=target)
        raise WrongState(message, field="problem")
    doing = Doing(actor)
    _link(doing, cases, target, PROBLEM)
    for case in cases:
        doing.note(case, "link", now=f"{PROBLEM}:{target.number}")
    doing.finish()


@action(permission=HANDLE, title=_("Say which problem causes a case"))
def link_problem(actor: Actor, /, *, number: str, problem: str) -> None:
    """Say which problem causes one case."""
    link_problems(actor, numbers=[number], problem=problem)


def _cases(actor: Actor, numbers: Sequence[str], to: str) -> tuple[list[Case], Case]:
    """The cases and the one that they go to, which is none of them and merged into none."""
    found = cases_by_number(actor, [to, *numbers])
    target, cases = found[0], found[1:]
    if len(found) < len(set(numbers)) + 1 or not cases:
        raise InvalidInput(_("A case can't be linked to itself."), field="numbers")
    if target.state in DONE:
        message = _("{number} is solved or closed already.").format(number=target)
        raise WrongState(message, field="numbers")
    return cases, target


def _link(doing: Doing, cases: Sequence[Case], target: Case, kind: str) -> None:
    known = CaseLink.objects.filter(case__in=cases, kind=kind, ended_at=None)
    if (first := known.select_related("case").first()) is not None:
        message = _("{number} is linked already; undo that first.").format(number=first.case)
        raise WrongState(message, field="numbers")
    CaseLink.objects.bulk_create(
        [
            CaseLink(case=case, target=target, kind=kind, was=state_text(case), at=doing.at)
            for case in cases
        ]
    )


def _ended(case: Case, kind: str) -> CaseLink:
    link = case.links.filter(kind=kind, ended_at=None).select_related("target").first()
    if link is None:
        message = _("There is nothing to undo for {number}.").format(number=case)
        raise WrongState(message, field="number")
    return link


def _end(doing: Doing, links: Sequence[CaseLink]) -> None:
    for link in links:
        link.ended_at = doing.at
        link.save()


def _last_word(major: Case) -> str:
    words = CaseNote.objects.filter(event__case=major, event__public=True, event__what="note")
    return words.order_by("-event__pk").values_list("text", flat=True).first() or ""
