"""Returns: what a customer sent back or was charged too much, until it is credited."""

from django.db import models

from kantoor.departments.sales.models.lines import DocumentLine
from kantoor.departments.sales.models.orders import Order
from kantoor.kernel.store.models import KeptModel

TAKEN = "taken"
CREDITED = "credited"


class Return(KeptModel):
    """Something taken back, quantities and `net` positive; `order` is what it was sold by, if known.

    `state` is taken, then credited, when `invoice_id` is the credit note.
    """

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    number = models.IntegerField()
    party = models.ForeignKey("kernel.Party", on_delete=models.PROTECT, related_name="+")
    order = models.ForeignKey(Order, on_delete=models.PROTECT, null=True, related_name="returns")
    source = models.CharField(max_length=200, default="", blank=True)
    reference = models.CharField(max_length=120, default="", blank=True)
    event = models.CharField(max_length=200, default="", blank=True)
    taken_on = models.DateField()
    country = models.CharField(max_length=2, default="", blank=True)
    net = models.BigIntegerField()
    state = models.CharField(max_length=10, default=TAKEN)
    invoice_id = models.BigIntegerField(null=True, blank=True)
    text = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        db_table = "sales_return"
        constraints = [
            models.UniqueConstraint(fields=["company", "number"], name="return_number_once"),
            models.UniqueConstraint(
                fields=["company", "source", "reference"],
                condition=~models.Q(reference=""),
                name="return_reference_once",
            ),
        ]
        indexes = [
            models.Index(fields=["company", "taken_on", "id"], name="return_by_date"),
        ]

    def __str__(self) -> str:
        return return_number(self.number)


class ReturnLine(DocumentLine):
    """A line of a return."""

    # "return" is no name in Python.
    taken = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="lines")

    class Meta:
        db_table = "sales_return_line"


def return_number(number: int) -> str:
    """The number as people see it: `RT-000012`."""
    return f"RT-{number:06}"
