"""The status page: how the services do, for everybody who works with them."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.queries.servers.public_status import status_address
from kantoor.departments.ict.queries.servers.status import ASK, status_now
from kantoor.departments.ict.web.servers import words
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.plain_view import PlainView
from kantoor.kernel.ui.address import Address
from kantoor.kernel.ui.formats import moment
from kantoor.kernel.ui.listing import Act

READ = "ict.read_servers"
TROUBLED = ("down", "incident")


def _content(actor: Actor, _address: Address) -> Mapping[str, Any]:
    now = status_now(actor)
    return {
        "public": status_address(actor) if actor.may(READ) else "",
        "acts": _acts(actor),
        "services": [(each.name, words.state(each.state)) for each in now.services],
        "troubled": sum(each.state in TROUBLED for each in now.services),
        "maintenance": [
            {
                "begins": moment(each.begins_at),
                "ends": moment(each.ends_at),
                "why": each.why,
                "services": each.services,
            }
            for each in now.maintenance
        ],
    }


def _acts(actor: Actor) -> list[Act]:
    """What who manages servers may do with the public address."""
    is_open = actor.may(READ) and bool(status_address(actor))
    name = "ict.close_status_address" if is_open else "ict.open_status_address"
    acts = [
        act_for(actor, name, icon="world", at_once=not is_open, back="/ict/status"),
        act_for(actor, "ict.show_services_publicly", icon="eye", back="/ict/status"),
    ]
    return [act for act in acts if act]


STATUS = PlainView(
    key="ict.status",
    title=_("Status of services"),
    permission=ASK,
    template="ict/status.html",
    content=_content,
)
