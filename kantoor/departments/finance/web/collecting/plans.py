"""What the forms of getting paid need beyond the signatures of their actions."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.queries.collecting.recurring import recurring
from kantoor.departments.finance.queries.collecting.reminders import reminder_levels
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.plans import Given, Plan, plan
from kantoor.kernel.pages.words import name_field, name_values
from kantoor.kernel.ui.form_page import Consequence


def _today(_actor: Actor) -> Given:
    return {"starts_on": timezone.localdate()}


def _levels(actor: Actor, _given: Given) -> Given:
    fields = ("days", "name_en", "name_nl", "fee", "costs", "interest")
    rows = reminder_levels(actor)
    return {"levels": [{name: getattr(each, name) for name in fields} for each in rows]}


def _recurring(actor: Actor, given: Given) -> Mapping[str, Any]:
    if not (number := str(given.get("recurring", ""))):
        return {}
    card = recurring(actor, number=number)
    fields = ("text", "quantity", "unit_price", "tax")
    return {
        "index_percent": card.index_percent,
        "index_on": card.index_on,
        "text": card.row.text,
        "lines": [{name: getattr(each, name) for name in fields} for each in card.lines],
    }


def _letters(_actor: Actor, _given: Given) -> Consequence:
    return Consequence(
        str(_("Interest, fees and costs that a letter claims are booked on the customer."))
    )


def _loss(_actor: Actor, _given: Given) -> Consequence:
    return Consequence(
        str(
            _(
                "The loss goes to bad debts and the VAT comes back with the next return. It is"
                " undone by reversing the entry."
            )
        )
    )


plan("finance.add_recurring", Plan(defaults=_today, lines=2))
plan("finance.change_recurring", Plan(prefill=_recurring, in_palette=False))
plan("finance.end_recurring", Plan(in_palette=False))
plan("finance.make_reminders", Plan(consequence=_letters, submit=_("Make the letters")))
plan("finance.set_reminder_levels", Plan(prefill=_levels, lines=3, kinds={"levels.fee": "money"}))
plan(
    "finance.write_off",
    Plan(kinds={"items.amount": "money"}, consequence=_loss, submit=_("Write off"), lines=1),
)

name_field("agreements", _("Agreements"))
name_field("months", _("Months of a period"), _("1 is every month, 12 every year."))
name_field("starts_on", _("First period begins on"))
name_field("ends_on", _("Last day"), _("Empty is until it is ended."))
name_field("index_percent", _("Prices rise by, in % a year"))
name_field("index_on", _("They rise first on"))
name_field("recurring", _("Recurring invoice"))
name_field("finance.issue_recurring_invoices:until", _("Periods that begin until"))
name_field("finance.make_reminders:parties", _("Only these customers"))
name_field("finance.hold_reminders:until", _("Until"), _("Empty is until you end it."))
name_field("finance.hold_reminders:invoice", _("Invoice"), _("Empty holds all of the customer's."))
name_field("levels", _("Steps"))
name_field("levels.days", _("Days after due"))
name_field("levels.name_en", _("Name in English"))
name_field("levels.name_nl", _("Name in Dutch"))
name_field("levels.fee", _("Fee"))
name_field("levels.costs", _("Costs of collection"))
name_field("levels.interest", _("Statutory interest"))
name_field("finance.write_off:items", _("What is written off"))
name_field("items.document", _("Invoice or entry"))
name_field("items.amount", _("Amount"), _("Empty is all that is open."))
name_field("reclaim_vat", _("Take the VAT back"))
name_values("levels.costs", {"": _("None"), "announced": _("Announced"), "claimed": _("Claimed")})
