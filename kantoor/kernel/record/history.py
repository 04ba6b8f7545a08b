"""The history of a row: who changed what, from what, to what."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
from django.db import models
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import NotFound
from kantoor.kernel.queries import query
from kantoor.kernel.record.acts import visible_acts
from kantoor.kernel.record.layouts import known_layouts
from kantoor.kernel.record.links import model_of, model_of_table
from kantoor.kernel.record.readable import Readable
from kantoor.kernel.record.states import State, states_of

READ_HISTORY = "kernel.read_history"
READ_PERSONAL = "kernel.read_personal_history"
MOST_STEPS = 500

OPERATIONS = {"i": "created", "u": "changed", "d": "deleted", "r": "noted"}


class FieldStep(msgspec.Struct, frozen=True, kw_only=True):
    """A field that an act changed; `before` is None for a row that was created.

    Values are text, integers, truth, Decimal, dates or instants, as the field has them; of a
    related row the words it goes by.
    """

    field: str
    before: Any
    after: Any


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """What one act did to a row: `operation` is created, changed or deleted.

    `hidden` says why no fields are shown: `erased` (the person's data was erased), `personal`
    (the reader may not see it), or empty.
    """

    seq: int
    at: datetime
    who: str
    action: str
    title: str
    operation: str
    fields: list[FieldStep]
    hidden: str = ""


@query(permission=READ_HISTORY, title=_("History"))
def history(actor: Actor, /, *, of: str, key: int) -> list[Step]:
    """What happened to a row, the latest first; `of` is its kind (`finance.entry`) or table.

    Acts of other companies are left out; personal data is shown to who has the permission
    `kernel.read_personal_history`. Raises NotFound when nothing of it concerns the company.
    """
    model = model_of(of) or model_of_table(of)
    if model is None:
        raise NotFound(_("There is nothing of that kind."), field="of")
    return history_of(actor, model, key)


def history_of(actor: Actor, model: type[models.Model], key: int) -> list[Step]:
    """As `history`, for the pages of a department, which asked for permission themselves."""
    table = model._meta.db_table
    found = [s for _, s in zip(range(MOST_STEPS), states_of(table, key), strict=False)]
    acts = visible_acts(actor, {state.seq for state in found})
    if not acts or not _of_company(actor, model, key):
        raise NotFound(_("It does not exist, or not in this company."), field="key")
    steps = _Steps(model, personal=actor.may(READ_PERSONAL)).made_of(found)
    return [
        Step(
            seq=state.seq,
            at=act.at,
            who=act.who,
            action=act.action,
            title=act.title,
            operation=OPERATIONS[state.operation],
            fields=fields,
            hidden=hidden,
        )
        for state, fields, hidden in steps
        if (act := acts.get(state.seq)) is not None and state.operation != "r"
    ]


def _of_company(actor: Actor, model: type[models.Model], key: int) -> bool:
    """Whether a row that says whose it is says the actor's company."""
    if not any(field.attname == "company_id" for field in model._meta.concrete_fields):
        return True
    company = model._default_manager.filter(pk=key).values_list("company_id", flat=True).first()
    return company in (None, actor.company_id)


class _Steps:
    """Makes steps of states by comparing each with the one before it."""

    def __init__(self, model: type[models.Model], *, personal: bool) -> None:
        self.readable = Readable(model)
        self.layouts = known_layouts()
        self.personal = personal

    def made_of(self, states: Sequence[State]) -> list[tuple[State, list[FieldStep], str]]:
        befores: list[State | None] = [*states[1:], None]
        made = []
        for state, before in zip(states, befores, strict=True):
            hidden = self._hidden(state)
            made.append((state, [] if hidden else list(self._fields(state, before)), hidden))
        return made

    def _hidden(self, state: State) -> str:
        if state.erased:
            return "erased"
        return "personal" if state.personal and not self.personal else ""

    def _fields(self, state: State, before: State | None) -> Iterator[FieldStep]:
        now, then = self._values(state), self._values(before)
        for column, value in now.items():
            if then.get(column) == value or not self.readable.has(column):
                continue
            yield FieldStep(
                field=self.readable.name(column),
                before=self.readable.value(column, then.get(column)),
                after=self.readable.value(column, value),
            )

    def _values(self, state: State | None) -> Mapping[str, Any]:
        layout = self.layouts.get(state.layout) if state is not None else None
        if state is None or state.values is None or layout is None or self._hidden(state):
            return {}
        return dict(zip(layout.columns, state.values, strict=True))
