"""What the forms about accounts need beyond the signatures of their actions."""

from django.utils.translation import gettext_lazy as _

from kantoor.kernel.pages.plans import Plan, plan
from kantoor.kernel.pages.suggesting import EMPLOYEES
from kantoor.kernel.pages.words import name_field

plan(
    "ict.open_account",
    Plan(
        suggestions={"party": EMPLOYEES},
        goes_to=lambda *_given: "/ict/accounts?open=1",
        submit=_("Note it"),
    ),
)
plan(
    "ict.close_accounts_of",
    Plan(suggestions={"party": EMPLOYEES}, goes_to=lambda *_given: "/ict/accounts"),
)
plan("ict.close_account", Plan(in_palette=False))
plan("ict.close_accounts", Plan(in_palette=False))

name_field("ict.open_account:party", _("Who"), _("The person's code."))
name_field("ict.open_account:system", _("System"), _("Such as mail, Microsoft 365 or the door."))
name_field("ict.open_account:name", _("Signs in as"))
name_field("ict.close_accounts_of:party", _("Who"), _("The person's code."))
name_field("ict.close_account:account", _("Account in a system"))
name_field("ict.close_accounts:accounts", _("Accounts in systems"))
