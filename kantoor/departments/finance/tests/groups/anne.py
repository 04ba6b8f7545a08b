"""Anne as somebody who may do everything in every company, as an administrator does."""

from kantoor.departments.finance.tests.people import FOUNDER, a_user
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import User


@action(permission="tests.write", title="Make somebody an administrator", hidden=True)
def make_administrator(actor: Actor, /, *, user: int) -> None:
    """A user who may do everything."""
    found = User.objects.get(pk=user)
    found.administrator = True
    found.save()


def anne_everywhere() -> None:
    """Anne may do everything in every company."""
    make_administrator(FOUNDER, user=a_user("Anne"))
