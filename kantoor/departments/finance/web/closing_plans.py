"""What the forms of currency, closing and groups need beyond the signatures of their actions."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.plans import Given, Plan, plan
from kantoor.kernel.pages.words import name_field


def today(_actor: Actor) -> Given:
    """Today, where a date is asked."""
    return {"date": timezone.localdate()}


plan("finance.close_year", Plan(in_palette=False, submit=_("Close the year")))
plan("finance.reopen_year", Plan(in_palette=False, submit=_("Reopen the year")))
plan("finance.accept_mirror", Plan(in_palette=False, submit=_("Accept and book")))
plan("finance.refuse_mirror", Plan(in_palette=False, submit=_("Refuse")))
plan("finance.set_rate", Plan(defaults=today, submit=_("Set the rate")))
name_field("next_open", _("Post in the next open period where the date is closed"))
name_field("year", _("Fiscal year"))
name_field("mirror", _("Number"))
name_field("at_once", _("Book at once, without accepting"))
name_field("company", _("Company"))
name_field("members", _("Members"))
name_field("percent", _("Owned, in per cent"))
name_field("acquired_on", _("Acquired on"))
name_field("equity", _("Equity when acquired"))
name_field("participation", _("Account of what was paid"))
name_field("charges", _("Charges"))
name_field("base", _("For one"), _("The company's own currency when empty."))
name_field("rate", _("Rate"), _("What one of that currency cost in this one."))
name_field("rates", _("Rates"))
name_field("own_amount", _("Came in as"), _("In the company's currency, when the bank changed it."))
