"""The forms of the kernel's own actions: choices, present values, and where one comes afterwards."""

from collections.abc import Mapping
from typing import Any

from babel.core import Locale
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors import registers
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.companies import time_zones
from kantoor.kernel.actors.models import Company
from kantoor.kernel.outbox import registers as outbox
from kantoor.kernel.pages.plans import Given, Plan, plan
from kantoor.kernel.pages.words import name_field, name_values
from kantoor.kernel.ui.formats import reader_locale

LANGUAGES = {"nl": "Nederlands", "en": "English"}
KINDS = {"person": _("Person"), "machine": _("Machine")}


def countries(_actor: Actor) -> Mapping[str, str]:
    """The countries, by their name in the reader's language."""
    locale: Locale = reader_locale()
    named = {
        code: name for code, name in locale.territories.items() if len(code) == 2 and code.isalpha()
    }
    return dict(sorted(named.items(), key=lambda item: item[1]))


def zones(_actor: Actor) -> Mapping[str, str]:
    """The time zones that people name."""
    return {zone: zone for zone in sorted(time_zones()) if "/" in zone}


def roles_by_code(actor: Actor) -> Mapping[str, str]:
    """The roles by code."""
    return {role.code: role.name for role in registers.roles(actor)}


def people_by_sign_in(actor: Actor) -> Mapping[str, str]:
    """Some hundreds of people, to help typing who is meant."""
    return {user.sign_in: user.name for user in registers.users(actor, limit=500).rows}


def permissions_known(actor: Actor) -> Mapping[str, str]:
    """Every permission with what it lets one do."""
    found = registers.permissions(actor)
    return {row.permission: ", ".join([*row.actions, *row.queries])[:80] for row in found}


def _user_now(actor: Actor, given: Given) -> dict[str, Any]:
    if "user" not in given:
        return {}
    row = registers.user(actor, sign_in=str(given["user"]))
    return {
        "name": row.name,
        "email": row.email,
        "language": row.language,
        "administrator": row.administrator,
    }


def _role_now(actor: Actor, given: Given) -> dict[str, Any]:
    role = next((each for each in registers.roles(actor) if each.code == given.get("role")), None)
    return {"permissions": role.permissions} if role else {}


def _company_now(actor: Actor, _given: Given) -> dict[str, Any]:
    company = Company.objects.get(pk=actor.company_id)
    names = "name language zone registration vat_number street postcode city email phone"
    return {name: getattr(company, name) for name in names.split()}


def _endpoint_now(actor: Actor, given: Given) -> dict[str, Any]:
    found = next((each for each in outbox.endpoints(actor) if each.name == given.get("name")), None)
    if found is None:
        return {}
    return {"url": found.url, "event_types": " ".join(found.event_types), "active": found.active}


def _to_person(_actor: Actor, result: Any) -> str:
    return "/management/people"


name_values("language", LANGUAGES)
name_values("zone", zones)
name_field(
    "event_types", _("Kinds of event"), _("Patterns with a space between: finance.* sales.*")
)
name_field("url", _("Address"), _("Begins with https://"))
name_field("expires_at", _("Expires"), _("Leave it empty to let it work until it is revoked."))
name_field("kernel.create_token:name", _("What it is for"))
name_field("kernel.create_token:user", _("User"), _("Leave it empty for a token of your own."))
name_field("kernel.add_user:password", _("Password"), _("Leave it empty to have one made up."))
name_field("chart", _("Chart of accounts"), _("Leave it empty for the country's own."))
name_field("user_name", _("User name"))
name_field("token", _("Token"))
name_field("secret", _("Secret"))

USER = {"user": people_by_sign_in}
ROLE = {"role": roles_by_code}
plan(
    "kernel.add_user",
    Plan(
        choices={"roles": roles_by_code, "kind": KINDS},
        intro=_("The new colleague gets a password that is shown to you once."),
    ),
)
plan("kernel.change_user", Plan(prefill=_user_now, suggestions=USER))
plan("kernel.deactivate_user", Plan(suggestions=USER))
plan("kernel.reactivate_user", Plan(suggestions=USER))
plan("kernel.reset_password", Plan(suggestions=USER))
plan("kernel.change_password", Plan(in_palette=False))
plan("kernel.choose_language", Plan(in_palette=False))
plan("kernel.grant_role", Plan(choices=ROLE, suggestions=USER))
plan("kernel.end_grant", Plan(choices=ROLE, suggestions=USER))
plan(
    "kernel.add_role",
    Plan(suggestions={"permissions.permission": permissions_known}, drafts=False),
)
plan(
    "kernel.set_role_permissions",
    Plan(
        choices=ROLE,
        suggestions={"permissions.permission": permissions_known},
        prefill=_role_now,
        drafts=False,
        in_palette=False,
    ),
)
DUTIES = {"first": permissions_known, "second": permissions_known}
plan("kernel.exclude_duties", Plan(suggestions=DUTIES))
plan("kernel.allow_duties", Plan(suggestions=DUTIES, in_palette=False))
plan("kernel.change_company", Plan(prefill=_company_now))
plan("shell.found_company", Plan(choices={"country": countries}))
plan("kernel.change_endpoint", Plan(prefill=_endpoint_now, in_palette=False))
plan("kernel.remove_endpoint", Plan(in_palette=False))
plan("kernel.renew_endpoint_secret", Plan(in_palette=False))
plan("kernel.replay_delivery", Plan(in_palette=False))
plan("kernel.retry_job", Plan(in_palette=False))
plan("kernel.approve_request", Plan(kinds={"approval_id": "hidden"}, in_palette=False))
plan("kernel.refuse_request", Plan(kinds={"approval_id": "hidden"}, in_palette=False))
