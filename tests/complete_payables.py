"""Suppliers and their invoices in the small company that has rows in every table."""

from datetime import date
from decimal import Decimal

from django.utils import timezone

from kantoor.departments.finance.actions.payables.entering import enter_purchase_invoices
from kantoor.departments.finance.actions.payables.orders import (
    order_purchases,
    send_purchase_orders,
)
from kantoor.departments.finance.actions.payables.receipts import receive_purchases
from kantoor.departments.finance.actions.payables.rules_of_approval import (
    add_approval_rule,
    set_match_tolerance,
)
from kantoor.departments.finance.actions.payables.suppliers import create_suppliers
from kantoor.departments.finance.drafts_orders import (
    OrderDraft,
    OrderLineDraft,
    ReceiptDraft,
    ReceivedLine,
)
from kantoor.departments.finance.drafts_purchases import (
    PurchaseDraft,
    PurchaseLineDraft,
    SupplierDraft,
)
from kantoor.departments.finance.models import (
    PurchaseApproval,
    PurchaseFinding,
    PurchaseInvoice,
    PurchaseOrder,
)
from kantoor.kernel.actors.actor import Actor


def buying(anne: Actor, account: str) -> None:
    """Two suppliers, an invoice of each that is posted, and one that waits."""
    create_suppliers(
        anne,
        suppliers=[
            SupplierDraft(code=code, name=f"Leverancier {code}", country="NL", account=account)
            for code in ("V1", "V2")
        ],
    )

    def drafts(reference: str) -> list[PurchaseDraft]:
        line = PurchaseLineDraft(text="Paper", amount=10_000, tax="P21")
        return [
            PurchaseDraft(
                supplier=code, reference=f"{reference}-{code}", date=date(2030, 1, 3), lines=[line]
            )
            for code in ("V1", "V2")
        ]

    enter_purchase_invoices(anne, invoices=drafts("F1"), post_them=True)
    enter_purchase_invoices(anne, invoices=drafts("F2"))
    ordering(anne)


def ordering(anne: Actor) -> None:
    """Orders that are received in parts, rules of approval, and a tolerance."""
    lines = [OrderLineDraft(text="Paper", quantity=Decimal(4), unit_price=Decimal(5), tax="P21")]
    day = date(2030, 1, 2)
    numbers = order_purchases(
        anne, orders=[OrderDraft(supplier=code, date=day, lines=lines) for code in ("V1", "V2")]
    )
    send_purchase_orders(anne, orders=numbers)
    part = [ReceivedLine(n=1, quantity=Decimal(1))]
    receive_purchases(
        anne, receipts=[ReceiptDraft(order=number, date=day, lines=part) for number in numbers]
    )
    for name in ("Director", "Budget holder"):
        add_approval_rule(anne, name=name, from_amount=10**9, role="controller")
    set_match_tolerance(anne, price_percent=Decimal(2))


def approvals(anne: Actor) -> None:
    """What somebody approved, and rules that a received invoice breaks."""
    orders = PurchaseOrder.objects.filter(company_id=anne.company_id)
    PurchaseApproval.objects.bulk_create(
        PurchaseApproval(
            company_id=anne.company_id,
            about=f"finance.purchase_order/{order.pk}",
            digest="0" * 64,
            user_id=anne.user_id or 0,
            at=timezone.now(),
        )
        for order in orders
    )
    findings(anne)


def findings(anne: Actor) -> None:
    """Rules that a received invoice breaks."""
    first = PurchaseInvoice.objects.filter(company_id=anne.company_id, state="received").first()
    assert first is not None
    PurchaseFinding.objects.bulk_create(
        PurchaseFinding(
            company_id=anne.company_id, invoice=first, rule=rule, message="broken", place="",
            fatal=True,
        )
        for rule in ("BR-01", "BR-02")
    )  # fmt: skip
