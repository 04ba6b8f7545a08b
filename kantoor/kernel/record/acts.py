"""Acts of the record as people read them: who did what, and when."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec
from django.db.models import QuerySet
from django.utils.encoding import force_str
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actions.registry import action_named
from kantoor.kernel.actors.actor import INSTALLATION, Actor
from kantoor.kernel.actors.models import User
from kantoor.kernel.paging import PAGE, Page, page_by
from kantoor.kernel.queries import query
from kantoor.kernel.record.models import Record

READ = "kernel.read_record"
OF_THE_INSTALLATION = {
    "kernel.note_layouts": _("Note the tables"),
    "kernel.note_rows_again": _("Note rows with their new columns"),
    "kernel.sign_head": _("Sign the record"),
}
"""Titles of what the installation does by itself, which are no actions."""


class ActShown(msgspec.Struct, frozen=True, kw_only=True):
    """One act of the record; `who` is a name, `title` what was done in the reader's language.

    `outcome` is `done` or `refused`, then `code` says why.
    """

    seq: int
    at: datetime
    who: str
    actor_id: int | None
    action: str
    title: str
    outcome: str
    code: str
    about: str
    cause: str


@query(permission=READ, title=_("The record"), exposed=True)
def acts(
    actor: Actor,
    /,
    *,
    action: str = "",
    actor_id: int | None = None,
    about: str = "",
    outcome: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
    cursor: str = "",
    limit: int = PAGE,
) -> Page[ActShown]:
    """The record of the actor's company, the latest act first.

    `action` is a full name or the beginning of one (`finance.`), `about` a reference such as
    `finance.entry/12`, `outcome` `done` or `refused`; `until` is not included.
    """
    found = Record.objects.filter(company_id=actor.company_id)
    exact = {"actor_id": actor_id, "about": about or None, "outcome": outcome or None}
    found = found.filter(**{name: value for name, value in exact.items() if value is not None})
    if about:
        found = found.exclude(about="")  # the very words of the index's condition: SQLite asks them
    if action:
        found = found.filter(action__startswith=action)
    found = _between(found, since, until)
    page = page_by(found, order=("-seq",), cursor=cursor, limit=limit)
    return page.with_rows(shown(page.rows))


def _between(
    found: "QuerySet[Record]", since: datetime | None, until: datetime | None
) -> "QuerySet[Record]":
    if since is not None:
        found = found.filter(at__gte=_microseconds(since))
    if until is not None:
        found = found.filter(at__lt=_microseconds(until))
    return found


def _microseconds(moment: datetime) -> int:
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return int(aware.timestamp() * 1_000_000)


def visible_acts(actor: Actor, seqs: Iterable[int]) -> dict[int, ActShown]:
    """Those of the acts that the actor's company may see: its own and the installation's."""
    companies = [actor.company_id, INSTALLATION]
    rows = Record.objects.filter(seq__in=list(seqs), company_id__in=companies)
    return {act.seq: act for act in shown(list(rows))}


def shown(records: Sequence[Record]) -> list[ActShown]:
    """Rows of the record with names and titles, in one further statement."""
    names = names_of(record.actor_id for record in records)
    return [
        ActShown(
            seq=record.seq,
            at=datetime.fromtimestamp(record.at / 1_000_000, UTC),
            who=names.get(record.actor_id, "Kantoor"),
            actor_id=record.actor_id,
            action=record.action,
            title=title_of(record.action),
            outcome=record.outcome,
            code=record.code,
            about=record.about,
            cause=record.cause,
        )
        for record in records
    ]


def names_of(users: Iterable[int | None]) -> dict[int | None, str]:
    """The names of people and machines by their identifier."""
    wanted = {user for user in users if user is not None}
    return dict(User.objects.filter(pk__in=wanted).values_list("pk", "name"))


def title_of(action: str) -> str:
    """What an action is called, in the reader's language; its own name when it is gone."""
    declared = action_named(action)
    title: Any = declared.title if declared else OF_THE_INSTALLATION.get(action, action)
    return force_str(title)
