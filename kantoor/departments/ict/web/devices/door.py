"""`/inventory`: where the agents of GLPI and FusionInventory report."""

from html import escape

from django.utils.encoding import force_str
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.actions.devices.inventories import take_inventories
from kantoor.departments.ict.drafts_devices import IncomingInventory
from kantoor.departments.ict.formats.inventory.messages import (
    InventoryUnreadable,
    Message,
    answer,
    json_answer,
    looks_like_json,
    read_message,
    xml_answer,
)
from kantoor.departments.ict.formats.inventory.unpacking import LARGEST_PACKED
from kantoor.departments.ict.queries.devices.doors import REPORT, agent_at
from kantoor.kernel.doors import Reply, Visit, machine_door

SMALL = 4096
"""Questions of agents are shorter than this, inventories longer."""
NO_TOKEN = _("Report with a token, or have this network allowed in Kantoor.")
NOT_ALLOWED = _("This token may not report inventories.")


@machine_door("inventory", largest=LARGEST_PACKED)
def inventory(visit: Visit) -> Reply:
    """Answer an agent: what to do when it asks, and whether its inventory was taken.

    FusionInventory's other tasks ask with GET what there is to do: nothing.
    """
    if visit.method in ("GET", "HEAD"):
        return Reply(body=b"{}", content_type="application/json")
    if visit.method != "POST":
        return Reply(
            body=b"", content_type="text/plain", status=405, headers={"Allow": "GET, POST"}
        )
    as_json = looks_like_json(visit.body)
    actor = visit.actor or agent_at(visit.address, from_here=visit.from_here)
    if actor is None:
        return _refusal(as_json, force_str(NO_TOKEN), 401)
    if not actor.may(REPORT):
        return _refusal(as_json, force_str(NOT_ALLOWED), 403)
    if (asked := _question(visit.body)) is not None:
        body, content_type = answer(asked)
        return Reply(body=body, content_type=content_type)
    given = IncomingInventory(name="inventory", content=visit.body, address=visit.address)
    told = take_inventories(actor, inventories=[given]).files[0]
    if not told.ok:
        return _refusal(as_json, told.errors[0].message, 400)
    if as_json:
        return Reply(body=json_answer(), content_type="application/json")
    return Reply(
        body=xml_answer("<RESPONSE>ACCOUNT_UPDATE</RESPONSE>"), content_type="application/xml"
    )


def _question(body: bytes) -> Message | None:
    """What the agent asks, when it does."""
    if len(body) > SMALL:
        return None
    try:
        message = read_message(body)
    except InventoryUnreadable:
        return None
    return message if message.kind in ("prolog", "contact") else None


def _refusal(as_json: bool, why: str, status: int) -> Reply:
    if as_json:
        return Reply(body=json_answer(why), content_type="application/json", status=status)
    return Reply(
        body=xml_answer(f"<ERROR>{escape(why)}</ERROR>"),
        content_type="application/xml",
        status=status,
    )
