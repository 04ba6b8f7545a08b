"""Bearer tokens for the API: made for oneself or for a machine, shown once, kept as a digest."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime

import msgspec
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import EVERYONE, Actor, covers
from kantoor.kernel.actors.colleagues import colleague
from kantoor.kernel.actors.companies import MANAGE_INSTALLATION
from kantoor.kernel.actors.models import RolePermission, Token, User
from kantoor.kernel.actors.roles import checked_permission
from kantoor.kernel.errors import Conflict, InvalidInput, NotAllowed, NotFound

MANAGE_TOKENS = "kernel.manage_tokens"
PREFIX = "kb."
"""Tokens begin with this, so that scanners for leaked secrets recognise them."""
CONSOLE = "kb.console."
"""So begin those made where nobody signed in. The digest covers it: nobody can take it off."""


class NewToken(msgspec.Struct, frozen=True):
    """A token that was made; it is shown this once and kept nowhere."""

    token: str


@action(permission=EVERYONE, title=_("Make a token"), answers_secret=True)
def create_token(
    actor: Actor,
    /,
    *,
    name: str,
    user: str = "",
    scopes: Sequence[str] = (),
    expires_at: datetime | None = None,
) -> NewToken:
    """Make a token for the API, for oneself or for a machine (`user`), in this company.

    `scopes` are the permissions it is limited to; none means all its user has.
    A token can't do more than who makes it may do: one made with a limited token is limited as
    well, and one for a machine is refused where the machine may do more than its maker. One made
    at the console is no person's eyes, since nobody signed in for it (`tells_who`).
    """
    limited_to = frozenset(checked_permission(scope, "scopes") for scope in scopes)
    owner = _owner(actor, user)
    _refuse_wider(actor, limited_to)
    if not name.strip():
        raise InvalidInput(_("Name the token after what it is for."), field="name")
    if expires_at is not None and expires_at.tzinfo is None:
        raise InvalidInput(_("Give the moment with its time zone."), field="expires_at")
    if expires_at is not None and expires_at <= timezone.now():
        raise InvalidInput(_("This moment is past already."), field="expires_at")
    if _live(actor, owner, name).exists():
        message = _("There is a token “{name}” already; revoke it first.").format(name=name)
        raise Conflict(message, field="name")
    secret = (PREFIX if actor.signed_in else CONSOLE) + secrets.token_urlsafe(32)
    token = Token.objects.create(
        user=owner,
        company_id=actor.company_id,
        name=name.strip(),
        hash=hashlib.sha256(secret.encode()).hexdigest(),
        scopes=" ".join(sorted(limited_to)),
        created_at=timezone.now(),
        expires_at=expires_at,
    )
    concerns(f"kernel.token/{token.pk}")
    return NewToken(secret)


def tells_who(secret: str) -> bool:
    """Whether who made this token had signed in, so that it can stand for a person's own eyes."""
    return not secret.startswith(CONSOLE)


@action(permission=EVERYONE, title=_("Revoke a token"))
def revoke_token(actor: Actor, /, *, name: str, user: str = "") -> None:
    """End a token of oneself, or of somebody whose tokens one manages; it stops working at once."""
    owner = (
        User.objects.filter(pk=actor.user_id or 0).first() if not user else colleague(actor, user)
    )
    if owner is None or (owner.pk != actor.user_id and not actor.may(MANAGE_TOKENS)):
        raise NotAllowed(_("You may not revoke tokens of others."), field="user")
    token = _live(actor, owner, name).first()
    if token is None:
        raise NotFound(_("There is no token “{name}”.").format(name=name), field="name")
    token.revoked_at = timezone.now()
    token.save()
    concerns(f"kernel.token/{token.pk}")


def _live(actor: Actor, owner: User, name: str) -> QuerySet[Token]:
    return Token.objects.filter(
        user=owner, company=actor.company_id, name=name.strip(), revoked_at=None
    )


def _refuse_wider(actor: Actor, scopes: frozenset[str]) -> None:
    """Refuse that a limited token makes one that is less limited."""
    if not actor.scopes:
        return
    if not scopes or not all(covers(actor.scopes, scope) for scope in scopes):
        mine = " ".join(sorted(actor.scopes))
        message = _("You work with a token for {scopes} only; a token you make can't have more.")
        raise NotAllowed(message.format(scopes=mine), field="scopes")


def _owner(actor: Actor, sign_in: str) -> User:
    """Whose token it becomes; raises NotAllowed where it would let somebody act as another."""
    if not sign_in:
        found = (
            User.objects.filter(pk=actor.user_id or 0, active=True).exclude(kind="system").first()
        )
        if found is None:
            raise InvalidInput(_("Say whose token it is."), field="user")
        return found
    owner = colleague(actor, sign_in)
    if owner.pk == actor.user_id:
        return owner
    if not actor.may(MANAGE_TOKENS):
        raise NotAllowed(_("You may make tokens for yourself only."), field="user")
    if owner.kind != "machine":
        message = _("A person makes their own tokens; nobody else acts as they.")
        raise NotAllowed(message, field="user")
    if not actor.may(MANAGE_INSTALLATION) and not _within(actor, owner):
        message = _("{name} may do more than you; ask somebody who may do all of it.")
        raise NotAllowed(message.format(name=owner.name), field="user")
    return owner


def _within(actor: Actor, machine: User) -> bool:
    """Whether all that the machine may do, limits included, is allowed to the actor."""
    if machine.administrator:
        return False
    granted = RolePermission.objects.filter(
        role__grant__user=machine, role__grant__company=actor.company_id, role__grant__ended_at=None
    )
    return all(
        _allows(actor, permission, most)
        for permission, most in granted.values_list("permission", "limit_minor")
    )


def _allows(actor: Actor, permission: str, most: int | None) -> bool:
    """Whether the actor has this permission, perhaps a pattern, with this limit or a higher one."""
    if not covers(actor.permissions, permission):
        return False
    if any(covers(frozenset({permission}), lost) for lost in actor.excluded):
        return False
    mine = actor.limit(permission)
    return mine is None or (most is not None and most <= mine)
