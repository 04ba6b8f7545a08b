"""Invoices paid in parts, and prepayments: payment terms, due parts, and what final invoices deduct."""

from django.db import models

from kantoor.departments.finance.models.invoices import Invoice, InvoiceLine
from kantoor.departments.finance.models.ledger import Line
from kantoor.kernel.store.guards import Guard, register_guard
from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.models import KeptModel


class PaymentTerm(KeptModel):
    """A part of payment terms: its share of the whole, due so long after the invoice's date.

    Terms with one `code` belong together: shares of 30 and 70 are thirty and seventy percent, 1, 1
    and 1 are thirds.
    """

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    code = models.CharField(max_length=20)
    n = models.PositiveSmallIntegerField()
    share = models.PositiveIntegerField()
    months = models.PositiveSmallIntegerField()
    days = models.PositiveSmallIntegerField()

    class Meta:
        db_table = "finance_payment_term"
        constraints = [
            models.UniqueConstraint(fields=["company", "code", "n"], name="payment_term_once")
        ]


class Instalment(KeptModel):
    """A part of an invoice: due on its own day, and an open item of its own (`line`).

    `amount` is in minor units of the invoice's currency.
    """

    kept = Kept.SEALED
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    invoice = models.ForeignKey(
        Invoice, on_delete=models.PROTECT, related_name="instalments", db_index=False
    )
    n = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    amount = models.BigIntegerField()
    line = models.OneToOneField(Line, on_delete=models.PROTECT, related_name="instalment")

    class Meta:
        db_table = "finance_instalment"
        constraints = [models.UniqueConstraint(fields=["invoice", "n"], name="instalment_once")]


class Deduction(KeptModel):
    """What a line of a final invoice takes off for a line of a prepayment invoice.

    `net` is in minor units of the invoices' currency and `own_net` in the company's, as it was
    booked with the prepayment; below zero where a credit note gives the prepayment back its room.
    """

    kept = Kept.SEALED
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    line = models.OneToOneField(InvoiceLine, on_delete=models.PROTECT, related_name="deduction")
    prepaid = models.ForeignKey(InvoiceLine, on_delete=models.PROTECT, related_name="deductions")
    net = models.BigIntegerField()
    own_net = models.BigIntegerField()

    class Meta:
        db_table = "finance_deduction"


_WORDS = "instalments are those that an invoice was issued with, and add up to it"
register_guard(
    Guard(
        "finance_instalment_sealed",
        "finance_instalment",
        f"""CREATE TRIGGER finance_instalment_sealed BEFORE INSERT ON finance_instalment
        WHEN EXISTS (SELECT 1 FROM finance_invoice WHERE id = NEW.invoice_id)
        BEGIN SELECT RAISE(ABORT, '{_WORDS}'); END""",  # noqa: S608
        """CREATE TRIGGER finance_instalment_sealed BEFORE INSERT ON finance_instalment
        FOR EACH ROW EXECUTE FUNCTION finance_instalment_sealed()""",
        f"""CREATE OR REPLACE FUNCTION finance_instalment_sealed() RETURNS trigger AS $$
        BEGIN
            IF EXISTS (SELECT 1 FROM finance_invoice WHERE id = NEW.invoice_id) THEN
                RAISE EXCEPTION '{_WORDS}' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        END $$ LANGUAGE plpgsql""",  # noqa: S608
    )
)
