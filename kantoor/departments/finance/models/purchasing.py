"""Purchase orders and what is received of them, and who has to approve what is bought."""

from django.db import models

from kantoor.departments.finance.models.chart import Account
from kantoor.departments.finance.models.dimensions import DimensionValue
from kantoor.departments.finance.models.tax import TaxCode
from kantoor.kernel.fields import ExactField
from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.models import KeptModel

DRAFT, APPROVED, SENT, CLOSED, CANCELLED = "draft", "approved", "sent", "closed", "cancelled"


class PurchaseOrder(KeptModel):
    """An order with a supplier: `draft` until it is approved, then `sent`, and `closed` in the end.

    `sequence` runs without gaps for each company, `number` is how people know it (`PO-000012`).
    `net` is in minor units of `currency`, before VAT. `entered_by` wrote or changed it last.
    """

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    sequence = models.IntegerField()
    number = models.CharField(max_length=12)
    party = models.ForeignKey("kernel.Party", on_delete=models.PROTECT, db_index=False)
    state = models.CharField(max_length=10, default=DRAFT)
    date = models.DateField()
    expected_on = models.DateField(null=True)
    reference = models.CharField(max_length=80)
    text = models.CharField(max_length=500)
    currency = models.CharField(max_length=3)
    net = models.BigIntegerField()
    line_count = models.IntegerField()
    entered_by_id = models.BigIntegerField(null=True)

    class Meta:
        db_table = "finance_purchase_order"
        constraints = [
            models.UniqueConstraint(fields=["company", "number"], name="order_placed_number_once"),
            models.UniqueConstraint(fields=["company", "sequence"], name="order_placed_once"),
        ]
        indexes = [
            models.Index(fields=["company", "date", "id"], name="order_placed_by_date"),
            models.Index(fields=["party", "id"], name="order_placed_by_party"),
        ]

    def __str__(self) -> str:
        return self.number


class PurchaseOrderLine(KeptModel):
    """A line of an order: `net` is quantity times unit price, rounded half up."""

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    order = models.ForeignKey(
        PurchaseOrder, on_delete=models.PROTECT, related_name="lines", db_index=False
    )
    n = models.IntegerField()
    article = models.CharField(max_length=80)
    text = models.CharField(max_length=500)
    quantity = ExactField()
    unit_price = ExactField()
    net = models.BigIntegerField()
    account = models.ForeignKey(Account, on_delete=models.PROTECT, db_index=False)
    dimension_set_id = models.BigIntegerField(default=0)
    tax_code = models.ForeignKey(TaxCode, on_delete=models.PROTECT, null=True, db_index=False)

    class Meta:
        db_table = "finance_purchase_order_line"
        constraints = [
            models.UniqueConstraint(fields=["order", "n"], name="order_placed_line_once"),
        ]


class Receipt(KeptModel):
    """Goods or services received of an order, on a day; `reference` is the delivery note's."""

    kept = Kept.SEALED
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    sequence = models.IntegerField()
    number = models.CharField(max_length=12)
    order = models.ForeignKey(PurchaseOrder, on_delete=models.PROTECT, related_name="receipts")
    date = models.DateField()
    reference = models.CharField(max_length=80)
    text = models.CharField(max_length=200)
    user_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "finance_receipt"
        constraints = [
            models.UniqueConstraint(fields=["company", "number"], name="receipt_number_once"),
            models.UniqueConstraint(fields=["company", "sequence"], name="receipt_once"),
        ]


class ReceiptLine(KeptModel):
    """What was received of a line of the order; below zero takes an earlier receipt back."""

    kept = Kept.SEALED
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, related_name="lines")
    line = models.ForeignKey(PurchaseOrderLine, on_delete=models.PROTECT, related_name="receipts")
    quantity = ExactField()

    class Meta:
        db_table = "finance_receipt_line"


class ApprovalRule(KeptModel):
    """Who has to approve a purchase: somebody with a role, or one person.

    From `from_amount` on, in minor units: of the whole invoice or order, or with a
    `dimension_value` (a cost centre) of the lines that bear it. One that is not `active` asks
    nothing.
    """

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    name = models.CharField(max_length=100)
    from_amount = models.BigIntegerField()
    dimension_value = models.ForeignKey(
        DimensionValue, on_delete=models.PROTECT, null=True, db_index=False
    )
    role = models.ForeignKey("kernel.Role", on_delete=models.PROTECT, null=True, db_index=False)
    user = models.ForeignKey(
        "kernel.User", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    active = models.BooleanField(default=True)

    class Meta:
        db_table = "finance_approval_rule"
        constraints = [
            models.UniqueConstraint(fields=["company", "name"], name="approval_rule_once")
        ]


class PurchaseApproval(KeptModel):
    """A person's yes to an invoice or order as it stood: `digest` is the SHA-256 of what it said.

    `about` is `finance.purchase_invoice/12`. What is changed afterwards has another digest, and so
    waits for approval anew. `rule` is the one it satisfies; None is the second look that
    differences with the order ask.
    """

    kept = Kept.SEALED
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    about = models.CharField(max_length=50)
    digest = models.CharField(max_length=64)
    rule = models.ForeignKey(ApprovalRule, on_delete=models.PROTECT, null=True, db_index=False)
    user = models.ForeignKey(
        "kernel.User", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    at = models.DateTimeField()

    class Meta:
        db_table = "finance_purchase_approval"
        indexes = [models.Index(fields=["about"], name="purchase_approval_about")]


class MatchTolerance(KeptModel):
    """How far an invoice may differ from order and receipt before a person has to approve that.

    The price of a line by a percentage and by an amount in minor units for the line, its quantity
    by a percentage and by a number. Within either of the two is within; all nought is exactly.
    """

    company = models.OneToOneField("kernel.Company", on_delete=models.PROTECT)
    price_percent = ExactField(default=0)
    price_amount = models.BigIntegerField(default=0)
    quantity_percent = ExactField(default=0)
    quantity = ExactField(default=0)

    class Meta:
        db_table = "finance_match_tolerance"


def order_number(sequence: int) -> str:
    """The number as people see it: `PO-000012`."""
    return f"PO-{sequence:06}"


def receipt_number(sequence: int) -> str:
    """The number as people see it: `GR-000012`."""
    return f"GR-{sequence:06}"
