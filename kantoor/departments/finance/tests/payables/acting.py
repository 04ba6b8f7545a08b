"""Functions that only finance's own actions call, as actions of the tests."""

from collections.abc import Sequence

from kantoor.departments.finance.actions.payables.discounts import Taken, take_discounts
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor


@action(permission="tests.write", title="Take discounts", hidden=True)
def take(actor: Actor, /, *, taken: Sequence[Taken]) -> list[str]:
    """Take discounts as a payment run does."""
    return take_discounts(actor, taken)
