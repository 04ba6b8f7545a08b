"""Sales invoices and credit notes with their lines and taxes: numbered, sealed, provable.

Lines and taxes are written first and the invoice seals them: a trigger refuses an invoice that
they don't add up to, and taxes for an invoice that is there already. A line slipped in later is
found by `verify` and not refused: a trigger on lines would cost half as much again as the line.
"""

from django.db import models

from kantoor.departments.finance.models.calendar import FiscalYear
from kantoor.departments.finance.models.ledger import Entry
from kantoor.departments.finance.models.particulars import Particulars
from kantoor.departments.finance.models.tax import TaxCode
from kantoor.kernel.fields import ExactField
from kantoor.kernel.store.guards import Guard, register_guard
from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.models import KeptModel

INVOICE, CREDIT_NOTE = "invoice", "credit_note"


class Invoice(KeptModel):
    """A sales invoice, or a credit note: then amounts say what the customer gets back.

    `number` is what people know it by: fiscal year and `sequence`, without gaps for each company,
    kind and year, `C` before it for a credit note (`2011-00012`, `C2011-00003`). Amounts are in
    minor units of `currency`; `own_net` and `own_tax` are in the company's, as they were booked at
    the rate of the day (EN 16931, BT-6 and BT-111). `country` is the customer's as tax was decided by it, or empty.
    `credits` is the invoice that a credit note takes back. An invoice whose lines and taxes move
    no account (all nought) has no entry. `text` is a remark to the customer, without personal data.
    A `prepayment` is of what is still to be delivered: a debt to the customer and no revenue yet.
    One that is paid in instalments is due with the last of them.
    """

    kept = Kept.SEALED
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    kind = models.CharField(max_length=12)
    year = models.ForeignKey(FiscalYear, on_delete=models.PROTECT, db_index=False)
    sequence = models.IntegerField()
    number = models.CharField(max_length=30)
    party = models.ForeignKey("kernel.Party", on_delete=models.PROTECT, db_index=False)
    seller = models.ForeignKey(
        Particulars, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    buyer = models.ForeignKey(
        Particulars, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    date = models.DateField()
    due_on = models.DateField()
    currency = models.CharField(max_length=3)
    country = models.CharField(max_length=2)
    reference = models.CharField(max_length=80)
    origin = models.CharField(max_length=80)
    text = models.CharField(max_length=500)
    credits = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="credit_notes", db_index=False
    )
    net = models.BigIntegerField()
    tax = models.BigIntegerField()
    gross = models.BigIntegerField()
    line_count = models.IntegerField()
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, null=True)
    own_net = models.BigIntegerField()
    own_tax = models.BigIntegerField()
    prepayment = models.BooleanField(default=False)

    class Meta:
        db_table = "finance_invoice"
        constraints = [
            models.UniqueConstraint(fields=["company", "number"], name="invoice_number_once"),
            models.CheckConstraint(
                condition=models.Q(gross=models.F("net") + models.F("tax")),
                name="invoice_gross_is_net_and_tax",
            ),
        ]
        indexes = [
            models.Index(fields=["company", "date", "id"], name="invoice_by_date"),
            models.Index(fields=["party", "date"], name="invoice_by_party"),
            models.Index(
                fields=["origin"], condition=~models.Q(origin=""), name="invoice_by_origin"
            ),
            models.Index(
                fields=["company", "reference"],
                condition=~models.Q(reference=""),
                name="invoice_by_reference",
            ),
            models.Index(
                fields=["credits"],
                condition=models.Q(credits__isnull=False),
                name="invoice_by_credited",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class InvoiceLine(KeptModel):
    """A line: `net` is quantity times unit price, rounded half up (EN 16931, BT-131).

    `credits` is the line of an earlier invoice that this line of a credit note takes back.
    """

    kept = Kept.SEALED
    invoice = models.ForeignKey(
        Invoice, on_delete=models.PROTECT, related_name="lines", db_index=False
    )
    n = models.IntegerField()
    article = models.CharField(max_length=80)
    text = models.CharField(max_length=500)
    quantity = ExactField()
    unit_price = ExactField()
    net = models.BigIntegerField()
    tax_code = models.ForeignKey(TaxCode, on_delete=models.PROTECT, db_index=False)
    credits = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="credited_by", db_index=False
    )

    class Meta:
        db_table = "finance_invoice_line"
        constraints = [
            models.UniqueConstraint(fields=["invoice", "n"], name="invoice_line_once"),
        ]
        indexes = [
            models.Index(
                fields=["credits"],
                condition=models.Q(credits__isnull=False),
                name="invoice_line_by_credited",
            ),
        ]


class InvoiceTax(KeptModel):
    """The tax of one rate group: `amount` is rate times base, rounded half up (EN 16931, BR-CO-17).

    `base` is the sum of the group's lines (BR-S-08 and its like for the other categories).
    `own_base` and `own_amount` are the same in the company's currency, for the tax return.
    """

    kept = Kept.SEALED
    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="taxes")
    tax_code = models.ForeignKey(TaxCode, on_delete=models.PROTECT, db_index=False)
    category = models.CharField(max_length=2)
    rate = ExactField()
    base = models.BigIntegerField()
    amount = models.BigIntegerField()
    own_base = models.BigIntegerField()
    own_amount = models.BigIntegerField()

    class Meta:
        db_table = "finance_invoice_tax"


