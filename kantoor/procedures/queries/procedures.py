"""Procedures, their versions and drawings, and how long their steps take."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec
from django.db.models import Count, Max, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import Grant
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.queries import query, scoped
from kantoor.procedures.department import MANAGE, READ, START
from kantoor.procedures.diagrams.elements import Fault, FormField
from kantoor.procedures.engine.plain_xml import starts_of
from kantoor.procedures.errors import UnknownProcedure
from kantoor.procedures.models import Instance, Procedure, Step, Version
from kantoor.procedures.models.instances import RUNNING, STUCK
from kantoor.procedures.queries.drawings import content_of, diagrams_of
from kantoor.procedures.queries.tasks import waiting_by_element
from kantoor.procedures.queries.words import said

TIMED = ("done", "happened")
"""How a step is left whose time counts."""


class ProcedureRow(msgspec.Struct, frozen=True, kw_only=True):
    """A procedure as listed; `published` is the version by which it begins, None when none is."""

    id: int
    key: str
    name: str
    published: int | None
    running: int
    stuck: int
    retired: bool


class VersionRow(msgspec.Struct, frozen=True, kw_only=True):
    """A version of a procedure; `running` are the instances that go by it.

    `faults` is how much of it can't run; warnings are not counted.
    """

    id: int
    number: int
    made_by: str
    made_at: datetime
    published_at: datetime | None
    note: str
    faults: int
    running: int


class ProcedureShown(msgspec.Struct, frozen=True, kw_only=True):
    """A procedure with its versions, the newest first, and the account that acts for it."""

    row: ProcedureRow
    account: str
    roles: list[str]
    versions: list[VersionRow]


class DrawingShown(msgspec.Struct, frozen=True, kw_only=True):
    """The drawing of a version: the BPMN file, and what of it can't run."""

    procedure: str
    name: str
    version: int
    published: bool
    xml: str
    faults: list[Fault]


class Startable(msgspec.Struct, frozen=True, kw_only=True):
    """A procedure that somebody may start by hand, with what its start asks."""

    key: str
    name: str
    fields: list[FormField]


class StepTime(msgspec.Struct, frozen=True, kw_only=True):
    """How long a step takes: whole seconds by the clock on the wall, over what was passed.

    `waiting` are tasks that stand there now, `late` those of them past their agreed time.
    """

    element: str
    name: str
    passed: int
    average_s: int
    worst_s: int
    waiting: int
    late: int


class VersionShown(msgspec.Struct, frozen=True, kw_only=True):
    """A version with the procedure that it is of, its drawing, and the times of its steps."""

    procedure: ProcedureShown
    version: VersionRow
    drawing: DrawingShown
    times: list[StepTime]


@query(permission=READ, title=_("Procedures"), exposed=True)
def procedures(
    actor: Actor, /, *, search: str = "", sort: str = "name", cursor: str = "", limit: int = PAGE
) -> Page[ProcedureRow]:
    """The procedures of the company, with how many instances run and are stuck."""
    found = scoped(actor, Procedure).select_related("published")
    if search:
        found = found.filter(
            Q(name__icontains=search) | Q(name_nl__icontains=search) | Q(key__icontains=search)
        )
    order = sorted_by(sort, {"name": ("name",), "key": ("key",)})
    page = page_by(found, order=order, cursor=cursor, limit=limit, totals={})
    going = _going([each.pk for each in page.rows])
    return page.map(lambda each: _row(actor, each, going))


def _going(keys: Sequence[int]) -> dict[tuple[int, str], int]:
    rows = (
        Instance.objects.filter(procedure_id__in=keys, state__in=[RUNNING, STUCK])
        .values_list("procedure_id", "state")
        .annotate(many=Count("pk"))
    )
    return {(procedure, state): many for procedure, state, many in rows}


def _row(actor: Actor, each: Procedure, going: dict[tuple[int, str], int]) -> ProcedureRow:
    return ProcedureRow(
        id=each.pk,
        key=each.key,
        name=said(actor, each.name, each.name_nl),
        published=each.published.number if each.published else None,
        running=going.get((each.pk, RUNNING), 0),
        stuck=going.get((each.pk, STUCK), 0),
        retired=each.retired_at is not None,
    )


@query(permission=READ, title=_("A procedure"), exposed=True)
def procedure(actor: Actor, /, *, key: str) -> ProcedureShown:
    """One procedure with its versions. Raises UnknownProcedure."""
    found = named_procedure(actor, key)
    versions = Version.objects.filter(procedure=found).select_related("made_by")
    rows = (
        Instance.objects.filter(procedure=found, state__in=[RUNNING, STUCK])
        .values_list("version_id")
        .annotate(many=Count("pk"))
    )
    running = dict(rows)
    roles = Grant.objects.filter(user=found.account_id, company=actor.company_id, ended_at=None)
    return ProcedureShown(
        row=_row(actor, found, _going([found.pk])),
        account=found.account.sign_in,
        roles=sorted(roles.values_list("role__code", flat=True)),
        versions=[
            VersionRow(
                id=each.pk,
                number=each.number,
                made_by=each.made_by.name,
                made_at=each.made_at,
                published_at=each.published_at,
                note=each.note,
                faults=sum(fault.level != "warning" for fault in faults_kept(each)),
                running=running.get(each.pk, 0),
            )
            for each in versions.order_by("-number")
        ],
    )


