"""What the forms of expenses need beyond the signatures of their actions."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.queries.expenses.categories import expense_categories
from kantoor.departments.hr.queries.expenses.checking import claims_checked_from
from kantoor.departments.hr.web.expenses import words
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.plans import Given, Plan, plan
from kantoor.kernel.pages.words import name_field, name_values

CHANGED = ("name", "account", "tax", "rate", "most_minor", "over", "receipt_from_minor", "active")


def _category_now(actor: Actor, given: Given) -> Given:
    """The category as it is."""
    code = given.get("change.code")
    found = [row for row in expense_categories(actor) if row.code == code]
    return {f"change.{name}": getattr(found[0], name) for name in CHANGED} if found else {}


def _choices(actor: Actor) -> dict[str, Any]:
    return {row.code: row.name for row in expense_categories(actor, active=True)}


def _to_claim(_actor: Actor, number: Any) -> str:
    return words.claim_url(number) if isinstance(number, str) else ""


plan("hr.add_expense_category", Plan(submit=_("Add"), goes_to=lambda *_: "/hr/expense-categories"))
plan(
    "hr.change_expense_category",
    Plan(
        prefill=_category_now,
        submit=_("Keep"),
        in_palette=False,
        goes_to=lambda *_: "/hr/expense-categories",
    ),
)
plan(
    "hr.claim_expenses",
    Plan(choices={"expenses.category": _choices}, goes_to=_to_claim, submit=_("Claim them")),
)
plan("hr.drop_expenses", Plan(in_palette=False))
plan("hr.submit_claim", Plan(in_palette=False))
plan("hr.withdraw_claim", Plan(in_palette=False))
plan("hr.approve_claim", Plan(in_palette=False))
plan("hr.refuse_claim", Plan(in_palette=False, submit=_("Send back")))
plan("hr.post_claim", Plan(in_palette=False))
plan("hr.check_claim", Plan(in_palette=False))
plan(
    "hr.set_expense_check",
    Plan(
        defaults=lambda actor: {"check_from_minor": claims_checked_from(actor)},
        intro=_("After the manager approved it, HR checks a claim before it goes into the books; somebody else than who approved it."),
        submit=_("Keep"),
        goes_to=lambda *_: "/hr/claims",
    ),
)  # fmt: skip
plan("hr.reverse_claim", Plan(in_palette=False, submit=_("Take it back")))

name_field("most_minor", _("Limit"), _("The most for one line; empty is no limit."))
name_field("check_from_minor", _("Check claims from"), _("0 is every claim; empty is none."))
name_field("over", _("Above the limit"))
name_field("receipt_from_minor", _("Receipt from"), _("0 is always; empty is never."))
name_field(
    "hr.add_expense_category:tax", _("VAT"), _("A purchase's code such as P21; empty is none.")
)
name_field(
    "hr.change_expense_category:tax", _("VAT"), _("A purchase's code such as P21; empty is none.")
)
name_field(
    "rate", _("Rate"), _("For a kilometre or a day; empty is what the law lets free of tax.")
)
name_field("claim", _("Claim"))
name_field("claims", _("Claims"))
name_field("expenses", _("Expenses"))
name_values("over", words.OVER)
name_values("hr.add_expense_category:kind", words.KINDS)
