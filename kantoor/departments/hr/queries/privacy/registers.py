"""Rules, holds, proposals and looks, as they are listed."""

from datetime import date, datetime

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.models import LegalHold, RetentionProposal, RetentionRule
from kantoor.departments.hr.queries.people.own import own_party
from kantoor.departments.hr.queries.privacy.tables import tables_to_keep
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.looks.models import Look
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.queries import query, scoped

MANAGE = "hr.manage_privacy"


class RuleRow(msgspec.Struct, frozen=True):
    """A rule of retention."""

    id: int
    table: str
    field: str
    months: int
    ground: str
    active: bool


class HoldRow(msgspec.Struct, frozen=True):
    """A legal hold; without a person it is on everything."""

    id: int
    person: str
    why: str
    since: datetime
    ended_at: datetime | None
    set_by: str


class ProposalRow(msgspec.Struct, frozen=True):
    """A row that may go."""

    id: int
    table: str
    row: int
    over_on: date
    ground: str
    state: str


class LookRow(msgspec.Struct, frozen=True):
    """A look: who looked, at what, at whom (empty: at many at once)."""

    id: int
    at: datetime
    by: str
    kind: str
    query: str
    person: str


@query(permission=MANAGE, title=_("How long data is kept"), exposed=True)
def retention_rules(actor: Actor, /) -> list[RuleRow]:
    """The rules, by table."""
    rows = scoped(actor, RetentionRule).order_by("table")
    return [RuleRow(r.pk, r.table, r.field, r.months, r.ground, r.active) for r in rows]


@query(permission=MANAGE, title=_("Tables with data of people"), exposed=True)
def retention_tables(actor: Actor, /) -> list[str]:
    """The tables that a rule can be set for."""
    return sorted(tables_to_keep())


@query(permission=MANAGE, title=_("Legal holds"), exposed=True)
def legal_holds(actor: Actor, /, *, ended: bool | None = None) -> list[HoldRow]:
    """The holds, the newest first."""
    rows = scoped(actor, LegalHold).select_related("party", "set_by").order_by("-pk")
    if ended is not None:
        rows = rows.filter(ended_at__isnull=not ended)
    return [
        HoldRow(
            row.pk,
            row.party.name if row.party else "",
            row.why,
            row.since,
            row.ended_at,
            row.set_by.name if row.set_by else "",
        )
        for row in rows
    ]


@query(permission=MANAGE, title=_("What may go"), exposed=True)
def retention_proposals(
    actor: Actor,
    /,
    *,
    state: str = "",
    sort: str = "over_on",
    cursor: str = "",
    limit: int = PAGE,
) -> Page[ProposalRow]:
    """What is proposed to go, and what went."""
    found = scoped(actor, RetentionProposal).select_related("rule")
    if state:
        found = found.filter(state=state)
    order = sorted_by(sort, {"over_on": ("over_on",)})
    page = page_by(found, order=order, cursor=cursor, limit=limit, totals={})
    return page.map(
        lambda row: ProposalRow(
            row.pk, row.rule.table, row.row, row.over_on, row.rule.ground, row.state
        )
    )


@query(permission="hr.see_looks", title=_("Who looked at pay and sick notes"), exposed=True)
def looks(
    actor: Actor,
    /,
    *,
    kind: str = "",
    search: str = "",
    sort: str = "-at",
    cursor: str = "",
    limit: int = PAGE,
) -> Page[LookRow]:
    """Every look; `search` is a part of the name of who was looked at, or who looked."""
    found = scoped(actor, Look)
    if kind:
        found = found.filter(kind=kind)
    if search:
        at = found.filter(party__name__icontains=search)
        by = found.filter(user__name__icontains=search)
        found = found.filter(pk__in=at.values("pk")) | found.filter(pk__in=by.values("pk"))
    return _looks(found, sort, cursor, limit)


@query(permission="hr.use_own", title=_("Who looked at my data"), exposed=True)
def looks_at_me(
    actor: Actor, /, *, sort: str = "-at", cursor: str = "", limit: int = PAGE
) -> Page[LookRow]:
    """Who looked at one's own pay and sick notes."""
    return _looks(scoped(actor, Look).filter(party=own_party(actor).pk), sort, cursor, limit)


def _looks(found: "object", sort: str, cursor: str, limit: int) -> Page[LookRow]:
    rows = found.select_related("user", "party")  # type: ignore[attr-defined]
    order = sorted_by(sort, {"at": ("at",)})
    page: Page[Look] = page_by(rows, order=order, cursor=cursor, limit=limit, totals={})
    return page.map(
        lambda row: LookRow(
            row.pk,
            row.at,
            row.user.name if row.user else "",
            row.kind,
            row.query,
            row.party.name if row.party else "",
        )
    )
