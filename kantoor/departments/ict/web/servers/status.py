"""The status page: how the services do, for everybody who works with them."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.queries.servers.status import ASK, status_now
from kantoor.departments.ict.web.servers import words
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.plain_view import PlainView
from kantoor.kernel.ui.address import Address
from kantoor.kernel.ui.formats import moment

TROUBLED = ("down", "incident")


def _content(actor: Actor, _address: Address) -> Mapping[str, Any]:
    now = status_now(actor)
    return {
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


STATUS = PlainView(
    key="ict.status",
    title=_("Status of services"),
    permission=ASK,
    template="ict/status.html",
    content=_content,
)
