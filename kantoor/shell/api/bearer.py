"""Who calls the API: bearer tokens, which belong to a person or machine in one company."""

import hashlib
from dataclasses import replace

from django.http import HttpRequest
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor, actor_for
from kantoor.kernel.actors.models import Token
from kantoor.kernel.actors.tokens import tells_who
from kantoor.kernel.errors import DomainError


class NotSignedIn(DomainError):
    """No token, an unknown one, or one that has expired or was revoked."""

    code = "not_signed_in"
    status = 401


class TokenExpired(NotSignedIn):
    """The token's time is over, or it was revoked."""

    code = "token.expired"


def caller(request: HttpRequest) -> Actor:
    """The actor whose bearer token the request carries; a cookie never says who calls.

    From here on answers are in the caller's language, unless the request asks for another.
    Raises NotSignedIn, TokenExpired, and NotAllowed for who has no role in the company any more.
    """
    scheme, _space, secret = request.headers.get("Authorization", "").strip().partition(" ")
    if scheme.lower() != "bearer" or not secret.strip():
        raise NotSignedIn(_("Send a token: “Authorization: Bearer …”."))
    actor = actor_of_token(secret.strip())
    if "Accept-Language" not in request.headers:
        translation.activate(actor.language)
    return actor


def actor_of_token(secret: str) -> Actor:
    """The actor whose token this is. Raises NotSignedIn, TokenExpired, and NotAllowed."""
    digest = hashlib.sha256(secret.encode(errors="replace")).hexdigest()
    token = Token.objects.select_related("user", "company").filter(hash=digest).first()
    if token is None or not token.user.active:
        raise NotSignedIn(_("This token is not known."))
    over = token.expires_at is not None and token.expires_at <= timezone.now()
    if over or token.revoked_at is not None:
        raise TokenExpired(_("This token has expired or was revoked; make a new one."))
    actor = actor_for(token.user, token.company, frozenset(token.scopes.split()))
    return replace(actor, signed_in=tells_who(secret))
