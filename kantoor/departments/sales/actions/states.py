"""Move orders, quotations and returns from state to state, with a row of history for each."""

from collections.abc import Sequence
from typing import TypeVar

from kantoor.departments.sales.events import OrdersMoved
from kantoor.departments.sales.models import Order, Quotation, Return, StateChange
from kantoor.kernel.actions.unit import concerns, publish
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.store.ids import take_ids
from kantoor.kernel.store.instants import now
from kantoor.kernel.store.models import insert_rows

D = TypeVar("D", Order, Quotation, Return)
NAMES = {Order: "sales.order", Quotation: "sales.quotation", Return: "sales.return"}


def name_of(document: Order | Quotation | Return) -> str:
    """Its name in the record and in causes: `sales.order/12`."""
    return f"{NAMES[type(document)]}/{document.pk}"


def note_states(actor: Actor, state: str, things: Sequence[str]) -> None:
    """Note that these things (`sales.order/12`) came into a state just now."""
    if not things:
        return
    first, at, who = take_ids(StateChange, len(things)), now(), actor.user_id
    insert_rows(StateChange, [(first + n, about, state, at, who) for n, about in enumerate(things)])


def move(actor: Actor, documents: Sequence[D], fields: Sequence[str] = ()) -> None:
    """Keep the new states (and these other fields) of documents, and note them in history."""
    if not documents:
        return
    type(documents[0]).objects.bulk_update(documents, ["state", *fields])
    by_state: dict[str, list[str]] = {}
    for each in documents:
        by_state.setdefault(each.state, []).append(name_of(each))
    for state, names in by_state.items():
        note_states(actor, state, names)
        moved = tuple(str(each) for each in documents if each.state == state)
        if isinstance(documents[0], Order):
            publish(OrdersMoved(actor.company_id, state, moved))
    if len(documents) == 1:
        concerns(name_of(documents[0]))
