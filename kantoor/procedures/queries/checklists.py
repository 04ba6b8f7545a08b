"""Checklists: templates with what of them can't be observed, runs, and one run with its items."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
from django.db.models import Count, Max, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.queries import query, scoped
from kantoor.procedures.department import HELP, MANAGE, READ, TAKE_PART
from kantoor.procedures.engine.keeping import read
from kantoor.procedures.errors import NotOpen, UnknownProcedure
from kantoor.procedures.models import Checklist, ChecklistItem, ChecklistRun, Observation, RunItem
from kantoor.procedures.models.checklists import OPEN, WAIVED
from kantoor.procedures.queries.inboxes import Inboxes, inboxes_of
from kantoor.procedures.queries.observing import Observer, Seen
from kantoor.procedures.queries.tasks import YEAR_OF_NEVER, names_of_keys
from kantoor.procedures.queries.words import said


class TemplateItem(msgspec.Struct, frozen=True, kw_only=True):
    """An item of a template, as its form takes it."""

    title: str
    title_nl: str
    query: str
    given: str
    holds: str
    listens: str


class TemplateRow(msgspec.Struct, frozen=True, kw_only=True):
    """A template; `faults` say what of it can't be observed now."""

    code: str
    name: str
    name_en: str
    name_nl: str
    inputs: str
    retired: bool
    items: list[TemplateItem]
    faults: list[str]


class RunRow(msgspec.Struct, frozen=True, kw_only=True):
    """A run as listed: `left` of `total` items are open."""

    id: int
    title: str
    who: str
    started_at: datetime
    due_at: datetime | None
    closed_at: datetime | None
    left: int
    total: int
    state: str


class Observed(msgspec.Struct, frozen=True, kw_only=True):
    """What was observed at a moment; `result` has the figures of the answer."""

    at: datetime
    held: bool
    result: Any
    why: str


class ItemShown(msgspec.Struct, frozen=True, kw_only=True):
    """An item of a run; `state` is open, ticked, holds or waived. `seen` is the latest first."""

    place: int
    title: str
    observed: bool
    state: str
    note: str
    user: str
    at: datetime | None
    seen: list[Observed]


class RunShown(msgspec.Struct, frozen=True, kw_only=True):
    """A run with its items; `for_me` says that it stands in an inbox of the reader."""

    row: RunRow
    about: str
    values: dict[str, str]
    items: list[ItemShown]
    started_by: str
    closed_by: str
    for_me: bool
    taken: bool
    open: bool


@query(permission=TAKE_PART, title=_("Names of checklists"))
def checklist_names(actor: Actor, /) -> dict[str, str]:
    """The templates in use, by code."""
    rows = scoped(actor, Checklist).filter(retired_at=None).order_by("code")
    return {each.code: said(actor, each.name, each.name_nl) for each in rows}


@query(permission=TAKE_PART, title=_("What a checklist asks"), exposed=True)
def checklist_inputs(actor: Actor, /, *, checklist: str) -> list[str]:
    """The names of what a run of this template is told. Raises UnknownProcedure."""
    found = scoped(actor, Checklist).filter(code=checklist, retired_at=None).first()
    if found is None:
        message = _("There is no checklist “{code}”.").format(code=checklist[:40])
        raise UnknownProcedure(message, field="checklist")
    return found.inputs.split()


@query(permission=MANAGE, title=_("Templates of checklists"), exposed=True)
def checklists(actor: Actor, /, *, code: str = "", retired: bool = False) -> list[TemplateRow]:
    """The templates in use, or not any more; by code. One with `code`."""
    found = scoped(actor, Checklist).filter(retired_at__isnull=not retired)
    if code:
        found = scoped(actor, Checklist).filter(code=code)
    kept = list(found.order_by("code"))
    items: dict[int, list[ChecklistItem]] = {}
    for each in ChecklistItem.objects.filter(checklist__in=kept).order_by("place"):
        items.setdefault(each.checklist_id, []).append(each)
    observer = Observer(actor)
    return [_template(actor, observer, each, items.get(each.pk, [])) for each in kept]


def _template(
    actor: Actor, observer: Observer, kept: Checklist, items: Sequence[ChecklistItem]
) -> TemplateRow:
    names = frozenset(kept.inputs.split())
    return TemplateRow(
        code=kept.code,
        name=said(actor, kept.name, kept.name_nl),
        name_en=kept.name,
        name_nl=kept.name_nl,
        inputs=kept.inputs,
        retired=kept.retired_at is not None,
        items=[
            TemplateItem(
                title=each.title, title_nl=each.title_nl, query=each.query,
                given=_as_typed(each.given), holds=each.holds, listens=each.listens,
            )
            for each in items
        ],
        faults=[
            f"{each.place}. {fault}"
            for each in items
            if each.query
            for fault in observer.faults(each, names)
        ],
    )  # fmt: skip


def _as_typed(given: str) -> str:
    pairs: Mapping[str, str] = msgspec.json.decode(given, type=dict[str, str])
    return "; ".join(f"{name}={text}" for name, text in pairs.items())


@query(permission=TAKE_PART, title=_("Checklists under way"), exposed=True)
def checklist_runs(
    actor: Actor, /, *, open: bool | None = None, checklist: str = "", about: str = "",
    sort: str = "-started_at", cursor: str = "", limit: int = PAGE,
) -> Page[RunRow]:  # fmt: skip
    """The runs that one began, has or may have; all of them for who sees all procedures."""
    found = _visible(actor, inboxes_of(actor)).select_related("checklist")
    if open is not None:
        found = found.filter(is_open=open)
    if checklist:
        found = found.filter(checklist__code=checklist)
    if about:
        found = found.filter(about=about)
    order = sorted_by(sort, {"started_at": ("started_at",), "due_at": ("due_at",)})
    page = page_by(found, order=order, cursor=cursor, limit=limit, totals={})
    return page.with_rows(_rows(actor, page.rows))


