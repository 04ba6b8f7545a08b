"""Users: people and machines that may sign in or hold tokens, and their passwords.

Who manages users may do so for those who work in their own company only; users of several
companies, and administrators of the installation, are an administrator's business.
"""

import re
import secrets
from collections.abc import Sequence

import msgspec
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import EVERYONE, Actor
from kantoor.kernel.actors.attempts import recent_refusals
from kantoor.kernel.actors.colleagues import MANAGE_USERS, manageable, oneself
from kantoor.kernel.actors.companies import MANAGE_INSTALLATION, checked_language
from kantoor.kernel.actors.models import User
from kantoor.kernel.actors.passwords import check_strength, hashed, is_right, random_password
from kantoor.kernel.actors.roles import give_role
from kantoor.kernel.addresses import with_one_domain
from kantoor.kernel.errors import Conflict, InvalidInput, NotAllowed
from kantoor.kernel.record.erasure import new_subjects

_SIGN_IN = re.compile(r"[a-z0-9][a-z0-9._@+-]{1,149}")
KINDS = ("person", "machine")
MOST_GUESSES = 10


class NewUser(msgspec.Struct, frozen=True):
    """A user that was made; the password is shown this once and kept nowhere."""

    sign_in: str
    password: str


@action(permission=MANAGE_USERS, title=_("Add a user"), answers_secret=True)
def add_user(
    actor: Actor,
    /,
    *,
    sign_in: str,
    name: str,
    email: str = "",
    kind: str = "person",
    language: str = "",
    roles: Sequence[str] = (),
    administrator: bool = False,
    password: str = "",
    password_is_temporary: bool = True,
) -> NewUser:
    """Add a person or a machine, with roles in this company.

    Without a `password` one is made up. It has to be changed at the first sign-in, unless
    `password_is_temporary` is false. A machine has no password; it works with tokens.
    Raises Conflict when somebody signs in under that name, WeakPassword.
    """
    user = _new_user(sign_in, name, email, kind, language or actor.language)
    if administrator:
        _only_administrators(actor, MANAGE_INSTALLATION)
        user.administrator = True
    elif not roles and not actor.may(MANAGE_INSTALLATION):
        raise InvalidInput(_("Give the new user a role in this company."), field="roles")
    if kind == "person":
        if password:
            check_strength(password, user)
        password = password or random_password()
        user.password = hashed(password)
        user.password_is_temporary = password_is_temporary
    user.subject_id = new_subjects(1)[0]
    user.save()
    concerns(_about(user))
    for role in roles:
        give_role(actor, user, role)
    return NewUser(user.sign_in, password if kind == "person" else "")


@action(permission=MANAGE_USERS, title=_("Change a user"))
def change_user(
    actor: Actor,
    /,
    *,
    user: str,
    name: str | None = None,
    email: str | None = None,
    language: str | None = None,
    administrator: bool | None = None,
) -> None:
    """Change a user's details; what is left out stays as it is."""
    found = manageable(actor, user)
    if name is not None:
        found.name = _name(name)
    if email is not None:
        found.email = _email(email)
    if language is not None:
        found.language = checked_language(language)
    if administrator is not None and administrator != found.administrator:
        _only_administrators(actor, MANAGE_INSTALLATION)
        _not_oneself(actor, found)
        if not administrator:
            _not_the_last(found)
        found.administrator = administrator
    found.save()
    concerns(_about(found))


@action(permission=MANAGE_USERS, title=_("Close a user's account"))
def deactivate_user(actor: Actor, /, *, user: str) -> None:
    """Close an account: the user is signed out everywhere, and tokens no longer work."""
    found = manageable(actor, user)
    if found.administrator:
        _not_the_last(found)
    found.active = False
    _end_sessions(found)
    found.save()
    concerns(_about(found))


@action(permission=MANAGE_USERS, title=_("Open a closed account again"))
def reactivate_user(actor: Actor, /, *, user: str) -> None:
    """Open a closed account again, with the roles it had."""
    found = manageable(actor, user)
    _not_oneself(actor, found)
    found.active = True
    found.save()
    concerns(_about(found))


@action(permission=MANAGE_USERS, title=_("Give a user a new password"), answers_secret=True)
def reset_password(actor: Actor, /, *, user: str) -> NewUser:
    """Make up a password for somebody who forgot theirs; they change it when they sign in."""
    found = manageable(actor, user)
    if found.kind != "person":
        raise InvalidInput(_("A machine has no password; it works with tokens."), field="user")
    password = random_password()
    found.password, found.password_is_temporary = hashed(password), True
    _end_sessions(found)
    found.save()
    concerns(_about(found))
    return NewUser(found.sign_in, password)


@action(permission=EVERYONE, title=_("Change your password"))
def change_password(actor: Actor, /, *, current: str, new: str) -> None:
    """Change one's own password; every session of oneself ends.

    Raises InvalidInput when `current` is wrong, WeakPassword.
    """
    user = oneself(actor)
    if recent_refusals(actor, "kernel.change_password") >= MOST_GUESSES:
        raise NotAllowed(_("That was wrong too often; wait a quarter of an hour."))
    if not is_right(user, current):
        raise InvalidInput(_("That is not your present password."), field="current")
    if new == current:
        raise InvalidInput(_("Choose another password than the present one."), field="new")
    check_strength(new, user, field="new")
    user.password, user.password_is_temporary = hashed(new), False
    _end_sessions(user)
    user.save()
    concerns(_about(user))


@action(permission=EVERYONE, title=_("Choose your language"))
def choose_language(actor: Actor, /, *, language: str) -> None:
    """Choose the language that Kantoor speaks with oneself: `nl` or `en`."""
    user = oneself(actor)
    user.language = checked_language(language)
    user.save()


def _new_user(sign_in: str, name: str, email: str, kind: str, language: str) -> User:
    sign_in = sign_in.strip().lower()
    if not _SIGN_IN.fullmatch(sign_in):
        message = _("Use two characters or more: letters, digits and . _ - @ +.")
        raise InvalidInput(message, field="sign_in")
    if kind not in KINDS:
        raise InvalidInput(_("A user is a person or a machine."), field="kind")
    if User.objects.filter(sign_in=sign_in).exists():
        message = _("“{user}” is taken; choose another name to sign in with.")
        raise Conflict(message.format(user=sign_in), field="sign_in")
    return User(
        sign_in=sign_in,
        name=_name(name),
        email=_email(email),
        kind=kind,
        language=checked_language(language),
        session_salt=secrets.token_hex(16),
        created_at=timezone.now(),
    )


def _name(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise InvalidInput(_("A user needs a name."), field="name")
    return name


def _email(email: str) -> str:
    email = with_one_domain(email)
    if email and not re.fullmatch(r"[^\s@]+@[^\s@]+", email):
        raise InvalidInput(_("This is no e-mail address."), field="email")
    return email


def _end_sessions(user: User) -> None:
    user.session_salt = secrets.token_hex(16)


def _only_administrators(actor: Actor, permission: str) -> None:
    if not actor.may(permission):
        message = _("Only an administrator of the installation can do this.")
        raise NotAllowed(message, field="administrator")


def _not_oneself(actor: Actor, user: User) -> None:
    if user.pk == actor.user_id:
        raise NotAllowed(_("Nobody changes their own rights; ask a colleague."), field="user")


def _not_the_last(user: User) -> None:
    others = User.objects.filter(administrator=True, active=True).exclude(pk=user.pk)
    if not others.exists():
        message = _("This is the last administrator; make somebody else one first.")
        raise Conflict(message, field="user")


def _about(user: User) -> str:
    return f"kernel.user/{user.pk}"
