"""Idempotency keys: the same request again gives the same answer and does nothing."""

import hashlib
import time
from typing import Any

import msgspec
from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actions.registry import Action, action_named
from kantoor.kernel.actions.runner import action, authorise
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.approvals import EVERYONE
from kantoor.kernel.actors.models import IdempotencyKey
from kantoor.kernel.errors import Conflict, InvalidInput

LONGEST_KEY = 200


class KeyReused(Conflict):
    """The idempotency key was used before, for another request."""

    code = "idempotency.reused"


def perform_once(actor: Actor, declared: Action, parameters: dict[str, Any], key: str) -> bytes:
    """Perform an action under an idempotency key; gives the answer as JSON."""
    if len(key) > LONGEST_KEY:
        raise InvalidInput(_("An idempotency key has at most 200 characters."), field="key")
    text = msgspec.json.encode([declared.name, parameters], order="sorted")
    digest = hashlib.sha256(text).hexdigest()
    if (known := _answer(actor, key, digest)) is not None:
        return known
    # Asked here, since a request for approval outlives the transaction that is refused.
    authorise(declared, actor, parameters)
    try:
        answer: str = once(
            actor, action_name=declared.name, parameters=parameters, key=key, digest=digest
        )
    except IntegrityError:
        # Somebody performed the same request in the meantime.
        if (known := _answer(actor, key, digest)) is None:
            raise
        return known
    return answer.encode()


def _answer(actor: Actor, key: str, digest: str) -> bytes | None:
    known = IdempotencyKey.objects.filter(actor_id=actor.user_id or 0, key=_own(actor, key)).first()
    if known is None:
        return None
    if known.request != digest:
        message = _("This idempotency key was used for another request; take a new one.")
        raise KeyReused(message, field="Idempotency-Key")
    return known.answer.encode()


def _own(actor: Actor, key: str) -> str:
    """The key within its company: the same key of another company is another one."""
    return f"{actor.company_id}/{key}"


@action(permission=EVERYONE, title=_("Perform once"), hidden=True)
def once(
    actor: Actor, /, *, action_name: str, parameters: dict[str, Any], key: str, digest: str
) -> str:
    """Perform an action and keep its answer under the key, in one transaction."""
    declared = action_named(action_name)
    assert declared is not None
    answer = encoded(declared.call(actor, **parameters)).decode()
    IdempotencyKey.objects.create(
        actor_id=actor.user_id or 0,
        key=_own(actor, key),
        request=digest,
        answer=answer,
        at=time.time_ns() // 1000,
    )
    return answer


def encoded(result: Any) -> bytes:
    """What an action or query gave, as JSON; nothing is null."""
    return msgspec.json.encode(result, enc_hook=str)
