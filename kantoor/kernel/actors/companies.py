"""Companies of the installation: begin one, and keep its details."""

from functools import cache
from zoneinfo import available_timezones

from babel.core import Locale
from babel.numbers import is_currency
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import Company
from kantoor.kernel.errors import Conflict, InvalidInput
from kantoor.kernel.parties.vat_numbers import vat_number as checked_vat_number

MANAGE_INSTALLATION = "installation.manage"
"""Found companies, change what roles may do: what concerns every company at once."""
MANAGE_COMPANY = "kernel.manage_company"

ZONES = {"NL": "Europe/Amsterdam", "BE": "Europe/Brussels", "GB": "Europe/London"}


@action(permission=MANAGE_INSTALLATION, title=_("Create a company"), hidden=True)
def create_company(
    actor: Actor,
    /,
    *,
    name: str,
    country: str,
    currency: str,
    chart: str = "",
    language: str = "",
    zone: str = "",
) -> int:
    """Put a company in the installation, without books; gives its key.

    `country` is ISO 3166 alpha-2, `currency` ISO 4217. The shell's `found_company` gives it
    books as well. Raises Conflict when the name is taken.
    """
    name = " ".join(name.split())
    if not name:
        raise InvalidInput(_("A company needs a name."), field="name")
    country, currency = _country(country), _currency(currency)
    if Company.objects.filter(name=name).exists():
        message = _("There is a company called “{name}” already.").format(name=name)
        raise Conflict(message, field="name")
    company = Company.objects.create(
        name=name,
        country=country,
        currency=currency,
        chart=chart,
        language=language or ("nl" if country in ("NL", "BE") else "en"),
        zone=_zone(zone or ZONES.get(country, "UTC")),
        created_at=timezone.now(),
    )
    concerns(f"kernel.company/{company.pk}")
    return company.pk


@action(permission=MANAGE_COMPANY, title=_("Change the company's details"))
def change_company(
    actor: Actor,
    /,
    *,
    name: str | None = None,
    language: str | None = None,
    zone: str | None = None,
    registration: str | None = None,
    vat_number: str | None = None,
    street: str | None = None,
    postcode: str | None = None,
    city: str | None = None,
    email: str | None = None,
    phone: str | None = None,
) -> None:
    """Change the details of the company one acts in; what is left out stays as it is."""
    company = Company.objects.get(pk=actor.company_id)
    if name is not None and name != company.name:
        if not name.strip():
            raise InvalidInput(_("A company needs a name."), field="name")
        if Company.objects.filter(name=name).exists():
            raise Conflict(_("This name is taken; choose another."), field="name")
        company.name = name
    if language is not None:
        company.language = checked_language(language)
    if zone is not None:
        company.zone = _zone(zone)
    if vat_number is not None:
        vat_number = checked_vat_number(vat_number, company.country)
    plain = {
        "registration": registration,
        "vat_number": vat_number,
        "street": street,
        "postcode": postcode,
        "city": city,
        "email": email,
        "phone": phone,
    }
    for field, value in plain.items():
        if value is not None:
            setattr(company, field, _fitting(field, value))
    company.save()
    concerns(f"kernel.company/{company.pk}")


def _fitting(field: str, value: str) -> str:
    value = " ".join(value.split())
    most = getattr(Company._meta.get_field(field), "max_length", 0)
    if len(value) > most:
        message = _("At most {most} characters.").format(most=most)
        raise InvalidInput(message, field=field)
    return value


def checked_language(language: str) -> str:
    """One of the languages Kantoor speaks."""
    if language not in ("en", "nl"):
        raise InvalidInput(_("Kantoor speaks Dutch (nl) and English (en)."), field="language")
    return language


def _country(country: str) -> str:
    country = country.upper()
    if len(country) != 2 or not country.isalpha() or country not in Locale("en").territories:
        message = _("“{country}” is no country; use two letters such as NL (ISO 3166).")
        raise InvalidInput(message.format(country=country), field="country")
    return country


def _currency(currency: str) -> str:
    currency = currency.upper()
    if not is_currency(currency):
        message = _("“{currency}” is no currency; use three letters such as EUR (ISO 4217).")
        raise InvalidInput(message.format(currency=currency), field="currency")
    return currency


@cache
def time_zones() -> frozenset[str]:
    """The names of all time zones, which lie in as many files."""
    return frozenset(available_timezones())


def _zone(zone: str) -> str:
    if zone not in time_zones():
        message = _("“{zone}” is no time zone; use a name such as Europe/Amsterdam.")
        raise InvalidInput(message.format(zone=zone), field="zone")
    return zone
