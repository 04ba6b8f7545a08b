"""Replay cases of another desk: numbers, timelines and clocks as if they had been ours."""

import hashlib
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.actions.cases.opening import HANDLE
from kantoor.departments.ict.actions.clocks.keeping import (
    insert_clocks,
    instant,
    level_versions_now,
)
from kantoor.departments.ict.drafts_past import PastCase
from kantoor.departments.ict.errors import KnownAlready
from kantoor.departments.ict.models import Case, CaseEvent, Queue
from kantoor.departments.ict.models.cases.case import DONE, INCIDENT, OPEN
from kantoor.departments.ict.queries.cases.numbers import SERIES
from kantoor.departments.ict.queries.clocks.loading import Timeline, agreements, reckoned
from kantoor.departments.ict.queries.clocks.reckoning import Moment
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.numbering.numbers import take_numbers
from kantoor.kernel.parties.rows import write_parties
from kantoor.kernel.store.ids import take_ids
from kantoor.kernel.store.lookup import rows_by_key
from kantoor.kernel.store.models import insert_rows
from kantoor.kernel.store.tables import layout_of

LONGEST_CODE = 40


class _Caller(NamedTuple):
    """Who called, by the name that the other desk knows them by."""

    code: str
    name: str
    kind: str = "person"
    email: str = ""
    phone: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    country: str = ""
    vat_number: str = ""
    registration: str = ""
    language: str = ""


@action(permission=HANDLE, title=_("Replay cases of another desk"), hidden=True)
def replay_cases(actor: Actor, /, *, cases: Sequence[PastCase]) -> list[int]:
    """Replay cases with all that happened to them, all or none; gives the keys of their rows.

    Queues and callers that are new are made on the way; the standard service level goes for
    them. No news is told of what is past. Raises KnownAlready.
    """
    _refuse_known(actor, cases)
    callers = _callers(actor, cases)
    queues = _queues(actor, cases)
    level = level_versions_now(actor, [None])[None]
    first = take_ids(Case, len(cases))
    number = take_numbers(f"{SERIES}/{actor.company_id}", len(cases))
    columns = layout_of(Case).columns
    rows = []
    for n, each in enumerate(cases):
        party, subject = callers.get(_code(each), (None, None))
        row = _row(each) | {
            "id": first + n,
            "company_id": actor.company_id,
            "number": number + n,
            "requester_id": party,
            "subject_id": subject,
            "queue_id": queues.get(each.queue),
            "level_version_id": level,
        }
        rows.append(tuple([row[column] for column in columns]))
    insert_rows(Case, rows)
    _write_timelines(first, cases, queues)
    if level is not None:
        _write_clocks(actor, first, cases, level)
    return list(range(first, first + len(cases)))


def _row(each: PastCase) -> dict[str, Any]:
    assert each.state in (*OPEN, *DONE), each.state
    return {
        "kind": INCIDENT,
        "title": each.title,
        "text": each.text,
        "contact": "",
        "service_id": None,
        "assignee_id": None,
        "impact": each.impact,
        "urgency": each.urgency,
        "priority": each.priority,
        "state": each.state,
        "is_open": int(each.state in OPEN),
        "waiting_for": each.waiting_for,
        "channel": each.channel,
        "opened_at": instant(each.opened),
        "changed_at": instant(each.changed),
        "resolved_at": instant(each.resolved),
        "closed_at": instant(each.closed),
        "touched_at": instant(each.changed),
        "resolution_code": each.resolution_code,
        "resolution": "",
        "reopened": each.reopened,
        "reassigned": each.reassigned,
        "about": "",
        "source": each.source,
        "reference": each.reference,
        "event": each.event,
    }


def _write_timelines(first: int, cases: Sequence[PastCase], queues: dict[str, int]) -> None:
    names = {name: str(key) for name, key in queues.items()}
    rows = [
        (case, instant(at), None, "person", what,
         names.get(was, "") if what == "queue" else was,
         names[now] if what == "queue" else now, int(what == "state"))
        for case, each in enumerate(cases, first)
        for at, what, was, now in each.happened
    ]  # fmt: skip
    key = take_ids(CaseEvent, len(rows))
    insert_rows(CaseEvent, [(key + n, *row) for n, row in enumerate(rows)])


def _write_clocks(actor: Actor, first: int, cases: Sequence[PastCase], level: int) -> None:
    agreed = agreements([level])
    found = []
    for case, each in enumerate(cases, first):
        moments = [
            Moment(at, what, now, "person", what == "state")
            for at, what, _was, now in each.happened
            if what in ("state", "priority")
        ]
        timeline = Timeline(actor.company_id, case, level, moments)
        found += [(timeline, clock) for clock in reckoned(timeline, agreed)]
    insert_clocks(found)


def _code(each: PastCase) -> str:
    """The code of a caller as a relation: their name at that desk, short enough to be one."""
    if each.requester or not each.caller:
        return each.requester
    code = f"{each.source}/{each.caller}"
    if len(code) <= LONGEST_CODE:
        return code
    return f"{each.source[:20]}/{hashlib.sha256(code.encode()).hexdigest()[:16]}"


def _callers(actor: Actor, cases: Sequence[PastCase]) -> dict[str, tuple[int, int | None]]:
    """Key and erasable person of each caller; those that are new become relations."""
    names = {code: each.caller for each in cases if (code := _code(each))}
    sql = "SELECT code, id, subject_id FROM kernel_party WHERE company_id = %s AND code IN ({})"
    known = rows_by_key(sql, [actor.company_id], names)
    fresh = [_Caller(code, name) for code, name in names.items() if name and code not in known]
    if fresh:
        write_parties(actor.company_id, fresh)
        known |= rows_by_key(sql, [actor.company_id], [each.code for each in fresh])
    return known


def _queues(actor: Actor, cases: Sequence[PastCase]) -> dict[str, int]:
    """The keys of the queues by their names; those that are new are made."""
    names = {now for each in cases for _at, what, _was, now in each.happened if what == "queue"}
    known: dict[str, int] = rows_by_key(
        "SELECT code, id FROM ict_queue WHERE company_id = %s AND code IN ({})",
        [actor.company_id],
        sorted(names),
    )
    if fresh := sorted(names - set(known)):
        made = Queue.objects.bulk_create(
            Queue(company_id=actor.company_id, code=name, name=name) for name in fresh
        )
        known |= {each.code: each.pk for each in made}
    return known


def _refuse_known(actor: Actor, cases: Sequence[PastCase]) -> None:
    for source in {each.source for each in cases}:
        references = [each.reference for each in cases if each.source == source]
        known = rows_by_key(
            "SELECT reference, id FROM ict_case"
            " WHERE company_id = %s AND source = %s AND reference IN ({})",
            [actor.company_id, source],
            references,
        )
        for reference in references:
            if reference in known:
                message = _("{reference} was taken before.").format(reference=reference)
                raise KnownAlready(message, field="reference")
