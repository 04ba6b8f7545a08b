"""What the forms of finance need beyond the signatures of their actions."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.queries.accounts import accounts, dimensions, journals
from kantoor.departments.finance.queries.calendar import last_booked
from kantoor.departments.finance.queries.reporting.layout_register import report_layout
from kantoor.departments.finance.queries.tax_choices import purchase_tax_choices, tax_choices
from kantoor.departments.finance.reference import charts
from kantoor.departments.finance.web.books import JOURNAL_KINDS
from kantoor.departments.finance.web.entries import journal_names
from kantoor.departments.finance.web.figures import entry_url
from kantoor.departments.finance.web.ledger import groups
from kantoor.departments.finance.web.payment_terms import terms_by_code
from kantoor.departments.finance.web.trial_balance import KINDS
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.plans import Given, Plan, plan
from kantoor.kernel.pages.words import name_field, name_values
from kantoor.kernel.ui.form_page import Consequence


def accounts_by_code(actor: Actor) -> dict[str, str]:
    """The accounts that can be posted to, for typing a code."""
    return {each.code: each.name for each in accounts(actor)}


def money_accounts(actor: Actor) -> dict[str, str]:
    """The accounts that money comes in on."""
    return {
        each.code: f"{each.code} {each.name}" for each in accounts(actor) if each.group == "cash"
    }


def dimension_names(actor: Actor) -> dict[str, str]:
    """The dimensions by code."""
    return {each.code: each.name for each in dimensions(actor)}


def tax_code_names(actor: Actor) -> dict[str, str]:
    """The tax codes of sales and purchases that can be posted with today, for typing one."""
    return {each.code: each.name for each in (*tax_choices(actor), *purchase_tax_choices(actor))}


def _today(_actor: Actor) -> Given:
    return {"date": timezone.localdate()}


def _reversal(actor: Actor, given: Given) -> Consequence:
    number = str(given.get("entry", ""))
    return Consequence(
        str(
            _(
                "An entry with the opposite lines is posted beside %(number)s; both stay in the"
                " books. Without a date it gets that of the entry, or the first open day after it."
            )
        )
        % {"number": number}
    )


def _entry(actor: Actor) -> Given:
    """An entry begins in the general journal, on the last day that was booked."""
    general = next((each.code for each in journals(actor) if each.kind == "general"), "")
    day = last_booked(actor.company_id) or timezone.localdate()
    return {"entry.date": day, "entry.journal": general}


def _posting(_actor: Actor, _given: Given) -> Consequence:
    return Consequence(
        str(_("What is posted is never changed. A mistake is undone by reversing the entry."))
    )


def _filing(_actor: Actor, _given: Given) -> Consequence:
    return Consequence(
        str(
            _(
                "A second person approves it. Then the figures are frozen for good, and what is owed"
                " is booked. What is posted later in these days shows as a correction."
            )
        )
    )


def _listing(_actor: Actor, _given: Given) -> Consequence:
    return Consequence(
        str(
            _("A second person approves it. Then its lines are frozen; the next one corrects them.")
        )
    )


def _to_first(actor: Actor, result: Any) -> str:
    return entry_url(result.first) if getattr(result, "first", "") else ""


def _standard_layout(actor: Actor) -> Given:
    """A new layout begins as a copy of the standard one."""
    return {"definition": report_layout(actor).definition, "statement": "profit_and_loss"}


plan(
    "finance.post_entry",
    Plan(
        leave_out=(
            "entry.lines.dimensions",
            "entry.lines.currency",
            "entry.lines.currency_amount",
            "entry.lines.tax_base",
        ),
        choices={"entry.journal": journal_names},
        suggestions={"entry.lines.account": accounts_by_code, "entry.lines.tax": tax_code_names},
        defaults=_entry,
        debit_credit="entry.lines.amount",
        lines=4,
        submit=_("Post"),
        consequence=_posting,
        goes_to=_to_first,
    ),
)
plan(
    "finance.reverse_entry",
    Plan(submit=_("Reverse"), consequence=_reversal, goes_to=_to_first, in_palette=False),
)
plan("finance.rename_account", Plan(in_palette=False))
plan("finance.close_period", Plan(in_palette=False))
plan("finance.reopen_period", Plan(in_palette=False))
plan("finance.credit_invoice", Plan(defaults=_today, in_palette=False, lines=1))
plan(
    "finance.receive_payment",
    Plan(
        choices={"account": money_accounts},
        kinds={"amount": "money"},
        defaults=_today,
        submit=_("Book the payment"),
    ),
)
plan(
    "finance.issue_invoice",
    Plan(defaults=_today, submit=_("Issue"), lines=3, suggestions={"terms": terms_by_code}),
)
plan(
    "finance.add_account",
    Plan(choices={"group": groups}, submit=_("Add")),
)
plan(
    "finance.keep_layout",
    Plan(
        kinds={"definition": "lines_of_text"},
        defaults=_standard_layout,
        submit=_("Keep"),
        goes_to=lambda _actor, _result: "/finance/report-layouts",
    ),
)
# Files come with their own page.
plan("finance.import_ledger", Plan(in_palette=False))
plan("finance.add_dimension_value", Plan(choices={"dimension": dimension_names}))
plan(
    "finance.set_up_books",
    Plan(choices={"chart": lambda _actor: {name: name.upper() for name in charts.available()}}),
)

plan(
    "finance.file_vat_return",
    Plan(
        leave_out=("said",),
        kinds={"payable": "money"},
        submit=_("Hand in"),
        consequence=_filing,
        goes_to=lambda _actor, _result: "/finance/vat-returns",
    ),
)
plan(
    "finance.file_vat_supplement",
    Plan(
        kinds={"payable": "money"},
        submit=_("Hand in"),
        consequence=_filing,
        goes_to=lambda _actor, _result: "/finance/vat-returns",
    ),
)
plan("finance.file_icp_listing", Plan(submit=_("Hand in"), consequence=_listing, in_palette=False))
plan(
    "finance.file_oss_return",
    Plan(kinds={"payable": "money"}, submit=_("Hand in"), consequence=_listing, in_palette=False),
)

name_field("payable", _("To pay"), _("The amount that you looked at; another one is refused."))
name_field("rhythm", _("Filing rhythm"))
name_field("distance", _("Consumers in other EU countries pay"))
name_field("small", _("Exempt as a small business"))
name_field("tax_number", _("Number at the tax authority"), _("Where it is not the VAT number."))
name_field("starts_on", _("First day"))
name_values("rhythm", {"month": _("Month"), "quarter": _("Quarter"), "year": _("Year")})
name_values(
    "distance",
    {
        "origin": _("our tax, up to EUR 10,000 a year"),
        "destination": _("the tax of their country, by the one-stop shop"),
    },
)
name_field("entry", _("Entry"), _("Its number, such as MEM/2011/12."))
name_field("why", _("Why"), _("A colleague reads it years from now."))
name_field("how", _("How"))
name_field("period", _("Period"))
name_field("periods", _("Periods"))
name_field("group", _("Group"), _("Where it stands on the balance sheet or in profit and loss."))
name_field(
    "rgs", _("RGS code"), _("The reference code of the Dutch chart of accounts, if it has one.")
)
name_field("dimension", _("Dimension"))
name_field("chart", _("Chart of accounts"))
name_field("due_days", _("Days to pay"))
name_field("credits", _("Credits invoice"), _("The number of the invoice that this takes back."))
name_field("credit", _("Credit"))
name_field("finance.issue_invoice:credit", _("It is a credit note"))
name_field(
    "finance.credit_invoice:lines.n",
    _("Line"),
    _("Its place on the invoice; no lines is all of it."),
)
name_field("supply", _("What is sold"))
name_field("exempt", _("Exempt from VAT"))
name_field("tax", _("VAT"), _("A tax code; empty lets customer and date decide."))
name_field(
    "finance.post_entry:entry.lines.tax",
    _("VAT"),
    _("A tax code on the amount it is over, and on the tax itself."),
)
name_field("start", _("First day"))
name_field("end", _("Last day"))
name_field(
    "finance.post_entry:reference", _("Reference"), _("The number of the document it books.")
)
name_field("finance.reverse_entry:on", _("Date"), _("Empty is the date of the entry itself."))
name_field(
    "finance.receive_payment:amount", _("Amount"), _("What came in; below zero is paid back.")
)
name_field("finance.receive_payment:account", _("Received on"))
name_field("finance.receive_payment:party", _("Customer"), _("When it is for no one invoice."))
name_values("how", {"soft": _("Softly: who may can still post"), "hard": _("For good")})
name_values("finance.add_account:kind", KINDS)
name_values("finance.add_journal:kind", JOURNAL_KINDS)
name_values("supply", {"goods": _("Goods"), "services": _("Services")})
name_values("finance.open_year:periods", {"month": _("Months"), "quarter": _("Quarters")})
name_field("definition", _("Rows"), _("As TOML: each [[rows]] has a title and accounts or a sum."))
name_field("statement", _("Report"))
name_values(
    "statement",
    {"balance_sheet": _("Balance sheet"), "profit_and_loss": _("Profit and loss account")},
)
plan("finance.settle_one", Plan(kinds={"credit_amount": "money"}))
name_field(
    "credit_amount",
    _("In the currency of the second"),
    _("Where the two are in different currencies; at the rate of the day when empty."),
)
