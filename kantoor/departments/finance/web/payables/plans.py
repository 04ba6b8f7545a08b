"""What the forms of what we buy need beyond the signatures of their actions."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.drafts_purchases import NO_TAX
from kantoor.departments.finance.queries.accounts import accounts
from kantoor.departments.finance.queries.payables.invoice_card import (
    PurchaseCardLine,
    purchase_invoice,
)
from kantoor.departments.finance.queries.payables.suppliers import supplier, suppliers
from kantoor.departments.finance.web.payables.urls import order_url, purchase_url, supplier_url
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError
from kantoor.kernel.pages.plans import Given, Plan, plan
from kantoor.kernel.pages.words import name_field
from kantoor.kernel.paging import LARGEST_PAGE


def suppliers_by_code(actor: Actor) -> dict[str, str]:
    """Suppliers, for typing a code."""
    try:
        return {row.code: row.name for row in suppliers(actor, limit=LARGEST_PAGE).rows}
    except DomainError:
        return {}


def cost_accounts_by_code(actor: Actor) -> dict[str, str]:
    """The accounts that purchases are booked on, for typing a code."""
    try:
        return {each.code: each.name for each in accounts(actor)}
    except DomainError:
        return {}


def _today(_actor: Actor) -> Given:
    return {"date": timezone.localdate()}


def _terms(actor: Actor, given: Given) -> Given:
    """What is known of the supplier that the address names."""
    try:
        card = supplier(actor, code=str(given.get("change.code", "")))
    except DomainError:
        return {}
    names = (
        "email", "phone", "street", "postcode", "city", "vat_number", "registration", "language",
        "endpoint", "discount_percent", "discount_days", "account", "tax",
    )  # fmt: skip
    known = {f"change.{name}": getattr(card, name) for name in names}
    row = card.supplier
    return {
        **known,
        "change.name": row.name,
        "change.country": row.country,
        "change.payment_days": row.payment_days,
    }


def _said(actor: Actor, given: Given) -> Given:
    """What the invoice that the address names says now, and how it is booked."""
    try:
        card = purchase_invoice(actor, number=str(given.get("invoice", "")))
    except DomainError:
        return {}
    row = card.invoice
    found: dict[str, Any] = {
        "supplier": row.supplier,
        "reference": row.reference,
        "date": row.date,
        "due_on": row.due_on,
        "credit": row.kind == "credit_note",
        "credits": card.credits,
        "currency": row.currency if row.currency != actor.currency else "",
        "payment_reference": card.payment_reference,
        "iban": card.iban,
        "order_reference": card.order_reference,
        "text": card.text,
        "lines": [_line_said(line) for line in card.lines],
    }
    return {name: value for name, value in found.items() if value not in (None, "")}


def _line_said(line: PurchaseCardLine) -> dict[str, Any]:
    return {
        "n": line.n,
        "text": line.text,
        "amount": line.net,
        "quantity": line.quantity,
        "account": line.account,
        "tax": line.tax or NO_TAX,
        "order_line": line.order_line,
    }


def _to_purchase(_actor: Actor, result: Any) -> str:
    return purchase_url(result.number) if getattr(result, "number", "") else ""


def _to_supplier(_actor: Actor, result: Any) -> str:
    return supplier_url(result) if isinstance(result, str) else ""


def _to_order(_actor: Actor, result: Any) -> str:
    return order_url(result) if isinstance(result, str) else ""


_LINES: dict[str, Any] = {
    "leave_out": ("lines.dimensions", "lines.article"),
    "suggestions": {"supplier": suppliers_by_code, "lines.account": cost_accounts_by_code},
    "kinds": {"lines.amount": "money", "gross": "money"},
    "lines": 3,
}
plan(
    "finance.enter_purchase_invoice",
    Plan(**_LINES, defaults=_today, submit=_("Enter"), goes_to=_to_purchase),
)
plan(
    "finance.alter_purchase_invoice",
    Plan(**_LINES, prefill=_said, drafts=False, in_palette=False, submit=_("Keep")),
)
plan(
    "finance.code_purchase_invoice",
    Plan(
        leave_out=("lines.dimensions",),
        suggestions={"supplier": suppliers_by_code, "lines.account": cost_accounts_by_code},
        prefill=_said,
        drafts=False,
        in_palette=False,
        submit=_("Keep"),
    ),
)
plan(
    "finance.order_purchase",
    Plan(
        leave_out=("lines.dimensions",),
        suggestions={"supplier": suppliers_by_code, "lines.account": cost_accounts_by_code},
        defaults=_today,
        submit=_("Write it"),
        goes_to=_to_order,
    ),
)
plan(
    "finance.create_supplier",
    Plan(
        suggestions={"supplier.account": cost_accounts_by_code},
        submit=_("Add"),
        goes_to=_to_supplier,
    ),
)
plan(
    "finance.alter_supplier",
    Plan(
        suggestions={"change.account": cost_accounts_by_code}, prefill=_terms, in_palette=False,
        submit=_("Keep"),
    ),
)  # fmt: skip
plan("finance.add_approval_rule", Plan(kinds={"from_amount": "money"}, submit=_("Add")))
plan("finance.set_match_tolerance", Plan(kinds={"price_amount": "money"}, submit=_("Keep")))
for _name in (
    "post_purchase_invoice", "approve_purchase_invoice", "hold_purchase_invoice",
    "release_purchase_invoice", "refuse_purchase_invoice", "keep_purchase_apart",
    "hold_suppliers", "release_suppliers", "approve_purchase_order", "send_purchase_order",
    "close_purchase_order", "receive_purchase",
):  # fmt: skip
    plan(f"finance.{_name}", Plan(in_palette=False))

name_field("supplier", _("Supplier"), _("The code of the supplier."))
name_field("suppliers", _("Suppliers"))
name_field("invoices", _("Invoices"))
name_field("orders", _("Orders"))
name_field("order", _("Order"), _("Its number, such as PO-000012."))
name_field(
    "finance.enter_purchase_invoice:reference", _("Their number"), _("As it stands on the invoice.")
)
name_field(
    "finance.alter_purchase_invoice:reference", _("Their number"), _("As it stands on the invoice.")
)
name_field("due_on", _("Due"), _("Empty is by the supplier's terms."))
name_field("gross", _("Total"), _("With VAT, as it stands on the invoice: it is checked."))
name_field("discount_percent", _("Discount for early payment"), _("A percentage of the total."))
name_field("discount_on", _("Discount until"))
name_field("discount_days", _("Days for the discount"))
name_field("payment_reference", _("Payment reference"), _("What they ask you to mention."))
name_field("iban", _("IBAN"))
name_field("order_reference", _("Order"), _("Our number, as they mention it."))
name_field("order_line", _("Line of an order"), _("Such as PO-000012#2."))
name_field("post_it", _("Post it at once"))
name_field("endpoint", _("Electronic address"), _("Scheme first, such as 0106:12345678."))
name_field("expected_on", _("Expected"))
name_field("from_amount", _("From amount"))
name_field("price_percent", _("Price, percentage"))
name_field("price_amount", _("Price, amount for a line"))
name_field("quantity_percent", _("Quantity, percentage"))
name_field("value", _("Value"))
