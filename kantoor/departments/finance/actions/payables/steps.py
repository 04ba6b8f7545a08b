"""The history of purchase documents: each change of state is a row of its own."""

from collections.abc import Sequence

from kantoor.departments.finance.models import PurchaseStep
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.store.ids import take_ids
from kantoor.kernel.store.instants import now
from kantoor.kernel.store.models import insert_rows

INVOICE, ORDER = "finance.purchase_invoice", "finance.purchase_order"
LONGEST_WHY = 300


def note_steps(actor: Actor, steps: Sequence[tuple[str, str, str]]) -> None:
    """Note what happened to things just now: (`finance.purchase_invoice/12`, state, why)."""
    if not steps:
        return
    first, at = take_ids(PurchaseStep, len(steps)), now()
    insert_rows(
        PurchaseStep,
        [
            (first + n, actor.company_id, about, state, at, actor.user_id, why[:LONGEST_WHY])
            for n, (about, state, why) in enumerate(steps)
        ],
    )


def about_invoice(key: int) -> str:
    """A purchase invoice as the record names it."""
    return f"{INVOICE}/{key}"
