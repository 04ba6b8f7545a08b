"""Passwords: how they are hashed, which are good enough, and how one is made up.

The rules follow NIST SP 800-63B: length and a list of common ones, no rules about characters.
"""

import secrets
from functools import cache

from django.contrib.auth.hashers import Argon2PasswordHasher, check_password, make_password
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.models import User
from kantoor.kernel.errors import DomainError

SHORTEST, LONGEST = 12, 200
SIMILAR = 4
"""A name of so many letters or more may not be in the password."""
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""What made-up passwords consist of: nothing that is taken for something else when read aloud."""


class Argon2(Argon2PasswordHasher):
    """Argon2id at OWASP's setting for small memory: 19 MiB, two passes, one lane.

    Django's own setting takes 100 MiB for each sign-in, more than the whole server otherwise.
    """

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1


class WeakPassword(DomainError):
    """The password is too short, too common, or has the person's own name in it."""

    code = "password.weak"


def hashed(password: str) -> str:
    """The password as it is kept."""
    return make_password(password)


def is_right(user: User | None, password: str) -> bool:
    """Whether this is the user's password; takes as long for a user who does not exist."""
    if user is None or not user.password:
        check_password(password[:LONGEST], _nobodys())
        return False
    return check_password(password[:LONGEST], user.password)


@cache
def _nobodys() -> str:
    return make_password(secrets.token_hex())


def random_password() -> str:
    """Four groups of five letters and digits, 98 bits: `k7wd3-…`."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(5)) for _ in range(4))


def check_strength(password: str, user: User, *, field: str = "password") -> None:
    """Refuse a password that is guessed easily; raises WeakPassword."""
    if len(password) < SHORTEST:
        message = _("Use {least} characters or more; a few words in a row do well.")
        raise WeakPassword(message.format(least=SHORTEST), field=field)
    if len(password) > LONGEST:
        message = _("Use {most} characters at most.")
        raise WeakPassword(message.format(most=LONGEST), field=field)
    if len(set(password.lower())) < 5 or _is_common(password):
        message = _("Many people use this password, so it is guessed first; choose another.")
        raise WeakPassword(message, field=field)
    if _has_own_name(password, user):
        message = _("Your own name or address is in the password; choose another.")
        raise WeakPassword(message, field=field)


def _is_common(password: str) -> bool:
    # Made when needed: the list takes two megabytes, and passwords are changed once a year.
    try:
        CommonPasswordValidator().validate(password)
    except ValidationError:
        return True
    return False


def _has_own_name(password: str, user: User) -> bool:
    said = password.lower()
    own = f"{user.sign_in} {user.name} {user.email}".lower()
    words = "".join(c if c.isalnum() else " " for c in own).split()
    return any(len(word) >= SIMILAR and word in said for word in words)
