"""What sales declares to the shell: its place in the menu, and what roles can be allowed."""

from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.standard import permit
from kantoor.kernel.departments import Department, Permission, declare

PERMISSIONS = (
    Permission("sales.read_customers", _("See customers, what they owe and may buy")),
    Permission("sales.read_orders", _("See orders, quotations, returns and articles")),
    Permission("sales.manage_customers", _("Add and change customers")),
    Permission("sales.set_credit_limit", _("Set credit limits, up to an amount")),
    Permission("sales.manage_articles", _("Add and change articles")),
    Permission("sales.offer_quotations", _("Offer quotations")),
    Permission("sales.take_orders", _("Take, confirm, deliver and cancel orders")),
    Permission("sales.take_returns", _("Take returns and credit them")),
    Permission("sales.invoice_orders", _("Invoice orders")),
)

DEPARTMENT = declare(
    Department(
        name="sales",
        title=_("Sales"),
        icon="building-store",
        letter="s",
        order=10,
        uses=("finance",),
        permissions=PERMISSIONS,
    )
)

permit(
    "sales_desk",
    "sales.*",
    "finance.issue_invoice",
    "finance.read_receivables",
    "kernel.read_intake",
)
permit("bookkeeper", "sales.read_*", "sales.invoice_orders", "sales.take_returns")
permit("controller", "sales.read_*", "sales.set_credit_limit")
