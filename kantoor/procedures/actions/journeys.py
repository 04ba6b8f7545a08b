"""Taking journeys that come with Kantoor into use: the drawing, and what its account may do."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.companies import MANAGE_INSTALLATION
from kantoor.kernel.actors.models import Grant, Role
from kantoor.kernel.actors.roles import Permitted, add_role, grant_role
from kantoor.kernel.queries import scoped
from kantoor.procedures.actions.importing import import_procedure, publish_version
from kantoor.procedures.errors import UnknownProcedure
from kantoor.procedures.models import Procedure
from kantoor.procedures.queries.journeys import Journey, journeys_there_are


@action(permission=MANAGE_INSTALLATION, title=_("Use journeys that come ready"))
def use_journeys(actor: Actor, /, *, journeys: Sequence[str] = ()) -> list[str]:
    """Take journeys into use, all of them unless some are named; gives the keys of those taken.

    Each gets a role with just what its machine account has to do; roles are those of the whole
    installation, so who manages that does this. One that is used already gets the drawing of this release as
    a new version. Raises UnknownProcedure, NotAllowed, NotRunnable.
    """
    there = journeys_there_are()
    for key in journeys:
        if key not in there:
            message = _("There is no journey “{key}”; there are {known}.")
            raise UnknownProcedure(
                message.format(key=key[:60], known=", ".join(there)), field="journeys"
            )
    taken = []
    for key in journeys or there:
        _use(actor, there[key])
        taken.append(key)
    return taken


def _use(actor: Actor, journey: Journey) -> None:
    imported = import_procedure(actor, content=journey.content)
    if journey.permissions:
        _allow(actor, journey)
    publish_version(actor, procedure=journey.key, version=imported.version)


def _allow(actor: Actor, journey: Journey) -> None:
    """Let the machine account of a journey do what it has to, and nothing else."""
    code = f"journey_{journey.key}".replace("-", "_")[:50]
    role = Role.objects.filter(code=code).first()
    if role is None:
        permissions = [Permitted(each) for each in journey.permissions]
        add_role(
            actor, code=code, name_en=f"Journey: {journey.name}"[:100],
            name_nl=f"Reis: {journey.name_nl or journey.name}"[:100], permissions=permissions,
        )  # fmt: skip
    account = scoped(actor, Procedure).select_related("account").get(key=journey.key).account
    granted = Grant.objects.filter(
        user=account, role__code=code, company=actor.company_id, ended_at=None
    )
    if not granted.exists():
        grant_role(actor, user=account.sign_in, role=code)
