"""Servers by the keys of their rows, for what refers to them."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.models import Server
from kantoor.departments.ict.queries.servers.servers import READ
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import query, scoped


@query(permission=READ, title=_("Servers by their keys"))
def server_codes(actor: Actor, /, *, keys: Sequence[int]) -> dict[int, tuple[str, str]]:
    """The code and the name of each server of these keys."""
    rows = scoped(actor, Server).filter(pk__in=keys).values_list("pk", "code", "name")
    return {key: (code, name) for key, code, name in rows}
