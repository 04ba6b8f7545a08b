"""Quotations: what we offered, until it becomes an order or lapses."""

from django.db import models

from kantoor.departments.sales.models.lines import DocumentLine
from kantoor.departments.sales.models.orders import Order
from kantoor.kernel.store.models import KeptModel

OFFERED = "offered"
ACCEPTED = "accepted"
DECLINED = "declined"
WITHDRAWN = "withdrawn"


class Quotation(KeptModel):
    """An offer to a customer, good until a date.

    `state` is offered, then accepted (and `order` is what came of it), declined or withdrawn.
    """

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    number = models.IntegerField()
    party = models.ForeignKey("kernel.Party", on_delete=models.PROTECT, related_name="+")
    offered_on = models.DateField()
    valid_until = models.DateField()
    country = models.CharField(max_length=2, default="", blank=True)
    net = models.BigIntegerField()
    state = models.CharField(max_length=10, default=OFFERED)
    order = models.OneToOneField(Order, on_delete=models.PROTECT, null=True)
    reference = models.CharField(max_length=120, default="", blank=True)
    text = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        db_table = "sales_quotation"
        constraints = [
            models.UniqueConstraint(fields=["company", "number"], name="quotation_number_once")
        ]
        indexes = [
            models.Index(fields=["company", "offered_on", "id"], name="quotation_by_date"),
        ]

    def __str__(self) -> str:
        return quotation_number(self.number)


class QuotationLine(DocumentLine):
    """A line of a quotation."""

    quotation = models.ForeignKey(Quotation, on_delete=models.PROTECT, related_name="lines")

    class Meta:
        db_table = "sales_quotation_line"


def quotation_number(number: int) -> str:
    """The number as people see it: `QU-000012`."""
    return f"QU-{number:06}"
