"""Endpoints for webhooks: add, change, close; and deliver again what was given up."""

import msgspec
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.companies import MANAGE_INSTALLATION
from kantoor.kernel.errors import Conflict, InvalidInput, NotFound
from kantoor.kernel.outbox.models import DEAD, DELIVERED, WAITING, Delivery, Endpoint
from kantoor.kernel.outbox.sending import checked_url
from kantoor.kernel.outbox.signing import locked, new_secret

MANAGE_WEBHOOKS = "kernel.manage_webhooks"


class EndpointSecret(msgspec.Struct, frozen=True):
    """The secret that the receiver checks signatures with; shown this once."""

    name: str
    secret: str


@action(permission=MANAGE_WEBHOOKS, title=_("Add a webhook"), answers_secret=True)
def add_endpoint(actor: Actor, /, *, name: str, url: str, event_types: str = "*") -> EndpointSecret:
    """Tell an address of events from now on; gives the secret to check signatures with.

    `event_types` are patterns with spaces between (`finance.* sales.order_placed`).
    Raises AddressRefused unless the address is https (settings may allow more).
    """
    checked_url(url)
    if not name.strip() or not event_types.split():
        raise InvalidInput(_("Give a name and at least one kind of event."), field="name")
    if Endpoint.objects.filter(company=actor.company_id, name=name.strip()).exists():
        raise Conflict(_("There is a webhook “{name}” already.").format(name=name), field="name")
    secret = new_secret()
    endpoint = Endpoint.objects.create(
        company_id=actor.company_id,
        name=name.strip(),
        url=url,
        secret=locked(secret),
        event_types=" ".join(event_types.split()),
        created_at=timezone.now(),
    )
    concerns(_about(endpoint))
    return EndpointSecret(endpoint.name, secret)


@action(permission=MANAGE_WEBHOOKS, title=_("Change a webhook"))
def change_endpoint(
    actor: Actor,
    /,
    *,
    name: str,
    url: str | None = None,
    event_types: str | None = None,
    active: bool | None = None,
) -> None:
    """Change where a webhook goes, what it is told, or whether; the rest stays as it is."""
    endpoint = _endpoint(actor, name)
    if url is not None:
        checked_url(url)
        endpoint.url = url
    if event_types is not None:
        if not event_types.split():
            raise InvalidInput(_("Name at least one kind of event."), field="event_types")
        endpoint.event_types = " ".join(event_types.split())
    if active is not None:
        endpoint.active = active
    endpoint.save()
    concerns(_about(endpoint))


@action(permission=MANAGE_WEBHOOKS, title=_("Give a webhook a new secret"), answers_secret=True)
def renew_endpoint_secret(actor: Actor, /, *, name: str) -> EndpointSecret:
    """Sign with a new secret from now on, as when the old one became known."""
    endpoint, secret = _endpoint(actor, name), new_secret()
    endpoint.secret = locked(secret)
    endpoint.save()
    concerns(_about(endpoint))
    return EndpointSecret(endpoint.name, secret)


@action(permission=MANAGE_WEBHOOKS, title=_("Remove a webhook"))
def remove_endpoint(actor: Actor, /, *, name: str) -> None:
    """Remove a webhook with all that still waited to be delivered to it."""
    endpoint = _endpoint(actor, name)
    concerns(_about(endpoint))
    Delivery.objects.filter(endpoint=endpoint).delete()
    endpoint.delete()


@action(permission=MANAGE_WEBHOOKS, title=_("Deliver a webhook again"))
def replay_delivery(actor: Actor, /, *, message_id: str) -> None:
    """Deliver once more what was given up or delivered before, under the same identifier."""
    found = Delivery.objects.filter(message_id=message_id, endpoint__company=actor.company_id)
    delivery = found.first()
    if delivery is None:
        raise NotFound(_("There is no such delivery."), field="message_id")
    if delivery.state not in (DEAD, DELIVERED):
        raise Conflict(_("This still waits to be delivered."), field="message_id")
    delivery.state, delivery.attempts, delivery.next_at = WAITING, 0, timezone.now()
    delivery.save()


@action(permission=MANAGE_INSTALLATION, title=_("Close a webhook that is gone"), hidden=True)
def close_endpoint(actor: Actor, /, *, endpoint_id: int) -> None:
    """Stop telling an address that answered 410 Gone."""
    endpoint = Endpoint.objects.get(pk=endpoint_id)
    endpoint.active = False
    endpoint.save()
    concerns(_about(endpoint))


def _endpoint(actor: Actor, name: str) -> Endpoint:
    found = Endpoint.objects.filter(company=actor.company_id, name=name).first()
    if found is None:
        raise NotFound(_("There is no webhook “{name}”.").format(name=name), field="name")
    return found


def _about(endpoint: Endpoint) -> str:
    return f"kernel.endpoint/{endpoint.pk}"
