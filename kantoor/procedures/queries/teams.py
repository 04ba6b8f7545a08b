"""The teams of a company, for choices."""

from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import query, scoped
from kantoor.procedures.department import TAKE_PART
from kantoor.procedures.models import Team
from kantoor.procedures.queries.words import said

MOST = 500


@query(permission=TAKE_PART, title=_("Names of teams"))
def team_names(actor: Actor, /) -> dict[str, str]:
    """The teams by their codes, in the reader's language."""
    rows = scoped(actor, Team).order_by("code")[:MOST]
    return {each.code: said(actor, each.name, each.name_nl) for each in rows}
