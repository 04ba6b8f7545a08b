"""Requests that are performed once: the same key again gives the same answer and does nothing.

The key is kept in the transaction of the action itself, with its answer: both are there or none.
"""

import hmac
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actions.registry import Action
from kantoor.kernel.actions.runner import perform
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.approvals import waiting_for
from kantoor.kernel.actors.models import Approval, IdempotencyKey
from kantoor.kernel.errors import Conflict, InvalidInput
from kantoor.kernel.record.keyring import secrets
from kantoor.kernel.store.turns import take_turn

LONGEST_KEY = 200
FIELD = "Idempotency-Key"


class KeyReused(Conflict):
    """The idempotency key was used before, for another request."""

    code = "idempotency.reused"


class ShownOnce(Conflict):
    """It was performed under this key before, and its answer was a secret that is not kept."""

    code = "idempotency.shown_once"


class _PerformedBefore(Exception):
    """Carries the answer out of the transaction that had nothing to do."""

    def __init__(self, answer: bytes) -> None:
        super().__init__()
        self.answer = answer


@dataclass(frozen=True, slots=True)
class Once:
    """A key of an actor in its company, with the request it is for."""

    actor: Actor
    key: str
    digest: str
    encode: Callable[[Any], bytes]
    waits: bool = False
    """What is performed is the request for approval of what was asked."""

    def before(self) -> None:
        """Within the transaction: wait for whoever has the same key, and look what came of it."""
        # Two at once: the second waits here until the first is committed or undone.
        take_turn(f"{self.actor.company_id}/{self.actor.user_id}/{self.key}")
        known = IdempotencyKey.objects.filter(
            company_id=self.actor.company_id, actor_id=self.actor.user_id or 0, key=self.key
        ).first()
        if known is not None:
            self._answer_again(known)

    def _answer_again(self, known: IdempotencyKey) -> None:
        if known.request != self.digest:
            message = _("This idempotency key was used for another request; take a new one.")
            raise KeyReused(message, field=FIELD)
        if known.approval_id is not None:
            raise waiting_for(Approval.objects.get(pk=known.approval_id))
        if not known.answer:
            message = _("This was done before; its answer was shown once and is kept nowhere.")
            raise ShownOnce(message, field=FIELD)
        raise _PerformedBefore(known.answer.encode())

    def after(self, declared: Action, result: Any) -> None:
        """Within the transaction and the act: keep the answer under the key."""
        keeps = not (self.waits or declared.answers_secret)
        IdempotencyKey.objects.create(
            company_id=self.actor.company_id,
            actor_id=self.actor.user_id or 0,
            key=self.key,
            request=self.digest,
            answer=self.encode(result).decode() if keeps else "",
            approval_id=result if self.waits else None,
            at=time.time_ns() // 1000,
        )


def perform_once(
    actor: Actor,
    declared: Action,
    parameters: Mapping[str, Any],
    *,
    key: str,
    encode: Callable[[Any], bytes],
) -> bytes:
    """Perform an action under a key that is the actor's own; gives the answer, encoded.

    A request that was refused is not kept: mended, it may come again under its key. Raises
    KeyReused, ShownOnce, and what the action raises.
    """
    if not 0 < len(key) <= LONGEST_KEY or not key.isprintable():
        message = _("An idempotency key has from 1 to {most} printable characters.")
        raise InvalidInput(message.format(most=LONGEST_KEY), field=FIELD)
    once = Once(actor, key, _digest(declared, parameters), encode)
    try:
        return encode(perform(declared, actor, parameters, once))
    except _PerformedBefore as before:
        return before.answer


def _digest(declared: Action, parameters: Mapping[str, Any]) -> str:
    """What was asked, under a key outside the database: it may hold a password."""
    text = _encoder.encode([declared.name, dict(parameters)])
    return hmac.digest(secrets().sealing, b"once " + text, "sha256").hex()


_encoder = msgspec.msgpack.Encoder(enc_hook=repr, order="deterministic")
