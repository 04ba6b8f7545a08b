"""A request as Kantoor's views see it: with who is signed in, and from where it came."""

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import Company, User
from kantoor.kernel.errors import NotAllowed
from kantoor.kernel.pages.visiting import address_of

__all__ = ["Request", "actor_of", "address_of", "is_from_this_machine"]

if TYPE_CHECKING:

    class Request(HttpRequest):
        """A request that passed the middleware of the shell."""

        actor: Actor | None
        person: User | None
        companies: list[Company]

else:
    Request = HttpRequest


def actor_of(request: HttpRequest) -> Actor:
    """Who is signed in; raises NotAllowed where nobody is."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        raise NotAllowed(_("Sign in first."))
    return actor


def is_from_this_machine(request: HttpRequest) -> bool:
    """Whether the machine itself asks, and no proxy on it for somebody else."""
    forwarded = any(
        name in request.META
        for name in ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA")
    )
    return not forwarded and address_of(request) in ("127.0.0.1", "::1")
