"""Views of lists that a person saved: kept, forgotten, and listed above the list."""

from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import EVERYONE, Actor
from kantoor.kernel.errors import Conflict, InvalidInput, NotAllowed, NotFound
from kantoor.kernel.pages.models import SavedView
from kantoor.kernel.queries import query, scoped

MOST = 40
"""How many views one person keeps of one list."""


@action(permission=EVERYONE, title=_("Keep a view"), hidden=True)
def save_view(actor: Actor, /, *, register: str, name: str, address: str) -> int:
    """Keep the query part of a list's address under a name; the same name again replaces it."""
    name = " ".join(name.split())
    if not name:
        raise InvalidInput(_("Give the view a name."), field="name")
    if len(name) > 80:
        raise InvalidInput(_("Use 80 characters at most."), field="name")
    if actor.user_id is None:
        raise NotAllowed(_("Only somebody who is signed in keeps views."))
    mine = scoped(actor, SavedView).filter(user=actor.user_id, register=register)
    found = mine.filter(name=name).first()
    if found is None:
        if mine.count() >= MOST:
            raise Conflict(_("Forget a view first: you keep {most} here.").format(most=MOST))
        found = SavedView(
            company_id=actor.company_id, user_id=actor.user_id, register=register, name=name
        )
    found.address = address.removeprefix("?")[:4000]
    found.save()
    return found.pk


@action(permission=EVERYONE, title=_("Forget a view"), hidden=True)
def delete_view(actor: Actor, /, *, view_id: int) -> None:
    """Forget one of one's own views."""
    found = scoped(actor, SavedView).filter(user=actor.user_id, pk=view_id)
    if not found.delete()[0]:
        raise NotFound(_("There is no such view."))


@query(permission=EVERYONE, title=_("Saved views"))
def saved_views(actor: Actor, /, *, register: str = "") -> list[SavedView]:
    """One's own views in this company, of one list or of all."""
    found = scoped(actor, SavedView).filter(user=actor.user_id).order_by("register", "name")
    return list(found.filter(register=register) if register else found)
