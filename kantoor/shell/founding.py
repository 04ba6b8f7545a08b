"""Found a company: its entry, its books, and with the first one the people who may begin.

All of it is one action, so that a company is there with everything it needs or not at all.
"""

import secrets

import msgspec
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actions.registry import action_named
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor, console_actor
from kantoor.kernel.actors.companies import MANAGE_INSTALLATION, create_company
from kantoor.kernel.actors.models import Company, User
from kantoor.kernel.actors.standard import add_standard_roles
from kantoor.kernel.actors.users import add_user

FIRST = "admin"
"""How the first administrator signs in."""


class Founded(msgspec.Struct, frozen=True):
    """A company that was founded; `password` is empty where there was an administrator before."""

    company: str
    user: str
    password: str


@action(permission=MANAGE_INSTALLATION, title=_("Found a company"), answers_secret=True)
def found_company(
    actor: Actor,
    /,
    *,
    name: str,
    country: str,
    currency: str,
    chart: str = "",
    language: str = "",
) -> Founded:
    """Found a company with books and a chart of accounts; the country's own unless `chart` says.

    With the first company come the standard roles and an administrator.
    """
    if not User.objects.filter(kind="system").exists():
        add_system_user(actor)
        add_standard_roles(actor)
    key = create_company(
        actor, name=name, country=country, currency=currency, chart=chart, language=language
    )
    company = Company.objects.get(pk=key)
    if (books := action_named("finance.set_up_books")) is not None:
        books.call(console_actor(company), chart=chart)
    if (ready := action_named("management.set_up_dashboards")) is not None:
        ready.call(console_actor(company))
    first = User.objects.filter(administrator=True, active=True).order_by("pk").first()
    if first is not None:
        return Founded(company.name, first.sign_in, "")
    made = add_user(
        console_actor(company),
        sign_in=FIRST,
        name=str(_("Administrator")),
        language=language or company.language,
        administrator=True,
        password_is_temporary=False,
    )
    return Founded(company.name, made.sign_in, made.password)


@action(permission=MANAGE_INSTALLATION, title=_("Add the system user"), hidden=True)
def add_system_user(actor: Actor, /) -> None:
    """Add the user that the installation acts as by itself; it can't sign in."""
    User.objects.create(
        kind="system",
        sign_in="system",
        name="Kantoor",
        session_salt=secrets.token_hex(16),
        created_at=timezone.now(),
    )
