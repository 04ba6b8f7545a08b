"""Tax codes: the ways sales and purchases are taxed, and what manual entries say of tax."""

from django.db import models

from kantoor.departments.finance.models.chart import Account
from kantoor.departments.finance.models.ledger import Entry
from kantoor.kernel.fields import ExactField
from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.models import KeptModel

SALE, PURCHASE = "sale", "purchase"


class TaxCode(KeptModel):
    """One way of taxing, such as `S20` (a sale at 20 %) or `PK21` (goods bought in the EU).

    `category` is the code of UNCL 5305 that EN 16931 uses; `ground` the rule that decided (see
    reference/vat); `rate` a percentage; `reason_code` a VATEX code. The dates say since and until
    when the rate is or was in force; without them it is not bound to dates. `country` is whose tax
    it is.

    `use` is sale or purchase. Of a purchase `deductible` is the percentage of the tax that is input
    tax, on `input_account`; what is not goes to `cost_account`. `reversed` says that the company
    owes the tax itself, on `tax_account`. Of a sale `tax_account` is where the tax goes.
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
    use = models.CharField(max_length=8, default=SALE)
    deductible = ExactField(default=0)
    reversed = models.BooleanField(default=False)
    sales_account = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    tax_account = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    input_account = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    cost_account = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )

    class Meta:
        db_table = "finance_tax_code"
        constraints = [models.UniqueConstraint(fields=["company", "code"], name="tax_code_once")]

    def __str__(self) -> str:
        return self.code


class EntryTax(KeptModel):
    """What a manual entry says of tax under one code: a fact that the VAT return is made of.

    In minor units of the company's currency: `base` and `amount` are above zero for a sale or
    purchase as usual, below zero for one taken back; `deductible` is the part of `amount` that is
    input tax. `said` tells that the base is as said and on no line of the entry. `party` is who
    the base lines name. `date` is the entry's.
    """

    kept = Kept.SEALED
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="taxes")
    date = models.DateField()
    party = models.ForeignKey("kernel.Party", on_delete=models.PROTECT, null=True, db_index=False)
    tax_code = models.ForeignKey(TaxCode, on_delete=models.PROTECT, db_index=False)
    category = models.CharField(max_length=2)
    rate = ExactField()
    base = models.BigIntegerField()
    amount = models.BigIntegerField()
    deductible = models.BigIntegerField()
    said = models.BooleanField()

    class Meta:
        db_table = "finance_entry_tax"
        indexes = [models.Index(fields=["company", "date", "id"], name="entry_tax_by_date")]
