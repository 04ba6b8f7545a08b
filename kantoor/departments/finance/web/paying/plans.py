"""What the forms of payments need beyond the signatures of their actions."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.queries.paying.own_accounts import own_accounts
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.plans import Given, Plan, plan
from kantoor.kernel.pages.words import name_field, name_values
from kantoor.kernel.ui.form_page import Consequence


def banks(actor: Actor) -> dict[str, str]:
    """The company's bank accounts in euro, by code."""
    found = own_accounts(actor.company_id)
    return {each.code: f"{each.name} {each.iban}" for each in found if each.currency == "EUR"}


def _days(_actor: Actor) -> Given:
    today = timezone.localdate()
    return {"due_until": today + timedelta(days=7), "execute_on": today}


def _collection_days(_actor: Actor) -> Given:
    today = timezone.localdate()
    return {"due_until": today, "execute_on": today + timedelta(days=2)}


def _today(_actor: Actor) -> Given:
    return {"signed_on": timezone.localdate()}


def _two_people(_actor: Actor, _given: Given) -> Consequence:
    return Consequence(
        str(
            _("It goes to a second person. When they approve it too, nothing of it can be changed.")
        )
    )


def _once(_actor: Actor, _given: Given) -> Consequence:
    return Consequence(
        str(
            _(
                "The invoices are settled, and the money is under way until the bank's statement"
                " shows it. The file is made once, and can be fetched as often as you need."
            )
        )
    )


def _held(_actor: Actor, _given: Given) -> Consequence:
    return Consequence(
        str(_("Nothing is paid to this relation until somebody else verified the account."))
    )


plan(
    "finance.propose_payments",
    Plan(
        choices={"bank": banks},
        kinds={"at_most": "money"},
        defaults=_days,
        submit=_("Propose"),
    ),
)
plan(
    "finance.propose_collections",
    Plan(choices={"bank": banks}, defaults=_collection_days, submit=_("Propose")),
)
plan(
    "finance.approve_payment_run",
    Plan(
        kinds={"digest": "hidden"},
        submit=_("Approve"),
        consequence=_two_people,
        in_palette=False,
    ),
)
plan(
    "finance.make_payment_file",
    Plan(
        choices={
            "format": {
                "": _("The newest"),
                "pain.001.001.09": "pain.001.001.09",
                "pain.001.001.03": "pain.001.001.03",
                "pain.008.001.08": "pain.008.001.08",
                "pain.008.001.02": "pain.008.001.02",
            }
        },
        submit=_("Make the file"),
        consequence=_once,
        in_palette=False,
    ),
)
plan("finance.propose_party_account", Plan(consequence=_held, submit=_("Propose")))
plan("finance.add_mandate", Plan(defaults=_today))
plan("finance.pay_in_part", Plan(kinds={"amount": "money"}, in_palette=False))
for _name in (
    "leave_out_payments",
    "reschedule_payment_run",
    "cancel_payment_run",
    "verify_party_account",
    "verify_party_accounts",
    "retire_party_account",
    "end_mandate",
    "reject_payments",
    "take_in_payment_status",
):
    plan(f"finance.{_name}", Plan(in_palette=False))

name_field("due_until", _("Due by"), _("All that falls due until and on this day."))
name_field("execute_on", _("To be paid on"), _("The day that you ask the bank for."))
name_field("bank", _("Bank account"))
name_field("at_most", _("At most"), _("The oldest first, as far as this amount goes."))
name_field("documents", _("Documents"), _("Only these, whenever they are due; one on each line."))
name_field("parties", _("Only these relations"), _("Their codes, one on each line."))
name_field("iban", _("IBAN"))
name_field("ibans", _("IBANs"))
name_field("bic", _("BIC"), _("Empty is looked up."))
name_field("holder", _("Name on the account"), _("Where it is not the relation's own."))
name_field(
    "finance.propose_party_account:why",
    _("How it is known"),
    _("Such as the contract, or a call to a number that you had already."),
)
name_field("finance.verify_party_account:why", _("How it was checked"))
name_field("finance.verify_party_accounts:why", _("How it was checked"))
name_field("run", _("Payment run"))
name_field(
    "orders", _("Payments"), _("By their references, such as PAY-000012-3; one on each line.")
)
name_field("document", _("Document"))
name_field("digest", _("Seal"))
name_field("format", _("Version of the file"))
name_field("batch", _("One amount on the statement"), _("The bank books all payments together."))
name_field("signed_on", _("Signed on"))
name_field("scheme", _("Scheme"))
name_field("identifier", _("Creditor identifier"), _("Such as NL79ZZZ999999990000."))
name_field("valid_from", _("Since"))
name_field("rejections", _("Payments"))
name_field("rejections.end_to_end", _("Payment"))
name_field("rejections.reason", _("Reason"), _("The bank's code, such as AC04."))
name_field("finance.take_in_payment_status:content", _("File"))
name_values("finance.add_mandate:scheme", {"CORE": _("CORE: anybody"), "B2B": _("B2B: companies")})
name_values(
    "finance.propose_collections:scheme", {"CORE": _("CORE: anybody"), "B2B": _("B2B: companies")}
)
name_values(
    "finance.add_mandate:kind",
    {"recurring": _("Recurring"), "one_off": _("For one collection")},
)
