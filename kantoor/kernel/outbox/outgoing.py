"""Events become deliveries in the transaction of the action that published them: none is lost."""

import re
import secrets
import sys
from collections.abc import Sequence
from dataclasses import is_dataclass
from datetime import UTC, datetime
from fnmatch import fnmatchcase

import msgspec

from kantoor.kernel.actions.events import keep_before_commit
from kantoor.kernel.actions.registry import department_of
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.outbox.models import Delivery, Endpoint


def event_type(kind: type[object]) -> str:
    """The name receivers know an event by: `finance.invoice_sent` for finance's InvoiceSent."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", kind.__name__).lower()
    return f"{department_of(kind.__module__)}.{words}"


def event_types() -> dict[str, type[object]]:
    """Every event that the house tells, by name: the dataclasses of its `events.py` files."""
    return {
        event_type(kind): kind
        for name, module in sorted(sys.modules.items())
        if name.startswith("kantoor.") and name.endswith(".events") and module is not None
        for kind in vars(module).values()
        if is_dataclass(kind) and isinstance(kind, type) and kind.__module__ == name
    }


@keep_before_commit
def keep_deliveries(actor: Actor, events: Sequence[object]) -> None:
    """Note for every endpoint of the company that listens what it is to be told."""
    listening = list(
        Endpoint.objects.filter(company=actor.company_id, active=True).values_list(
            "pk", "event_types"
        )
    )
    if not listening:
        return
    now = datetime.now(UTC)
    Delivery.objects.bulk_create(
        (
            Delivery(
                endpoint_id=endpoint_id,
                message_id=f"msg_{secrets.token_urlsafe(20)}",
                event_type=name,
                body=_body(name, event, now),
                next_at=now,
                created_at=now,
            )
            for event in events
            for endpoint_id, wanted in listening
            if listens(wanted, name := event_type(type(event)))
        ),
        batch_size=500,
    )


def listens(patterns: str, name: str) -> bool:
    """Whether an endpoint with these patterns wants events of that name."""
    return any(fnmatchcase(name, pattern) for pattern in patterns.split())


def _body(name: str, event: object, at: datetime) -> str:
    told = {"type": name, "timestamp": at.isoformat().replace("+00:00", "Z"), "data": event}
    return msgspec.json.encode(told, enc_hook=str).decode()
