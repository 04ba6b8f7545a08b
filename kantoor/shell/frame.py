"""What stands around every page: the desks one may enter, the company, what waits, and oneself."""

from typing import cast

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import User
from kantoor.kernel.pages.desk import desks
from kantoor.kernel.ui.frame import Company, Frame, Me
from kantoor.kernel.ui.listing import Act
from kantoor.shell.pages.notices import NOTICES, count
from kantoor.shell.requests import Request


def frame(request: HttpRequest) -> dict[str, object]:
    """The context that every template gets; drawn up only where a page has a frame."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        return {}
    return {"frame": SimpleLazyObject(lambda: frame_of(cast(Request, request), actor))}


def frame_of(request: Request, actor: Actor) -> Frame:
    """The frame of a page for who is signed in."""
    path = request.path
    shown = [desk.in_frame(actor, path) for desk in desks()]
    companies = getattr(request, "companies", [])
    person: User | None = getattr(request, "person", None)
    return Frame(
        desks=[desk for desk in shown if desk is not None],
        me=Me(actor.name, person.email if person else ""),
        companies=[
            Company(str(each.pk), each.name, each.pk == actor.company_id) for each in companies
        ],
        company_url="/company",
        search_url="/search",
        notices_url=NOTICES.url,
        notices_count=count(request, actor),
        sign_out_url="/sign-out",
        me_links=[
            Act(_("Your tokens"), "/today/tokens", icon="key"),
            Act(_("Change your password"), "/password", icon="lock"),
        ],
    )
