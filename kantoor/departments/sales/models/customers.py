"""The terms on which we sell to a party."""

from django.db import models

from kantoor.kernel.store.models import KeptModel


class Customer(KeptModel):
    """A customer: a party of the kernel, with the terms agreed.

    `credit_limit` is the most they may owe us, in minor units of the company's currency; NULL is
    no limit. To one that is `blocked` nothing more is sold. `number` is set where the party got
    its code from our own series.
    """

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    party = models.OneToOneField("kernel.Party", on_delete=models.PROTECT, related_name="customer")
    number = models.IntegerField(null=True, blank=True)
    payment_days = models.PositiveSmallIntegerField(default=30)
    credit_limit = models.BigIntegerField(null=True, blank=True)
    blocked = models.BooleanField(default=False)

    class Meta:
        db_table = "sales_customer"
        constraints = [
            models.UniqueConstraint(fields=["company", "number"], name="customer_number_once")
        ]
        indexes = [models.Index(fields=["company", "id"], name="customer_by_company")]

    def __str__(self) -> str:
        return self.party.name
