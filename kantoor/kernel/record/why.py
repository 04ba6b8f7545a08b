"""Why a row is there: the chain of causes, back to the event that came in."""

from datetime import datetime
from typing import Literal

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import NotFound
from kantoor.kernel.queries import query
from kantoor.kernel.record.acts import ActShown, visible_acts
from kantoor.kernel.record.history import READ_HISTORY
from kantoor.kernel.record.links import (
    RowReference,
    act_of,
    event_origins,
    origins,
    row_of,
)
from kantoor.kernel.record.states import first_act
from kantoor.kernel.store.tables import layout_of

MOST = 50
Kind = Literal["row", "action", "event"]


class Because(msgspec.Struct, frozen=True, kw_only=True):
    """One link of the chain: a row with the act that wrote it, an act, or an event.

    `depth` counts from 0, the row that was asked about; what has the same depth and follows are
    causes of one thing. `title` is what was done, `who` did it, `at` is when.
    """

    reference: str
    kind: Kind
    depth: int
    title: str = ""
    who: str = ""
    at: datetime | None = None
    seq: int | None = None


@query(permission=READ_HISTORY, title=_("Why"))
def why(actor: Actor, /, *, reference: str) -> list[Because]:
    """The causes of a row (`finance.entry/12`) or an act (`record:7`), the nearest first.

    Each row says by its department's `links.py` what it comes from; each act names its cause.
    Raises NotFound when it isn't of the actor's company.
    """
    chain = _Chain(actor)
    chain.follow(reference, 0)
    if not chain.links:
        raise NotFound(_("It does not exist, or not in this company."), field="reference")
    return chain.links


class _Chain:
    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self.links: list[Because] = []
        self._seen: set[str] = set()

    def follow(self, reference: str, depth: int) -> None:
        """Add a thing and then what it comes from; nothing twice, so that circles end."""
        if not reference or reference in self._seen or len(self.links) >= MOST:
            return
        self._seen.add(reference)
        if (seq := act_of(reference)) is not None:
            self._act(seq, depth)
        elif (row := row_of(reference)) is not None:
            self._row(row, depth)
        elif reference.startswith("event:"):
            self._event(reference, depth)

    def _row(self, row: RowReference, depth: int) -> None:
        seq = first_act(row.model._meta.db_table, row.key)
        act = visible_acts(self.actor, [seq]).get(seq) if seq is not None else None
        if act is None or not self._ours(row):
            return
        self._seen.add(f"record:{act.seq}")
        self._add(row.text, "row", depth, act)
        for origin in origins(self.actor.company_id, row.kind, row.key):
            self.follow(origin, depth + 1)
        self.follow(act.cause, depth + 1)

    def _act(self, seq: int, depth: int) -> None:
        act = visible_acts(self.actor, [seq]).get(seq)
        if act is not None:
            self._add(f"record:{seq}", "action", depth, act)
            self.follow(act.cause, depth + 1)

    def _event(self, reference: str, depth: int) -> None:
        """A front-office event: what keeps it (the intake) is its origin."""
        self._add(reference, "event", depth, None)
        for origin in event_origins(self.actor.company_id, reference.removeprefix("event:")):
            self.follow(origin, depth + 1)

    def _add(self, reference: str, kind: Kind, depth: int, act: ActShown | None) -> None:
        self.links.append(
            Because(
                reference=reference,
                kind=kind,
                depth=depth,
                title=act.title if act else "",
                who=act.who if act else "",
                at=act.at if act else None,
                seq=act.seq if act else None,
            )
        )

    def _ours(self, row: RowReference) -> bool:
        """Whether a row that says whose it is says the actor's company."""
        if "company_id" not in layout_of(row.model).columns:
            return True
        companies = row.model._default_manager.filter(pk=row.key)
        found = companies.values_list("company_id", flat=True).first()
        return found in (None, self.actor.company_id)
