"""Timelines and clocks in words, for the page of a case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.encoding import force_str
from django.utils.translation import gettext

from kantoor.departments.ict.queries.cases.record import CaseShown, EventShown, FileShown
from kantoor.departments.ict.queries.clocks.shown import ClockShown, SpanShown
from kantoor.departments.ict.web.cases import words
from kantoor.departments.ict.web.satisfaction.words import SCORES
from kantoor.kernel.ui.cells import Status
from kantoor.kernel.ui.formats import moment


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a timeline; an internal note is for the desk alone."""

    what: str
    who: str
    at: datetime
    text: str
    files: Sequence[FileShown]
    internal: bool


@dataclass(frozen=True, slots=True)
class Interval:
    """One interval of a clock in words."""

    since: str
    until: str
    why: str
    counted: str
    pieces: Sequence[str]


@dataclass(frozen=True, slots=True)
class ClockLine:
    """A clock in words, with what it is made of."""

    title: str
    status: Status
    due_at: datetime | None
    spent: str
    left: str
    zone: str
    intervals: Sequence[Interval]


def timeline(shown: CaseShown) -> list[Line]:
    """What happened, the latest first."""
    return [
        Line(_what(each), _who(each, shown), each.at, each.text, each.files, not each.public)
        for each in reversed(shown.happened)
        if each.what != "priority" or each.was
    ]


def _who(each: EventShown, shown: CaseShown) -> str:
    if each.by == "requester":
        return shown.case.requester_name
    return each.who or (gettext("Kantoor") if each.by == "machine" else "")


def _what(each: EventShown) -> str:
    if each.what == "state":
        if not each.was:
            return gettext("Opened")
        if each.was in ("resolved", "closed") and each.now == "active":
            return gettext("Reopened")
        if each.was == "waiting/approval" and each.now in ("new", "resolved"):
            return gettext("Agreed") if each.now == "new" else gettext("Refused")
        if each.now == "closed" and each.by == "requester":
            return gettext("Withdrawn")
        state, _slash, waiting_for = each.now.partition("/")
        return words.status(state, waiting_for).label
    if each.what == "note":
        return gettext("Answer") if each.public else gettext("Note")
    if each.what == "priority":
        return _change(gettext("Priority"), *(_priority(value) for value in (each.was, each.now)))
    if each.what == "link":
        kind, _colon, number = (each.now or each.was).partition(":")
        said = gettext("Linked") if each.now else gettext("Link undone")
        return f"{said}: {force_str(words.LINKS[kind, False])} {number}"
    if each.what == "escalated":
        told = {"clock": force_str(words.CLOCKS[each.was]), "who": each.now}
        if each.now:
            return gettext("Deadline passed: %(clock)s; told %(who)s") % told
        return gettext("Deadline passed: %(clock)s; told who manages the desk") % told
    if each.what == "opinion":
        return _change(gettext("How it went"), *(_score(value) for value in (each.was, each.now)))
    if each.what == "row":
        return gettext("Looked at")
    titles = {"queue": gettext("Queue"), "assignee": gettext("Who has it")}
    return _change(titles.get(each.what, each.what), each.was, each.now)


def _change(title: str, was: str, now: str) -> str:
    return f"{title}: {was} → {now or '–'}" if was else f"{title}: {now}"


def _priority(value: str) -> str:
    return force_str(words.PRIORITIES[int(value)]) if value else ""


def _score(value: str) -> str:
    return force_str(SCORES[int(value)]) if value else ""


def clock_lines(clocks: Sequence[ClockShown]) -> list[ClockLine]:
    """The clocks of a case, each with every interval that it is made of."""
    return [
        ClockLine(
            title=force_str(words.CLOCKS[each.clock]),
            status=_status(each),
            due_at=each.due_at,
            spent=words.duration(each.spent),
            left="" if each.left is None else words.duration(each.left),
            zone=each.zone,
            intervals=[_interval(span) for span in each.spans],
        )
        for each in clocks
    ]


def _status(clock: ClockShown) -> Status:
    code = "late" if clock.late and clock.state in ("running", "paused") else clock.state
    word, tone = words.CLOCK_STATES[code]
    return Status(code, force_str(word), tone)


def _interval(span: SpanShown) -> Interval:
    state, _slash, waiting_for = span.why.partition("/")
    why = words.status(state, waiting_for).label if state else ""
    priority = force_str(words.PRIORITIES[span.priority])
    return Interval(
        since=moment(span.starts_at),
        until=moment(span.ends_at) if span.ends_at else gettext("now"),
        why=f"{why}, {priority}",
        counted=words.duration(span.spent) if span.running else gettext("not counted"),
        pieces=[f"{moment(start)} – {moment(end)}" for start, end in span.worked],
    )
