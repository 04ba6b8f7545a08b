"""What parameters are called on forms: labels and hints by name, and the words of their values.

A department says the names of its own in its `web`:

    name_field("due_on", _("Due"), _("The day by which it has to be paid."))
    name_field("finance.post_entry:reference", _("Your reference"))   # in this action alone
    name_values("kind", {"goods": _("Goods"), "services": _("Services")})
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.encoding import force_str
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor

Choices = Mapping[str, Any]
ChoicesOf = Callable[[Actor], Choices]


@dataclass(frozen=True, slots=True)
class Words:
    """What a field is called, and what to know when filling it in."""

    label: Any
    hint: Any = ""


_fields: dict[str, Words] = {}
_values: dict[str, Choices | ChoicesOf] = {}


def name_field(name: str, label: object, hint: object = "") -> None:
    """Say what a parameter is called: everywhere by its name, or in one action (`action:name`)."""
    _fields[name] = Words(label, hint)


def name_values(name: str, choices: Choices | ChoicesOf) -> None:
    """Say which values a parameter may have, and their words; it becomes a choice on forms."""
    _values[name] = choices


def words_of(action: str, path: str) -> Words:
    """What the field at a path (`entry.date`) of an action is called; its own name at the worst."""
    last = path.rpartition(".")[2]
    for known in (f"{action}:{path}", f"{action}:{last}", path, last):
        if known in _fields:
            return _fields[known]
    return Words(last.replace("_", " ").capitalize())


def values_of(action: str, path: str, actor: Actor) -> dict[str, str] | None:
    """The values that the field may have, with their words, when somebody named them."""
    last = path.rpartition(".")[2]
    for known in (f"{action}:{path}", f"{action}:{last}", path, last):
        if (found := _values.get(known)) is not None:
            chosen = found(actor) if callable(found) else found
            return {value: force_str(word) for value, word in chosen.items()}
    return None


COMMON: dict[str, tuple[Any, Any]] = {
    "account": (_("Account"), ""),
    "active": (_("Active"), ""),
    "address": (_("Address"), ""),
    "administrator": (_("Administrator of the installation"), ""),
    "amount": (_("Amount"), ""),
    "approval_id": (_("Request"), ""),
    "article": (_("Article"), ""),
    "city": (_("Town"), ""),
    "code": (_("Code"), ""),
    "company": (_("Company"), ""),
    "country": (_("Country"), ""),
    "credit": (_("Credit"), ""),
    "currency": (_("Currency"), ""),
    "current": (_("Present password"), ""),
    "customer": (_("Customer"), ""),
    "date": (_("Date"), ""),
    "debit": (_("Debit"), ""),
    "description": (_("Description"), ""),
    "email": (_("Email address"), ""),
    "ends": (_("Last day"), ""),
    "file": (_("File"), ""),
    "first": (_("First permission"), ""),
    "invoice": (_("Invoice"), ""),
    "journal": (_("Journal"), ""),
    "kind": (_("Kind"), ""),
    "language": (_("Language"), ""),
    "limit_minor": (
        _("Limit"),
        _("The highest amount this role handles alone; empty is no limit."),
    ),
    "lines": (_("Lines"), ""),
    "name": (_("Name"), ""),
    "name_en": (_("Name in English"), ""),
    "name_nl": (_("Name in Dutch"), ""),
    "new": (_("New password"), ""),
    "number": (_("Number"), ""),
    "on": (_("Date"), ""),
    "order": (_("Order"), ""),
    "party": (_("Relation"), _("The code of a customer or supplier.")),
    "password": (_("Password"), ""),
    "password_is_temporary": (_("Has to be changed at the first sign-in"), ""),
    "permission": (
        _("Permission"),
        _("Such as finance.post_entry, or finance.* for all of finance."),
    ),
    "permissions": (_("Permissions"), ""),
    "phone": (_("Phone"), ""),
    "postcode": (_("Postcode"), ""),
    "price": (_("Price"), ""),
    "quantity": (_("Quantity"), ""),
    "rate": (_("Rate"), ""),
    "reason": (_("Reason"), ""),
    "reference": (_("Reference"), ""),
    "registration": (_("Company registration number"), ""),
    "remark": (_("Remark"), ""),
    "role": (_("Role"), ""),
    "roles": (_("Roles"), ""),
    "scopes": (
        _("May do only"),
        _("Permissions this token is kept to; empty is all its owner has."),
    ),
    "second": (_("Second permission"), ""),
    "sign_in": (_("Signs in as"), _("Often the email address.")),
    "starts": (_("First day"), ""),
    "street": (_("Street and number"), ""),
    "text": (_("Description"), ""),
    "unit_price": (_("Unit price"), ""),
    "user": (_("User"), ""),
    "vat_number": (_("VAT number"), ""),
    "why": (_("Reason"), ""),
    "zone": (_("Time zone"), ""),
}
for _name, (_label, _hint) in COMMON.items():
    name_field(_name, _label, _hint)
