"""Tax codes: the ways a company's sales are taxed, each made when it is first needed."""

from django.db import models

from kantoor.departments.finance.models.chart import Account
from kantoor.kernel.fields import ExactField
from kantoor.kernel.store.models import KeptModel


class TaxCode(KeptModel):
    """One way of taxing a sale, such as `S20` (20 % within the country) or `K` (to another EU country).

    `category` is the code of UNCL 5305 that EN 16931 uses; `ground` the rule that decided (see
    reference/vat); `rate` a percentage; `reason_code` a VATEX code. The dates say since and until
    when the rate is or was in force; without them it is not bound to dates.
    """

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    code = models.CharField(max_length=20)
    category = models.CharField(max_length=2)
    ground = models.CharField(max_length=40)
    rate = ExactField()
    country = models.CharField(max_length=2)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    name_en = models.CharField(max_length=100)
    name_nl = models.CharField(max_length=100)
    reason_code = models.CharField(max_length=30)
    reason_en = models.CharField(max_length=300)
    reason_nl = models.CharField(max_length=300)
    sales_account = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    tax_account = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )

    class Meta:
        db_table = "finance_tax_code"
        constraints = [models.UniqueConstraint(fields=["company", "code"], name="tax_code_once")]

    def __str__(self) -> str:
        return self.code
