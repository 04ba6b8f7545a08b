"""Deliver what waits: tried again at growing distances, given up after the last, replayable."""

import http.client
import time
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.jobs.declared import job
from kantoor.kernel.jobs.schedule import every
from kantoor.kernel.jobs.work import Work
from kantoor.kernel.outbox.actions import close_endpoint
from kantoor.kernel.outbox.models import DEAD, DELIVERED, WAITING, Delivery
from kantoor.kernel.outbox.sending import AddressRefused, Answer, send
from kantoor.kernel.outbox.signing import signature, unlocked

AGAIN_AFTER_S = (5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400)
"""The distances that Standard Webhooks proposes: three days in all."""
GONE = 410
AT_ONCE = 200
"""Deliveries of one run of the job, so that the queue of quick jobs moves on."""
NO_LONGER_THAN_S = 30.0
"""How long one run goes on, for the same reason."""
IN_A_ROW = 3
"""After so many failures of one endpoint in a run the rest of its deliveries wait."""


def anything_due() -> bool:
    """Whether a delivery waits for its turn."""
    return Delivery.objects.filter(state=WAITING, next_at__lte=timezone.now()).exists()


@every(seconds=2, when=anything_due)
@job(title=_("Deliver webhooks"), quick=True)
def deliver_webhooks(work: Work, /) -> int:
    """Deliver what is due, the oldest first; gives how many were tried."""
    due = Delivery.objects.filter(state=WAITING, next_at__lte=timezone.now())
    failures: dict[int, int] = {}
    tried, until = 0, time.monotonic() + NO_LONGER_THAN_S
    for delivery in due.select_related("endpoint").order_by("next_at", "id")[:AT_ONCE]:
        if time.monotonic() > until:
            break
        if failures.get(delivery.endpoint_id, 0) >= IN_A_ROW:
            continue
        tried += 1
        if not deliver(work, delivery):
            failures[delivery.endpoint_id] = failures.get(delivery.endpoint_id, 0) + 1
        work.progress(tried)
    return tried


def deliver(work: Work, delivery: Delivery) -> bool:
    """Try one delivery and keep what came of it; gives whether the receiver took it."""
    if not delivery.endpoint.active:
        delivery.state, delivery.answer = DEAD, "endpoint closed"
        delivery.save()
        return False
    answer = _send(delivery)
    delivery.attempts += 1
    delivery.status, delivery.answer = answer.status or None, answer.words[:300]
    taken = 200 <= answer.status < 300
    if taken:
        delivery.state, delivery.delivered_at = DELIVERED, timezone.now()
    elif answer.status == GONE or delivery.attempts > len(AGAIN_AFTER_S):
        delivery.state = DEAD
    else:
        wait = timedelta(seconds=AGAIN_AFTER_S[delivery.attempts - 1])
        delivery.next_at = timezone.now() + wait
    delivery.save()
    if answer.status == GONE:
        close_endpoint(work.actor, endpoint_id=delivery.endpoint_id)
    return taken


def _send(delivery: Delivery) -> Answer:
    """The receiver's answer, or status 0 with what went wrong on the way."""
    body = delivery.body.encode()
    timestamp = int(time.time())
    secret = unlocked(delivery.endpoint.secret)
    headers = {
        "webhook-id": delivery.message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signature(secret, delivery.message_id, timestamp, body),
    }
    try:
        return send(delivery.endpoint.url, headers, body)
    except AddressRefused as refused:
        return Answer(0, str(refused.message))
    except (OSError, http.client.HTTPException) as problem:
        return Answer(0, f"{type(problem).__name__}: {problem}")
