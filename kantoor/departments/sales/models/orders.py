"""Orders: what customers want of us, until it is delivered and invoiced."""

from django.db import models

from kantoor.departments.sales.models.lines import DocumentLine
from kantoor.kernel.store.models import KeptModel

SALE, STOCK_CORRECTION = "sale", "stock_correction"

PLACED = "placed"
CONFIRMED = "confirmed"
DELIVERED = "delivered"
INVOICED = "invoiced"
COMPLETED = "completed"
CANCELLED = "cancelled"


class Order(KeptModel):
    """An order, with the number we gave it.

    `reference` is its number in the front office, `source` the front office, `event` the event it
    came in by. `country` (ISO 3166, or empty) decides the tax; `net` is the sum of its lines.
    `state` is placed, confirmed, then delivered or invoiced, completed when it is both, or
    cancelled. A stock correction of the front office is an order without value or invoice.
    """

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    number = models.IntegerField()
    kind = models.CharField(max_length=16, default=SALE)
    party = models.ForeignKey("kernel.Party", on_delete=models.PROTECT, db_index=False)
    source = models.CharField(max_length=200, default="", blank=True)
    reference = models.CharField(max_length=120, default="", blank=True)
    event = models.CharField(max_length=200, default="", blank=True)
    ordered_on = models.DateField()
    country = models.CharField(max_length=2, default="", blank=True)
    net = models.BigIntegerField()
    state = models.CharField(max_length=10, default=PLACED)
    delivered_on = models.DateField(null=True, blank=True)
    invoice_id = models.BigIntegerField(null=True, blank=True)
    text = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        db_table = "sales_order"
        constraints = [
            models.UniqueConstraint(fields=["company", "number"], name="order_number_once"),
            models.UniqueConstraint(
                fields=["company", "source", "reference"],
                condition=~models.Q(reference=""),
                name="order_reference_once",
            ),
        ]
        indexes = [
            models.Index(fields=["party", "id"], name="order_by_party"),
            models.Index(fields=["company", "ordered_on", "id"], name="order_by_date"),
            models.Index(
                fields=["company", "state", "id"],
                condition=~models.Q(state__in=[COMPLETED, CANCELLED]),
                name="order_open",
            ),
        ]

    def __str__(self) -> str:
        return order_number(self.number)


class OrderLine(DocumentLine):
    """A line of an order."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="lines")

    class Meta:
        db_table = "sales_order_line"


def order_number(number: int) -> str:
    """The number as people see it: `SO-000012`."""
    return f"SO-{number:06}"
