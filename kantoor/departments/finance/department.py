"""What finance declares to the shell: its place in the menu, and what roles can be allowed."""

from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.standard import permit
from kantoor.kernel.departments import Department, Permission, declare

PERMISSIONS = (
    Permission("finance.read_ledger", _("See the ledger and its reports")),
    Permission("finance.post_entry", _("Post entries")),
    Permission("finance.reverse_entry", _("Reverse entries")),
    Permission("finance.post_in_soft_closed", _("Post in periods that are closed softly")),
    Permission("finance.manage_books", _("Manage accounts, journals, dimensions and fiscal years")),
    Permission("finance.close_period", _("Close periods")),
    Permission("finance.reopen_period", _("Reopen periods")),
    Permission("finance.close_year", _("Close fiscal years")),
    Permission("finance.reopen_year", _("Reopen fiscal years")),
    Permission("finance.export_ledger", _("Export the ledger")),
    Permission("finance.import_ledger", _("Import another administration")),
    Permission("finance.issue_invoice", _("Issue invoices and credit notes")),
    Permission("finance.receive_payment", _("Book payments received")),
    Permission("finance.relate_company", _("Say which party is which company")),
    Permission("finance.charge_affiliate", _("Charge affiliated companies")),
    Permission("finance.accept_mirror", _("Deal with what affiliates booked")),
    Permission("finance.manage_groups", _("Keep groups of companies")),
    Permission("finance.set_rate", _("Set and import rates of exchange")),
    Permission("finance.revalue", _("Revalue what is held in foreign currency")),
    Permission("finance.settle", _("Settle open items, and undo that")),
    Permission("finance.read_assets", _("See fixed assets")),
    Permission("finance.manage_assets", _("Register fixed assets, and change them")),
    Permission("finance.depreciate", _("Post depreciation, and take a run back")),
    Permission("finance.dispose_asset", _("Value fixed assets anew, and dispose of them")),
    Permission("finance.spread", _("Spread costs and income, and accrue them")),
    Permission("finance.read_payables", _("See purchase invoices and what we owe")),
    Permission("finance.manage_suppliers", _("Manage suppliers, and hold what they are paid")),
    Permission("finance.enter_purchase", _("Enter and code purchase invoices")),
    Permission("finance.approve_purchase", _("Approve purchase invoices and orders")),
    Permission("finance.order_purchase", _("Write and send purchase orders")),
    Permission("finance.receive_goods", _("Note what was received of orders")),
    Permission("finance.manage_approvals", _("Set who approves purchases, and tolerances")),
    Permission("finance.post_purchase", _("Post purchase invoices")),
    Permission("finance.read_receivables", _("See invoices and what customers owe")),
)

DEPARTMENT = declare(
    Department(
        name="finance",
        title=_("Finance"),
        icon="calculator",
        letter="f",
        order=20,
        permissions=PERMISSIONS,
    )
)

permit(
    "bookkeeper",
    "finance.read_*",
    "finance.post_entry",
    "finance.reverse_entry",
    "finance.issue_invoice",
    "finance.receive_payment",
    "finance.manage_suppliers",
    "finance.enter_purchase",
    "finance.post_purchase",
    "finance.order_purchase",
    "finance.receive_goods",
    "finance.settle",
    "finance.charge_affiliate",
    "finance.accept_mirror",
    "finance.set_rate",
    "finance.revalue",
    "finance.manage_books",
    "finance.export_ledger",
    "finance.manage_assets",
    "finance.depreciate",
    "finance.dispose_asset",
    "finance.spread",
)
permit("controller", "finance.*")
permit("auditor", "finance.export_ledger")
