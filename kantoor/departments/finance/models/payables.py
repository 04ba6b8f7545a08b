"""Suppliers, and purchase invoices from the day they come in until they are posted.

A purchase invoice has one number from the beginning. While it waits it may be coded, corrected,
held or refused; what it says once it is posted never changes, and a trigger proves on that moment
that its lines and taxes add up.
"""

from django.db import models

from kantoor.departments.finance.models.chart import Account
from kantoor.departments.finance.models.guards_payables import guard_posted
from kantoor.departments.finance.models.ledger import Entry
from kantoor.departments.finance.models.purchasing import PurchaseOrderLine
from kantoor.departments.finance.models.tax import TaxCode
from kantoor.kernel.fields import ExactField
from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.models import KeptModel

INVOICE, CREDIT_NOTE = "invoice", "credit_note"

RECEIVED, PROPOSED, APPROVED = "received", "proposed", "approved"
POSTED, REFUSED = "posted", "refused"
WAITING = (RECEIVED, PROPOSED, APPROVED)
"""States in which an invoice still wants hands."""
HELD, RELEASED, ALTERED = "held", "released", "altered"
"""What else stands in the history of a document; they are no states."""


class Supplier(KeptModel):
    """A supplier: a party of the kernel, with the terms agreed and how it is booked.

    They give `discount_percent` of the gross amount to who pays within `discount_days`. `account`
    and `tax_code` are what a line gets that says nothing else. `endpoint` is the electronic
    address, scheme first (`0106:12345678`). With a `hold` nothing is paid: it says why. `number`
    is set where the party got its code from our own series. Letters are in the party's language.
    """

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    party = models.OneToOneField("kernel.Party", on_delete=models.PROTECT, related_name="supplier")
    number = models.IntegerField(null=True, blank=True)
    payment_days = models.PositiveSmallIntegerField(default=30)
    discount_percent = ExactField(default=0)
    discount_days = models.PositiveSmallIntegerField(default=0)
    account = models.ForeignKey(
        Account, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    tax_code = models.ForeignKey(
        TaxCode, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    endpoint = models.CharField(max_length=100, default="", blank=True)
    hold = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        db_table = "finance_supplier"
        constraints = [
            models.UniqueConstraint(fields=["company", "number"], name="supplier_number_once")
        ]
        indexes = [
            models.Index(fields=["company", "id"], name="supplier_by_company"),
            models.Index(
                fields=["company", "endpoint"],
                condition=~models.Q(endpoint=""),
                name="supplier_by_endpoint",
            ),
        ]

    @property
    def language(self) -> str:
        """The language of letters and remittances."""
        return str(self.party.language)


class PurchaseInvoice(KeptModel):
    """A purchase invoice, or a credit note: then amounts say what we get back.

    `sequence` runs without gaps for each company, from the day it comes in; `number` is how people
    know it (`PI-000012`), `reference` how the supplier does. Without a `party` it is not known yet
    whose it is; `seller` is the name it bears itself. Amounts are in minor units of `currency`.
    `form` is where it came from (`typed`, `ubl`, `cii`, `facturx`, `pdf`, `image`), `file` what
    came in, as it was. `reference_key` is the reference without what people write now and then.
    `same_as` is one that it seems to be again. With a `hold` it is neither
    posted nor paid: it says why. `entered_by` is who wrote or changed it last, and so can't
    approve it. `discount` is what is given off when paid by `discount_on`. `booked_on` is the
    date of its entry; one whose lines move no account (all nought) is posted without an entry.
    `own_net` and `own_tax` are in the company's currency, as they were booked at the rate of the
    invoice's date. Until then they are nought, but for what it says itself of its VAT in our
    currency (EN 16931, BT-111).
    """

    subject_field = "subject_id"
    erased_as = {"seller": "", "iban": "", "text": ""}
    subject_id = models.BigIntegerField(null=True)
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    sequence = models.IntegerField()
    number = models.CharField(max_length=12)
    kind = models.CharField(max_length=12, default=INVOICE)
    state = models.CharField(max_length=10, default=RECEIVED)
    party = models.ForeignKey("kernel.Party", on_delete=models.PROTECT, null=True, db_index=False)
    seller = models.CharField(max_length=200)
    reference = models.CharField(max_length=80)
    reference_key = models.CharField(max_length=80)
    received_on = models.DateField()
    date = models.DateField(null=True)
    due_on = models.DateField(null=True)
    currency = models.CharField(max_length=3)
    net = models.BigIntegerField()
    tax = models.BigIntegerField()
    gross = models.BigIntegerField()
    line_count = models.IntegerField()
    discount = models.BigIntegerField(default=0)
    discount_on = models.DateField(null=True)
    payment_reference = models.CharField(max_length=80, default="", blank=True)
    iban = models.CharField(max_length=34, default="", blank=True)
    order_reference = models.CharField(max_length=80, default="", blank=True)
    text = models.CharField(max_length=500, default="", blank=True)
    hold = models.CharField(max_length=200, default="", blank=True)
    form = models.CharField(max_length=10, default="typed")
    file = models.ForeignKey("kernel.File", on_delete=models.PROTECT, null=True, db_index=False)
    sha256 = models.CharField(max_length=64, default="", blank=True)
    same_as = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    credits = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="credit_notes", db_index=False
    )
    entered_by_id = models.BigIntegerField(null=True)
    booked_on = models.DateField(null=True)
    entry = models.OneToOneField(
        Entry, on_delete=models.PROTECT, null=True, related_name="purchase_invoice"
    )
    own_net = models.BigIntegerField(default=0)
    own_tax = models.BigIntegerField(default=0)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "finance_purchase_invoice"
        constraints = [
            models.UniqueConstraint(fields=["company", "number"], name="purchase_number_once"),
            models.UniqueConstraint(fields=["company", "sequence"], name="purchase_sequence_once"),
            models.UniqueConstraint(
                fields=["company", "sha256"],
                condition=~models.Q(sha256=""),
                name="purchase_content_once",
            ),
            models.CheckConstraint(
                condition=models.Q(gross=models.F("net") + models.F("tax")),
                name="purchase_gross_is_net_and_tax",
            ),
        ]
        indexes = [
            models.Index(fields=["company", "date", "id"], name="purchase_by_date"),
            models.Index(fields=["party", "reference_key"], name="purchase_by_reference"),
            models.Index(fields=["party", "date", "gross"], name="purchase_by_content"),
            models.Index(
                fields=["company", "state", "id"],
                condition=models.Q(state__in=WAITING),
                name="purchase_waiting",
            ),
            models.Index(
                fields=["company", "iban"], condition=~models.Q(iban=""), name="purchase_by_iban"
            ),
            models.Index(
                fields=["credits"],
                condition=models.Q(credits__isnull=False),
                name="purchase_by_credited",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class PurchaseLine(KeptModel):
    """A line: `net` as the supplier reckons it, after the line's own allowances and charges.

    Until `account` is there it can't be posted. Without a `tax_code` it stands outside VAT.
    `suggested` says in words why it got its account and tax code, where a person did not.
    `order_line` is what it invoices of an order.
    """

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    invoice = models.ForeignKey(
        PurchaseInvoice, on_delete=models.PROTECT, related_name="lines", db_index=False
    )
    n = models.IntegerField()
    article = models.CharField(max_length=80)
    text = models.CharField(max_length=500)
    quantity = ExactField()
    unit_price = ExactField()
    net = models.BigIntegerField()
    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, db_index=False)
    dimension_set_id = models.BigIntegerField(default=0)
    tax_code = models.ForeignKey(TaxCode, on_delete=models.PROTECT, null=True, db_index=False)
    suggested = models.CharField(max_length=200)
    order_line = models.ForeignKey(
        PurchaseOrderLine, on_delete=models.PROTECT, null=True, related_name="invoiced"
    )

    class Meta:
        db_table = "finance_purchase_line"
        constraints = [
            models.UniqueConstraint(fields=["invoice", "n"], name="purchase_line_once"),
        ]


class PurchaseTax(KeptModel):
    """The tax of one tax code on an invoice: `amount` as the supplier reckons it, on `base`.

    `deductible` is the part of `amount` that we get back; the rest is cost. A `reversed` tax is
    not on the invoice: we owe it ourselves (Directive 2006/112/EC, art. 194 to 200), so it is not
    in the invoice's `tax`. `own_base`, `own_amount` and `own_deductible` are the same in the
    company's currency, for the VAT return; nought until the invoice is posted.
    """

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    invoice = models.ForeignKey(PurchaseInvoice, on_delete=models.PROTECT, related_name="taxes")
    tax_code = models.ForeignKey(TaxCode, on_delete=models.PROTECT, db_index=False)
    category = models.CharField(max_length=2)
    rate = ExactField()
    base = models.BigIntegerField()
    amount = models.BigIntegerField()
    deductible = models.BigIntegerField()
    reversed = models.BooleanField(default=False)
    own_base = models.BigIntegerField(default=0)
    own_amount = models.BigIntegerField(default=0)
    own_deductible = models.BigIntegerField(default=0)

    class Meta:
        db_table = "finance_purchase_tax"
        constraints = [
            models.UniqueConstraint(fields=["invoice", "tax_code"], name="purchase_tax_once")
        ]


class PurchaseFinding(KeptModel):
    """A rule that a received invoice breaks: what is `fatal` keeps it from being posted."""

    kept = Kept.SEALED
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    invoice = models.ForeignKey(PurchaseInvoice, on_delete=models.PROTECT, related_name="findings")
    rule = models.CharField(max_length=60)
    message = models.CharField(max_length=500)
    place = models.CharField(max_length=200)
    fatal = models.BooleanField()

    class Meta:
        db_table = "finance_purchase_finding"


class PurchaseStep(KeptModel):
    """What happened to a purchase invoice or order, when, by whom and why.

    `about` is `finance.purchase_invoice/12`; `state` the state it came into, or `held`,
    `released`, `altered`.
    """

    kept = Kept.SEALED
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    about = models.CharField(max_length=50)
    state = models.CharField(max_length=10)
    at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)
    why = models.CharField(max_length=300)

    class Meta:
        db_table = "finance_purchase_step"
        indexes = [models.Index(fields=["about"], name="purchase_step_about")]


def reference_key(reference: str) -> str:
    """A supplier's number as it is compared: capitals and digits, without leading noughts."""
    return "".join(filter(str.isalnum, reference.upper())).lstrip("0")


def purchase_number(sequence: int) -> str:
    """The number as people see it: `PI-000012`."""
    return f"PI-{sequence:06}"


guard_posted()
