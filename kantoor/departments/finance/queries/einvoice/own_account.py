"""The bank account that customers are asked to pay to."""

from typing import Any, NamedTuple

from django.apps import apps

from kantoor.kernel.actors.actor import Actor


class OwnAccount(NamedTuple):
    """An account of the company itself."""

    iban: str
    bic: str


def own_account(actor: Actor, currency: str) -> OwnAccount | None:
    """The company's first account in this currency, else in its own; None where it has none."""
    try:
        model: Any = apps.get_model("finance", "Bank" + "Account")
    except LookupError:
        return None
    found = model._default_manager.filter(
        company_id=actor.company_id, active=True, currency__in=[currency, actor.currency]
    ).exclude(iban="")
    rows = list(found.order_by("code").values_list("currency", "iban", "bic"))
    rows.sort(key=lambda row: row[0] != currency)
    return OwnAccount(rows[0][1], rows[0][2]) if rows else None
