"""Training as it is looked at: courses, what is planned and done, and who misses what."""

from collections.abc import Iterator
from datetime import date, timedelta

import msgspec
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.models import Course, CourseNeed, Training
from kantoor.departments.hr.queries.people.own import own_party
from kantoor.departments.hr.queries.people.terms import terms_on
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.parties.models import Party
from kantoor.kernel.queries import query, scoped

READ = "hr.read_growth"
SOON = timedelta(days=60)
MISSING, PLANNED, EXPIRES = "missing", "planned", "expires"


class CourseRow(msgspec.Struct, frozen=True):
    """A course; `jobs` are those that ask it, one on each line."""

    id: int
    code: str
    title: str
    provider: str
    holds_months: int | None
    jobs: str


class TrainingRow(msgspec.Struct, frozen=True):
    """Somebody and a course; `state` is planned, done or called_off."""

    id: int
    person: str
    course: str
    provider: str
    planned_on: date
    done_on: date | None
    holds_until: date | None
    note: str
    state: str


class GapRow(msgspec.Struct, frozen=True):
    """What somebody's job asks and they lack: `missing`, `planned`, or `expires` within 60 days."""

    employee: str
    person: str
    job_title: str
    course: str
    course_code: str
    state: str
    day: date | None


@query(permission=READ, title=_("Courses"), exposed=True)
def courses(actor: Actor, /) -> list[CourseRow]:
    """The courses by their title. Two statements."""
    rows = scoped(actor, Course).prefetch_related("needs").order_by("title", "pk")
    return [
        CourseRow(
            row.pk, row.code, row.title, row.provider, row.holds_months,
            "\n".join(sorted(need.job_title for need in row.needs.all())),
        )
        for row in rows
    ]  # fmt: skip


@query(permission=READ, title=_("Training"), exposed=True)
def trainings(
    actor: Actor, /, *, state: str = "", search: str = "",
    sort: str = "planned_on", cursor: str = "", limit: int = PAGE,
) -> Page[TrainingRow]:  # fmt: skip
    """Who follows which course; `search` is a part of a name."""
    found = scoped(actor, Training)
    if search:
        found = found.filter(party__name__icontains=search)
    return _page(found, state, sort, cursor, limit)


@query(permission="hr.use_own", title=_("My training"), exposed=True)
def my_trainings(
    actor: Actor, /, *, state: str = "", sort: str = "-planned_on", cursor: str = "",
    limit: int = PAGE,
) -> Page[TrainingRow]:  # fmt: skip
    """What one follows and followed oneself."""
    found = scoped(actor, Training).filter(party=own_party(actor).pk)
    return _page(found, state, sort, cursor, limit)


@query(permission=READ, title=_("Who misses which training"), exposed=True)
def training_gaps(actor: Actor, /, *, state: str = "") -> list[GapRow]:
    """Everybody whose job asks a course that they did not follow, or that soon no longer counts.

    Jobs are those of the contracts of today. Four statements, whatever there is.
    """
    return [row for row in _gaps(actor, timezone.localdate()) if not state or row.state == state]


@query(permission=READ, title=_("How many miss training"))
def training_gaps_count(actor: Actor, /) -> int:
    """How many times somebody misses a course that is not planned either."""
    rows = _gaps(actor, timezone.localdate())
    return sum(row.state != PLANNED for row in rows)


def _gaps(actor: Actor, today: date) -> Iterator[GapRow]:
    needs: dict[str, list[Course]] = {}
    wanted = CourseNeed.objects.filter(course__company_id=actor.company_id)
    for need in wanted.select_related("course").order_by("course__title", "pk"):
        needs.setdefault(need.job_title.casefold(), []).append(need.course)
    if not needs:
        return
    terms = terms_on(actor.company_id, today)
    people = scoped(actor, Party).filter(roles__role="employee", erased_at=None)
    state = _followed(actor, today)
    for person in people.order_by("name", "pk"):
        held = terms.get(person.pk)
        for course in needs.get(held.job_title.casefold(), ()) if held else ():
            how, day = state.get((person.pk, course.pk), (MISSING, None))
            if held is not None and how:
                yield GapRow(
                    person.code, person.name, held.job_title, course.title, course.code, how, day
                )


def _followed(actor: Actor, today: date) -> dict[tuple[int, int], tuple[str, date | None]]:
    """How people stand with courses: empty where it counts for long enough."""
    good: dict[tuple[int, int], date] = {}
    planned: dict[tuple[int, int], date] = {}
    rows = scoped(actor, Training).filter(called_off_at=None)
    for party, course, on, done, until in rows.order_by("-planned_on").values_list(
        "party_id", "course_id", "planned_on", "done_on", "holds_until"
    ):
        if done is None:
            planned[party, course] = on
        elif (last := until or date.max) >= today:
            good[party, course] = max(last, good.get((party, course), last))
    found: dict[tuple[int, int], tuple[str, date | None]] = {
        key: (PLANNED, on) for key, on in planned.items()
    }
    for key, last in good.items():
        if last > today + SOON:
            found[key] = ("", None)
        elif key not in found:
            found[key] = (EXPIRES, last)
    return found


def _page(
    found: "QuerySet[Training]", state: str, sort: str, cursor: str, limit: int
) -> Page[TrainingRow]:
    if state == "planned":
        found = found.filter(done_on=None, called_off_at=None)
    elif state == "done":
        found = found.exclude(done_on=None)
    elif state == "called_off":
        found = found.exclude(called_off_at=None)
    rows = found.filter(party__erased_at=None).select_related("party", "course")
    order = sorted_by(sort, {"planned_on": ("planned_on", "pk"), "person": ("party__name", "pk")})
    page = page_by(rows, order=order, cursor=cursor, limit=limit, totals={})
    return page.map(_row)


def _row(row: Training) -> TrainingRow:
    state = "done" if row.done_on else "called_off" if row.called_off_at else "planned"
    return TrainingRow(
        row.pk, row.party.name, row.course.title, row.course.provider, row.planned_on,
        row.done_on, row.holds_until, row.note, state,
    )  # fmt: skip
