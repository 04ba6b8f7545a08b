"""Suppliers and their invoices in the small company that has rows in every table."""

from datetime import date

from kantoor.departments.finance.actions.payables.entering import enter_purchase_invoices
from kantoor.departments.finance.actions.payables.suppliers import create_suppliers
from kantoor.departments.finance.drafts_purchases import (
    PurchaseDraft,
    PurchaseLineDraft,
    SupplierDraft,
)
from kantoor.departments.finance.models import PurchaseFinding, PurchaseInvoice
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
