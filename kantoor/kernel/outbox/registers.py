"""What can be asked about webhooks: the endpoints, and what became of each delivery."""

from datetime import datetime

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.outbox.models import Delivery, Endpoint
from kantoor.kernel.paging import PAGE, Page, page_by
from kantoor.kernel.queries import query

READ_WEBHOOKS = "kernel.read_webhooks"


class EndpointRow(msgspec.Struct, frozen=True):
    """An endpoint, without its secret."""

    name: str
    url: str
    event_types: list[str]
    active: bool
    created_at: datetime


class DeliveryRow(msgspec.Struct, frozen=True):
    """A delivery: `state` is waiting, delivered or dead; `status` the last HTTP status."""

    message_id: str
    endpoint: str
    event_type: str
    state: str
    attempts: int
    status: int | None
    answer: str
    next_at: datetime
    created_at: datetime
    delivered_at: datetime | None


@query(permission=READ_WEBHOOKS, title=_("Webhooks"), exposed=True)
def endpoints(actor: Actor, /) -> list[EndpointRow]:
    """The endpoints of this company."""
    found = Endpoint.objects.filter(company=actor.company_id).order_by("name")
    return [
        EndpointRow(each.name, each.url, each.event_types.split(), each.active, each.created_at)
        for each in found
    ]


@query(permission=READ_WEBHOOKS, title=_("Deliveries of webhooks"), exposed=True)
def deliveries(
    actor: Actor,
    /,
    *,
    endpoint: str = "",
    state: str = "",
    cursor: str = "",
    limit: int = PAGE,
) -> Page[DeliveryRow]:
    """What was or is to be delivered, the latest first."""
    found = Delivery.objects.filter(endpoint__company=actor.company_id)
    if endpoint:
        found = found.filter(endpoint__name=endpoint)
    if state:
        found = found.filter(state=state)
    found = found.select_related("endpoint").defer("body")
    page = page_by(found, order=("-id",), cursor=cursor, limit=limit, totals={})
    return page.map(_row)


def _row(delivery: Delivery) -> DeliveryRow:
    return DeliveryRow(
        delivery.message_id,
        delivery.endpoint.name,
        delivery.event_type,
        delivery.state,
        delivery.attempts,
        delivery.status,
        delivery.answer,
        delivery.next_at,
        delivery.created_at,
        delivery.delivered_at,
    )
