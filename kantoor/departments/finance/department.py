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
    Permission("finance.export_ledger", _("Export the ledger")),
    Permission("finance.issue_invoice", _("Issue invoices and credit notes")),
    Permission("finance.receive_payment", _("Book payments received")),
    Permission("finance.settle", _("Settle open items, and undo that")),
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
    "finance.settle",
    "finance.manage_books",
    "finance.export_ledger",
)
permit("controller", "finance.*")
permit("auditor", "finance.export_ledger")
