"""Agree to items as they are now, as who has just looked at them."""

from kantoor.departments.communication.actions.items.agreeing import approve_items
from kantoor.departments.communication.models import Item
from kantoor.departments.communication.queries.items.agreeing import seen_of
from kantoor.kernel.actors.actor import Actor


def seen_now(actor: Actor, code: str) -> str:
    """The name of an item as it is now."""
    return seen_of(Item.objects.get(company_id=actor.company_id, code=code))


def agree(actor: Actor, *codes: str) -> None:
    """Let somebody agree to items as they are now."""
    approve_items(actor, seen=[seen_now(actor, code) for code in codes])