_ADDS_UP = "an invoice is the sum of its lines and taxes"
_SEALED = "an issued invoice takes no more taxes"

register_guard(
    Guard(
        "finance_invoice_adds_up",
        "finance_invoice",
        f"""CREATE TRIGGER finance_invoice_adds_up BEFORE INSERT ON finance_invoice
        WHEN (SELECT count(*) <> NEW.line_count OR sum(net) <> NEW.net OR max(n) <> count(*)
                  OR count(*) = 0
              FROM finance_invoice_line WHERE invoice_id = NEW.id)
          OR (SELECT count(*) = 0 OR sum(base) <> NEW.net OR sum(amount) <> NEW.tax
                  OR sum(own_base) <> NEW.own_net OR sum(own_amount) <> NEW.own_tax
              FROM finance_invoice_tax WHERE invoice_id = NEW.id)
        BEGIN SELECT RAISE(ABORT, '{_ADDS_UP}'); END""",  # noqa: S608
        """CREATE TRIGGER finance_invoice_adds_up AFTER INSERT ON finance_invoice
        REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT
        EXECUTE FUNCTION finance_invoice_adds_up()""",
        # Sums by index for each fresh invoice: a plan made while the tables were small must not
        # stay a scan of the whole.
        f"""CREATE OR REPLACE FUNCTION finance_invoice_adds_up() RETURNS trigger AS $$
        BEGIN
            IF EXISTS (
                SELECT 1 FROM fresh
                CROSS JOIN LATERAL (SELECT count(*) AS n, sum(net) AS net, max(n) AS last
                    FROM finance_invoice_line WHERE invoice_id = fresh.id) AS lines
                CROSS JOIN LATERAL (SELECT sum(base) AS base, sum(amount) AS amount,
                    sum(own_base) AS own_base, sum(own_amount) AS own_amount
                    FROM finance_invoice_tax WHERE invoice_id = fresh.id) AS taxes
                WHERE lines.n <> fresh.line_count OR lines.net IS DISTINCT FROM fresh.net
                    OR lines.last IS DISTINCT FROM fresh.line_count
                    OR taxes.base IS DISTINCT FROM fresh.net
                    OR taxes.amount IS DISTINCT FROM fresh.tax
                    OR taxes.own_base IS DISTINCT FROM fresh.own_net
                    OR taxes.own_amount IS DISTINCT FROM fresh.own_tax
            ) THEN
                RAISE EXCEPTION '{_ADDS_UP}' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NULL;
        END $$ LANGUAGE plpgsql SET enable_seqscan = off SET enable_hashjoin = off""",  # noqa: S608
    )
)
register_guard(
    Guard(
        "finance_invoice_tax_sealed",
        "finance_invoice_tax",
        f"""CREATE TRIGGER finance_invoice_tax_sealed BEFORE INSERT ON finance_invoice_tax
        WHEN EXISTS (SELECT 1 FROM finance_invoice WHERE id = NEW.invoice_id)
        BEGIN SELECT RAISE(ABORT, '{_SEALED}'); END""",  # noqa: S608
        """CREATE TRIGGER finance_invoice_tax_sealed AFTER INSERT ON finance_invoice_tax
        REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT
        EXECUTE FUNCTION finance_invoice_tax_sealed()""",
        f"""CREATE OR REPLACE FUNCTION finance_invoice_tax_sealed() RETURNS trigger AS $$
        BEGIN
            IF EXISTS (
                SELECT 1 FROM fresh JOIN finance_invoice invoice ON invoice.id = fresh.invoice_id
            ) THEN
                RAISE EXCEPTION '{_SEALED}' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NULL;
        END $$ LANGUAGE plpgsql SET enable_seqscan = off""",  # noqa: S608
    )
)
