"""What the forms of servers need beyond the signatures of their actions."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.queries.servers.servers import server, servers
from kantoor.departments.ict.web.servers import words
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError
from kantoor.kernel.pages.plans import Given, Plan, plan
from kantoor.kernel.pages.words import name_field, name_values
from kantoor.kernel.paging import LARGEST_PAGE


def _server_now(actor: Actor, given: Given) -> Given:
    """The particulars of the server that the address names."""
    try:
        shown = server(actor, code=str(given.get("change.code") or ""))
    except DomainError:
        return {}
    row = shown.server
    return {
        "change.name": row.name,
        "change.address": row.address,
        "change.environment": row.environment,
        "change.criticality": row.criticality,
        "change.services": [code for code, _name in shown.services],
        "change.device": shown.device,
        "change.note": shown.note,
        "change.active": row.active,
    }


def _check_now(actor: Actor, given: Given) -> Given:
    try:
        shown = server(actor, code=str(given.get("change.server") or ""))
    except DomainError:
        return {}
    found = [each for each in shown.checks if each.name == given.get("change.name")]
    fields = ("target", "expect", "limit", "every_s", "timeout_s", "fails", "passes", "active")
    return {f"change.{name}": getattr(found[0], name) for name in fields} if found else {}


def _codes(actor: Actor) -> dict[str, Any]:
    try:
        return {row.code: row.name for row in servers(actor, active=True, limit=LARGEST_PAGE).rows}
    except DomainError:
        return {}


def _to_server(_actor: Actor, code: Any) -> str:
    return words.server_url(code) if isinstance(code, str) else ""


plan("ict.add_server", Plan(goes_to=_to_server, submit=_("Add")))
plan("ict.change_server", Plan(prefill=_server_now, submit=_("Keep"), in_palette=False))
plan("ict.add_check", Plan(suggestions={"check.server": _codes}, submit=_("Check it")))
plan("ict.change_check", Plan(prefill=_check_now, submit=_("Keep"), in_palette=False))
plan("ict.plan_maintenance", Plan(suggestions={"servers": _codes}, submit=_("Plan")))
plan("ict.end_maintenance", Plan(in_palette=False))

name_field("environment", _("Environment"))
name_field(
    "criticality", _("Criticality"), _("1: nothing works without it; 4: hardly anybody notices.")
)
name_field("owner", _("Owner"), _("Who answers for it, by how they sign in."))
name_field("services", _("Services"), _("The codes of the services that stop with it."))
name_field("public", _("Seen by everybody who has the address"))
name_field("note", _("Remark"))
name_field("server", _("Server"), _("The code of the server."))
name_field("servers", _("Servers"), _("The codes of the servers; empty is all of them."))
name_field(
    "target",
    _("What is asked"),
    _("A web address or path, host:port, or a name; empty is the server's own address."),
)
name_field(
    "expect",
    _("What has to come back"),
    _("A status and a text (200 Welcome), an address, or a limit: disk / 90, memory 90, load 4."),
)
name_field("ict.add_check:limit", _("Days left"), _("Of a certificate; empty is 14."))
name_field("ict.change_check:limit", _("Days left"), _("Of a certificate; empty is 14."))
name_field("every_s", _("Every so many seconds"))
name_field("timeout_s", _("Waits at most so many seconds"))
name_field("fails", _("Down after so many failures"))
name_field("passes", _("Up after so many answers"))
name_field("begins_at", _("Begins"))
name_field("ends_at", _("Ends"))
name_field("maintenance", _("Maintenance"))
name_values("environment", words.ENVIRONMENTS)
name_values("ict.add_check:kind", words.CHECK_KINDS)