@query(permission=TAKE_PART, title=_("A checklist"), exposed=True)
def checklist_run(actor: Actor, /, *, run: int) -> RunShown:
    """One run with its items and what was observed of them. Raises UnknownProcedure."""
    boxes = inboxes_of(actor)
    known = _visible(actor, boxes).select_related("checklist", "started_by", "closed_by")
    found = known.filter(pk=run).first()
    if found is None:
        raise UnknownProcedure(_("There is no such checklist."), field="run")
    seen: dict[int, list[Observed]] = {}
    for each in Observation.objects.filter(item__run=found).order_by("-pk")[:500]:
        seen.setdefault(each.item_id, []).append(
            Observed(
                at=each.at, held=each.held, why=each.why,
                result=msgspec.json.decode(each.result) if each.result else None,
            )
        )  # fmt: skip
    items = RunItem.objects.filter(run=found).select_related("user").order_by("place")
    return RunShown(
        row=_rows(actor, [found])[0],
        about=found.about,
        values={name: str(value) for name, value in read(found.known).items()},
        items=[
            ItemShown(
                place=each.place, title=said(actor, each.title, each.title_nl),
                observed=bool(each.query), state=each.state, note=each.note,
                user=each.user.name if each.user else "", at=each.at, seen=seen.get(each.pk, []),
            )
            for each in items
        ],
        started_by=found.started_by.name if found.started_by else "",
        closed_by=found.closed_by.name if found.closed_by else "",
        for_me=found.is_open and found.whose in boxes.keys,
        taken=found.whose.startswith("user/"),
        open=found.is_open,
    )  # fmt: skip


@query(permission=TAKE_PART, title=_("Titles of checklists"))
def run_titles(actor: Actor, /, *, keys: Sequence[int]) -> dict[int, str]:
    """What those of these runs that one may see are called."""
    found = _visible(actor, inboxes_of(actor)).filter(pk__in=keys).select_related("checklist")
    return {each.pk: run_title(actor, each) for each in found}


def run_title(actor: Actor, run: ChecklistRun) -> str:
    """The template's name with what the run is about."""
    name = said(actor, run.checklist.name, run.checklist.name_nl)
    return f"{name}: {run.title}" if run.title else name


def open_run(actor: Actor, key: int) -> ChecklistRun:
    """A run that is not closed and that one may see, locked; raises UnknownProcedure, NotOpen."""
    run_seen(actor, key)
    found = scoped(actor, ChecklistRun).select_for_update(of=("self",)).get(pk=key)
    if not found.is_open:
        raise NotOpen(_("This checklist is closed."), field="run")
    return found


def run_seen(actor: Actor, key: int) -> ChecklistRun:
    """A run that one may see; raises UnknownProcedure."""
    found = _visible(actor, inboxes_of(actor)).filter(pk=key).first()
    if found is None:
        raise UnknownProcedure(_("There is no such checklist."), field="run")
    return found


def _visible(actor: Actor, boxes: Inboxes) -> "QuerySet[ChecklistRun]":
    found = scoped(actor, ChecklistRun)
    if actor.may(READ) or actor.may(HELP):
        return found
    return found.filter(
        Q(started_by=actor.user_id) | Q(whose__in=boxes.keys) | Q(closed_by=actor.user_id)
    )


def _rows(actor: Actor, found: Sequence[ChecklistRun]) -> list[RunRow]:
    names = names_of_keys(actor, {each.whose for each in found})
    counted = RunItem.objects.filter(run__in=found).values_list("run")
    rows = counted.annotate(total=Count("pk"), left=Count("pk", filter=Q(state=OPEN)))
    counts = {run: (total, left) for run, total, left in rows}
    return [
        RunRow(
            id=each.pk,
            title=run_title(actor, each),
            who=names.get(each.whose, ""),
            started_at=each.started_at,
            due_at=each.due_at if each.due_at.year < YEAR_OF_NEVER else None,
            closed_at=each.closed_at,
            left=counts.get(each.pk, (0, 0))[1],
            total=counts.get(each.pk, (0, 0))[0],
            state="open" if each.is_open else "closed",
        )
        for each in found
    ]


@query(permission=TAKE_PART, title=_("Whether a checklist looks otherwise now"))
def looks_otherwise(actor: Actor, /, *, run: int) -> bool:
    """Whether something observed of an open run is otherwise now than when it was looked at last."""
    found = _visible(actor, inboxes_of(actor)).filter(pk=run, is_open=True).first()
    if found is None:
        return False
    items = RunItem.objects.filter(run=found).exclude(query="").exclude(state=WAIVED)
    observer, known = Observer(actor), read(found.known)
    before = last_seen(list(items))
    return any(observer.see(each, known) != before.get(each.pk) for each in items)


def last_seen(items: Sequence[RunItem]) -> dict[int, Seen]:
    """What was seen last of each of these items."""
    newest = Observation.objects.filter(item__in=items).values("item").annotate(last=Max("pk"))
    rows = Observation.objects.filter(pk__in=[row["last"] for row in newest])
    return {each.item_id: Seen(each.held, each.result, each.why) for each in rows}


@query(permission=MANAGE, title=_("Names of templates of checklists"))
def template_names(actor: Actor, /, *, keys: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Codes and names of these templates, by their keys."""
    found = scoped(actor, Checklist).filter(pk__in=keys)
    return {each.pk: (each.code, said(actor, each.name, each.name_nl)) for each in found}
