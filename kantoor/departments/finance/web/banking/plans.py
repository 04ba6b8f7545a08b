"""What the forms of the bank need beyond the signatures of their actions."""

from typing import Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.drafts_banking import LinesBooked
from kantoor.departments.finance.queries.accounts import accounts
from kantoor.departments.finance.queries.banking.lines import statement_line
from kantoor.departments.finance.web.banking.accounts import BANK_ACCOUNTS
from kantoor.departments.finance.web.banking.lines import RECONCILE, amount_of, title_of
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.plans import Given, Plan, plan
from kantoor.kernel.pages.words import name_field
from kantoor.kernel.ui.form_page import Consequence
from kantoor.kernel.ui.formats import amount, day


def accounts_by_code(actor: Actor) -> dict[str, str]:
    """The accounts that can be posted to, for typing a code."""
    return {each.code: each.name for each in accounts(actor)}


def _booked(found: LinesBooked) -> str:
    """How many lines were booked, and how many were left for a person."""
    words = ngettext("%(n)s line is booked.", "%(n)s lines are booked.", found.lines)
    said = words % {"n": found.lines}
    if found.left:
        more = ngettext("%(n)s was left.", "%(n)s were left.", len(found.left))
        said += " " + more % {"n": len(found.left)}
    elif not found.lines:
        said = gettext("Nothing was certain.")
    return said


def _line(actor: Actor, given: Given) -> Consequence | None:
    """Which line it is, since the form itself doesn't say."""
    key = str(given.get("line", ""))
    if not key.isdecimal() or len(key) > 18:
        return None
    row = statement_line(actor, line=int(key)).row
    money = amount_of(row)
    said = f"{money.currency} {amount(money.minor, money.exponent)}"
    parts = [day(row.date), title_of(row), said, row.text if row.name else ""]
    return Consequence(" · ".join(filter(None, parts)))


def _on_with_it(_actor: Actor, _result: Any) -> str:
    return RECONCILE


plan(
    "finance.book_line",
    Plan(
        kinds={"line": "hidden", "items.amount": "money", "items.settles": "money"},
        suggestions={"account": accounts_by_code},
        lines=2,
        submit=_("Book"),
        goes_to=_on_with_it,
        done=_booked,
        consequence=_line,
        in_palette=False,
    ),
)
plan("finance.book_certain", Plan(done=_booked, goes_to=_on_with_it))
plan("finance.undo_booking", Plan(kinds={"line": "hidden"}, in_palette=False))
plan("finance.rename_bank_account", Plan(in_palette=False))
plan("finance.retire_bank_account", Plan(in_palette=False))
plan("finance.add_bank_account", Plan(goes_to=lambda _actor, _result: BANK_ACCOUNTS.url))
plan("finance.import_statement", Plan(in_palette=False))
name_field("finance.book_line:line", _("Line"))
name_field("finance.undo_booking:line", _("Line"))
name_field("items", _("Pays"))
name_field("item", _("Document"), _("The number of an invoice or entry."))
name_field("finance.book_line:items.amount", _("Amount"), _("Empty is as much as is open."))
name_field(
    "finance.book_line:items.settles",
    _("Pays of it"),
    _("Of one in another currency: what is paid of it, in its own."),
)
name_field("finance.book_line:items.discount", _("Take the discount for early payment"))
name_field("finance.book_line:account", _("The rest to"), _("A ledger account."))
name_field("finance.book_line:party", _("Relation"), _("Or the rest stays open with them."))
name_field("finance.book_line:tax", _("VAT"), _("A tax code that the rest includes."))
name_field("lenient", _("Take in what does not add up"))
name_field("open_accounts", _("Add accounts that are not known yet"))
