"""Rules for bank lines as a register that people read from top to bottom."""

from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.queries.banking.rules import BankRuleRow, bank_rules
from kantoor.departments.finance.reference.ibans import shown
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.money import exponent
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView
from kantoor.kernel.pages.plans import Given, Plan, plan
from kantoor.kernel.pages.words import name_field
from kantoor.kernel.ui.formats import amount


def _looks(row: BankRuleRow) -> str:
    """What a line must look like, in a few words."""
    parts = []
    if row.contains:
        parts.append(f"“{row.contains}”")
    if row.counterparty:
        parts.append(shown(row.counterparty))
    if row.least is not None or row.most is not None:
        bounds = [
            "" if each is None else amount(each, exponent(row.currency))
            for each in (row.least, row.most)
        ]
        parts.append(" … ".join(bounds))
    return ", ".join(parts)


def _goes(row: BankRuleRow) -> str:
    return " ".join(filter(None, (row.account, row.party, row.tax)))


BANK_RULES = ListView(
    key="finance.bank_rules",
    title=_("Bank rules"),
    query=bank_rules,
    columns=[
        Col(key="place", title=_("Order"), kind="number", phone="hidden"),
        Col(key="name", title=_("Name"), phone="title"),
        Col(key="looks", title=_("A line with"), value=_looks, phone="meta"),
        Col(key="goes", title=_("Goes to"), value=_goes, phone="meta"),
        Col(key="bank_account", title=_("Bank account"), default=False),
        Col(
            key="automatic",
            title=_("By itself"),
            value=lambda row: _("yes") if row.automatic else None,
        ),
    ],
    row_key="name",
    row_url=lambda row: f"/finance/do/keep-bank-rule?{urlencode({'name': row.name})}",
    muted=lambda row: not row.active,
    new="finance.keep_bank_rule",
    empty=Empty(
        _("No rules yet"),
        _("A rule says where lines belong that come again: rent, bank costs, wages."),
        icon="list-check",
    ),
)


def _present(actor: Actor, given: Given) -> Given:
    """What the rule of that name says now."""
    found = next((each for each in bank_rules(actor) if each.name == given.get("name")), None)
    if found is None:
        return {}
    return {
        name: getattr(found, name)
        for name in (
            "contains", "counterparty", "bank_account", "least", "most", "account", "party",
            "tax", "text", "automatic", "place",
        )
    }  # fmt: skip


plan(
    "finance.keep_bank_rule",
    Plan(
        prefill=_present,
        kinds={"least": "money", "most": "money"},
        submit=_("Keep the rule"),
        goes_to=lambda _actor, _result: BANK_RULES.url,
    ),
)
name_field("finance.keep_bank_rule:name", _("Name"), _("The rule of that name is changed."))
name_field("contains", _("Contains"), _("Words in the description or the name."))
name_field("counterparty", _("IBAN of the counterparty"))
name_field("bank_account", _("Bank account"), _("The code; empty is every one."))
name_field("least", _("From amount"), _("Below zero is what goes out."))
name_field("most", _("Up to amount"))
name_field("finance.keep_bank_rule:account", _("Account"), _("Where such a line belongs."))
name_field("finance.keep_bank_rule:party", _("Relation"))
name_field("finance.keep_bank_rule:tax", _("VAT"), _("A tax code that the amount includes."))
name_field("automatic", _("Book by itself"), _("Without asking, with what is certain."))
name_field("place", _("Order"), _("The lowest is tried first."))
