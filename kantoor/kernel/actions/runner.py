"""The runner: authorise, open the transaction, call, record, commit, tell.

`@action` makes a plain function with the acting person first into an action. Calling it performs
it through the runner; an action that calls another joins its transaction and its record.
"""

import functools
import hmac
import inspect
import logging
import time
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

import msgspec
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actions import events, unit
from kantoor.kernel.actions.context import approved_by, cause_given
from kantoor.kernel.actions.registry import Action, NeedsSecond, department_of, register
from kantoor.kernel.actions.unit import Act
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.days import where
from kantoor.kernel.errors import DomainError, NotAllowed
from kantoor.kernel.record.append import RecordDamaged, append, append_refusal
from kantoor.kernel.record.keyring import secrets
from kantoor.kernel.store.pipeline import forget

if TYPE_CHECKING:
    from kantoor.kernel.actions.once import Once

P = ParamSpec("P")
T = TypeVar("T")
log = logging.getLogger(__name__)

TRIES = 4
"""How often a transaction is tried that the database gave up for another's sake."""


class NeedsSecondPair(DomainError):
    """The action waits for somebody else's approval; `approval_id` names the request."""

    code = "approval.waiting"
    status = 202
    approval_id: int = 0


def action(
    *,
    permission: str,
    title: object,
    second_pair: NeedsSecond | None = None,
    bulk_of: str = "",
    hidden: bool = False,
    answers_secret: bool = False,
) -> Callable[[Callable[Concatenate[Actor, P], T]], Callable[Concatenate[Actor, P], T]]:
    """Declare an action.

    `title` is its plain-language name (gettext_lazy); `second_pair` tells from actor and
    parameters why a second person must approve, or None; `bulk_of` names the single form this is
    the bulk of; `hidden` keeps it off the faces, for actions only other actions call;
    `answers_secret` says that its answer is shown once and kept nowhere.
    """

    def declare(
        function: Callable[Concatenate[Actor, P], T],
    ) -> Callable[Concatenate[Actor, P], T]:
        @functools.wraps(function)
        def call(actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> T:
            assert not args, "parameters after the actor are given by name"
            return perform(declared, actor, kwargs)  # type: ignore[no-any-return]

        declared = Action(
            name=f"{department_of(function.__module__)}.{function.__name__}",
            permission=permission,
            title=title,
            function=function,
            call=call,
            second_pair=second_pair,
            bulk_of=bulk_of,
            hidden=hidden,
            answers_secret=answers_secret,
        )
        register(declared)
        call.action = declared  # type: ignore[attr-defined]
        return call

    return declare


def perform(
    declared: Action, actor: Actor, parameters: Mapping[str, Any], once: "Once | None" = None
) -> Any:
    """Perform an action: alone in a transaction, or as part of the action that calls it.

    `once` is asked and told within the transaction (actions/once.py).
    """
    act = _act(declared, actor, parameters)
    under_way = unit.current()
    if under_way is not None:
        # Its day is that of the action that it is part of.
        _authorise_part(declared, actor, parameters)
        return _call(under_way, act, declared, actor, parameters)
    with where(actor):
        return _perform_alone(act, declared, actor, parameters, once)


def _perform_alone(
    act: Act,
    declared: Action,
    actor: Actor,
    parameters: Mapping[str, Any],
    once: "Once | None",
) -> Any:
    try:
        authorise(declared, actor, parameters, once)
        result, happened = _transaction(act, declared, actor, parameters, once)
    except (NeedsSecondPair, RecordDamaged):
        raise
    except DomainError as refusal:
        _record_refusal(act, refusal)
        raise
    events.tell(happened)
    return result


def authorise(
    declared: Action, actor: Actor, parameters: Mapping[str, Any], once: "Once | None" = None
) -> None:
    """Refuse an actor without the permission, or ask for a second pair of eyes."""
    _permitted(declared, actor)
    if declared.second_pair is None or approved_by.get() == declared.name:
        return
    if why := declared.second_pair(actor, parameters):
        from kantoor.kernel.actors.approvals import ask_approval

        raise ask_approval(actor, declared, parameters, why, once)


def _authorise_part(declared: Action, actor: Actor, parameters: Mapping[str, Any]) -> None:
    """Authorise an action that another calls.

    It can't wait for a second person while the other goes on; what was approved is approved with
    all that it does.
    """
    _permitted(declared, actor)
    if declared.second_pair is None or approved_by.get():
        return
    if why := declared.second_pair(actor, parameters):
        raise NotAllowed(
            _("“{title}” needs a second person first ({why}); do it by itself.").format(
                title=declared.title, why=why
            )
        )


def _permitted(declared: Action, actor: Actor) -> None:
    if not actor.may(declared.permission):
        raise NotAllowed(
            _("You may not do this: “{title}” needs the permission {permission}.").format(
                title=declared.title, permission=declared.permission
            )
        )


def _act(declared: Action, actor: Actor, parameters: Mapping[str, Any]) -> Act:
    return Act(
        action=declared.name,
        company_id=actor.company_id,
        actor_id=actor.user_id,
        request=request_digest(parameters),
        cause=cause_given.get(),
        given=cause_given.get(),
    )


def request_digest(parameters: Mapping[str, Any]) -> bytes:
    """HMAC-SHA-256 of the parameters under a key outside the database.

    The record thereby holds to what was asked without holding any of it.
    """
    text = _encoder.encode(dict(parameters))
    return hmac.digest(secrets().sealing, text, "sha256")


def _as_text(value: object) -> str:
    """A parameter that is no plain data, as the record's digest sees it: what it says it is.

    Reading a stream here would leave nothing to the action; where it lies in memory says nothing.
    Such an action takes what can be read again, and the digest of its content beside it.
    """
    if isinstance(value, Iterator):
        raise TypeError("an action's parameters are data, or can be read again")
    return repr(value)


_encoder = msgspec.msgpack.Encoder(enc_hook=_as_text)


def _transaction(
    act: Act,
    declared: Action,
    actor: Actor,
    parameters: Mapping[str, Any],
    once: "Once | None",
) -> tuple[Any, list[object]]:
    for attempt in range(1, TRIES + 1):
        try:
            with transaction.atomic(durable=True), unit.opened() as work:
                if once is not None:
                    once.before()
                result = _call(work, act, declared, actor, parameters, once)
                with unit.resumed(work, act):
                    events.before_commit(actor, work.events)
                append(work)
                return result, work.events
        except DatabaseError as error:
            forget()
            if attempt == TRIES or not _lost_a_race(error):
                raise
            log.info("trying again: %s", error)
            act.changes.clear()
            act.touched.clear()
            act.failed = False
            time.sleep(0.01 * 2**attempt)
        except BaseException:
            forget()
            raise
    raise AssertionError("not reached")


def _lost_a_race(error: DatabaseError) -> bool:
    """Whether PostgreSQL ended the transaction for another's sake (deadlock, serialization)."""
    code = getattr(error.__cause__, "sqlstate", "")
    return code in ("40001", "40P01") and not isinstance(error, IntegrityError)


def _call(
    work: unit.Unit,
    act: Act,
    declared: Action,
    actor: Actor,
    parameters: Mapping[str, Any],
    once: "Once | None" = None,
) -> Any:
    if work.stack:
        caller = work.stack[-1]
        act.parent = work.acts.index(caller)
        if act.given == caller.given:
            act.cause = ""  # Its cause is the act that calls it, which names its own.
    work.acts.append(act)
    work.stack.append(act)
    try:
        result = declared.function(actor, **parameters)
        if once is not None:
            once.after(declared, result)
        return result
    except BaseException:
        act.failed = True
        raise
    finally:
        work.stack.pop()


def _record_refusal(act: Act, refusal: DomainError) -> None:
    if connection.needs_rollback:
        return  # The caller's own transaction is lost; there is nowhere to write.
    try:
        with transaction.atomic():
            append_refusal(act, refusal.code)
    except (DatabaseError, RecordDamaged):
        # The person still hears why it was refused; what is wrong here is for the log.
        log.exception("the refusal of %s (%s) was not recorded", act.action, refusal.code)


def signature_of(function: Callable[..., Any]) -> inspect.Signature:
    return inspect.signature(function)