@query(permission=READ, title=_("The drawing of a procedure"), exposed=True)
def drawing(actor: Actor, /, *, procedure: str, version: int = 0) -> DrawingShown:
    """The BPMN file of a version, and what of it could not run when it was brought in.

    Without a version that is published, else the newest. Raises UnknownProcedure.
    """
    found = named_procedure(actor, procedure)
    chosen = chosen_version(found, version)
    return DrawingShown(
        procedure=found.key,
        name=said(actor, found.name, found.name_nl),
        version=chosen.number,
        published=found.published_id == chosen.pk,
        xml=content_of(chosen.drawing).decode(errors="replace"),
        faults=faults_kept(chosen),
    )


@query(permission=READ, title=_("A version of a procedure"))
def version(actor: Actor, /, *, key: str, version: int) -> VersionShown:
    """A version with its procedure, its drawing and the times of its steps.

    Raises UnknownProcedure.
    """
    drawn = drawing(actor, procedure=key, version=version)
    shown = procedure(actor, key=key)
    return VersionShown(
        procedure=shown,
        version=next(each for each in shown.versions if each.number == drawn.version),
        drawing=drawn,
        times=step_times(actor, procedure=key, version=drawn.version),
    )


@query(permission=START, title=_("What one may start"), exposed=True)
def startable(actor: Actor, /) -> list[Startable]:
    """The procedures that one may start by hand, by name, with what each asks."""
    found = list(
        scoped(actor, Procedure).filter(retired_at=None, published__isnull=False).order_by("name")
    )
    roles = set(
        Grant.objects.filter(
            user=actor.user_id, company=actor.company_id, ended_at=None
        ).values_list("role__code", flat=True)
    )
    manages = actor.may(MANAGE)
    open_to_me = [e for e in found if not e.start_role or manages or e.start_role in roles]
    diagrams = diagrams_of([e.published_id for e in open_to_me if e.published_id is not None])
    answer = []
    for each in open_to_me:
        diagram = diagrams[each.published_id or 0]
        start = next((e for e in starts_of(diagram) if not e.trigger), None)
        if start is not None:
            name = said(actor, each.name, each.name_nl)
            answer.append(Startable(key=each.key, name=name, fields=list(start.fields)))
    return answer


@query(permission=READ, title=_("How long steps take"), exposed=True)
def step_times(
    actor: Actor, /, *, procedure: str, version: int = 0, days: int = 365
) -> list[StepTime]:
    """Average and worst time of each step of a version over the last so many days.

    In the order of the drawing. Raises UnknownProcedure.
    """
    found = named_procedure(actor, procedure)
    chosen = chosen_version(found, version)
    since = timezone.now() - timedelta(days=min(max(days, 1), 3660))
    rows = (
        Step.objects.filter(version=chosen, left_at__gte=since, how__in=TIMED)
        .values("element")
        .annotate(passed=Count("pk"), total=Sum("elapsed_s"), worst=Max("elapsed_s"))
    )
    times = {row["element"]: row for row in rows}
    waiting = waiting_by_element(chosen.pk)
    answer = []
    for element in diagrams_of([chosen.pk])[chosen.pk].elements.values():
        row, (stands, late) = times.get(element.id), waiting.get(element.id, (0, 0))
        if row is None and not stands:
            continue
        passed = row["passed"] if row else 0
        answer.append(
            StepTime(
                element=element.id,
                name=said(actor, element.name, element.name_nl) or element.id,
                passed=passed,
                average_s=row["total"] // passed if row else 0,
                worst_s=row["worst"] if row else 0,
                waiting=stands,
                late=late,
            )
        )
    return answer


def faults_kept(version: Version) -> list[Fault]:
    """What of a version could not run when it was brought in."""
    return msgspec.json.decode(version.faults, type=list[Fault])


def chosen_version(procedure: Procedure, number: int) -> Version:
    """A version by its number; without one that is published, else the newest."""
    versions = Version.objects.filter(procedure=procedure).select_related("drawing")
    if number:
        found = versions.filter(number=number).first()
    elif procedure.published_id is not None:
        found = versions.get(pk=procedure.published_id)
    else:
        found = versions.order_by("-number").first()
    if found is None:
        message = _("“{name}” has no version {number}.")
        raise UnknownProcedure(message.format(name=procedure.name, number=number), field="version")
    return found


def named_procedure(actor: Actor, key: str) -> Procedure:
    """The procedure of that key; raises UnknownProcedure."""
    found = scoped(actor, Procedure).select_related("published", "account").filter(key=key).first()
    if found is None:
        message = _("There is no procedure “{key}”.").format(key=key[:60])
        raise UnknownProcedure(message, field="procedure")
    return found
