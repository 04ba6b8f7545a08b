"""Sign-in: whether somebody is who they say, with every attempt in the record and none for free.

Who guesses learns nothing: an unknown name, a wrong password and a closed account get the same
answer in the same time.
"""

import logging

from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import EVERYONE, INSTALLATION, Actor, actor_for, companies_of
from kantoor.kernel.actors.attempts import another_attempt, forget_attempts
from kantoor.kernel.actors.models import User
from kantoor.kernel.actors.passwords import is_right
from kantoor.kernel.errors import DomainError

log = logging.getLogger(__name__)


class SignInRefused(DomainError):
    """The name and the password do not belong together."""

    code = "sign_in.refused"
    status = 401


class TooManyAttempts(DomainError):
    """It was tried too often; nothing is looked at for a while."""

    code = "sign_in.too_often"
    status = 429


def sign_in(*, user: str, password: str, address: str) -> User:
    """The person of that name and password; raises SignInRefused or TooManyAttempts.

    `address` is where the attempt comes from. What is right or wrong about it is found out before
    the action, so that nobody waits for the slow hash of a password in a transaction.
    """
    name = user.strip().lower()[:150]
    if not another_attempt(name, address):
        log.warning("too many sign-ins from %s", address)
        raise TooManyAttempts(_("That was tried too often; wait a quarter of an hour."))
    found = User.objects.filter(sign_in=name, kind="person", active=True).first()
    right = is_right(found, password)
    if found is None or not right or not companies_of(found):
        judge_sign_in(_nobody(found), accepted=False, address=address)
        raise AssertionError("not reached")
    judge_sign_in(actor_for(found, companies_of(found)[0]), accepted=True, address=address)
    forget_attempts(name, address)
    return found


@action(permission=EVERYONE, title=_("Sign in"), hidden=True)
def judge_sign_in(actor: Actor, /, *, accepted: bool, address: str) -> None:
    """Note a sign-in; a refused one raises SignInRefused, and stands in the record as such."""
    if actor.user_id is not None:
        concerns(f"kernel.user/{actor.user_id}")
    if not accepted:
        log.info("sign-in refused from %s", address)
        raise SignInRefused(_("This name and password do not belong together; try again."))


@action(permission=EVERYONE, title=_("Sign out"), hidden=True)
def sign_out(actor: Actor, /) -> None:
    """Note that somebody signed out."""
    concerns(f"kernel.user/{actor.user_id}")


def _nobody(found: User | None) -> Actor:
    return Actor(
        user_id=found.pk if found else None,
        name="",
        company_id=INSTALLATION,
    )
