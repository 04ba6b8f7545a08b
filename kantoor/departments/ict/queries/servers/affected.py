"""Whom the failure of a server, a service or an incident concerns, for who tells people of it."""

from kantoor.departments.ict.models import Case, Server, Service
from kantoor.departments.ict.models.cases.case import INCIDENT
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.affected import Affected, affected_by
from kantoor.kernel.queries import scoped

SERVERS, CASES = "ict.read_servers", "ict.read_cases"


@affected_by("ict.server")
def affected_by_server(actor: Actor, key: int) -> Affected | None:
    """Who uses what runs on a server; `what` is the last incident of it that goes on."""
    row = scoped(actor, Server).filter(pk=key).first() if actor.may(SERVERS) else None
    if row is None:
        return None
    return Affected(
        name=row.name,
        parts=[("ict.server_users", row.code)],
        what=_going_on(actor, f"server:{row.pk}"),
    )


@affected_by("ict.service")
def affected_by_service(actor: Actor, key: int) -> Affected | None:
    """Who uses a service, or what depends on it."""
    row = scoped(actor, Service).filter(pk=key).first() if actor.may(SERVERS) else None
    if row is None:
        return None
    return Affected(name=row.name, parts=[("ict.service_users", row.code)])


@affected_by("ict.case")
def affected_by_case(actor: Actor, key: int) -> Affected | None:
    """Who reported an incident, or uses the service or the server that it is about."""
    cases = scoped(actor, Case).filter(pk=key, kind=INCIDENT)
    row = cases.first() if actor.may(CASES) else None
    if row is None:
        return None
    parts = [("ict.case_people", str(row.number))]
    if actor.may(SERVERS):
        parts += [("ict.server_users", code) for code in _servers_of(actor, row)]
    return Affected(name=str(row), parts=parts, what=row.title)


def _servers_of(actor: Actor, case: Case) -> list[str]:
    """The codes of the servers whose trouble an incident is."""
    abouts = case.troubles.order_by("about").values_list("about", flat=True).distinct()
    keys = [about.removeprefix("server:") for about in abouts if about.startswith("server:")]
    rows = scoped(actor, Server).filter(pk__in=[int(each) for each in keys if each.isdigit()])
    return list(rows.order_by("code").values_list("code", flat=True))


def _going_on(actor: Actor, about: str) -> str:
    """What is wrong with a thing now, in the words of its last trouble."""
    found = scoped(actor, Case).filter(is_open=True, troubles__about=about, troubles__ended_at=None)
    return found.order_by("-opened_at").values_list("title", flat=True).first() or ""
