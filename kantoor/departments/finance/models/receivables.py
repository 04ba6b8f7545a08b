"""Receivables item by item: every line on a control account is an item that gets settled.

An item is opened by each ledger line on the receivables (or payables) account, whoever posted
it, so the items always add up to the account. Settling one against another takes the same amount
off both, so it changes nothing in the sum.
"""

from django.db import models

from kantoor.departments.finance.models.chart import Account
from kantoor.departments.finance.models.ledger import Entry, Line
from kantoor.kernel.store.guards import Guard, register_guard
from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.models import KeptModel

CONTROL_ROLES = ("receivables", "payables", "payments_in_transit", "collections_in_transit")
"""The roles of the accounts that are kept item by item."""


class OpenItem(models.Model):
    """A ledger line on a control account, and what is open of it: proved against settlements.

    `amount` and `open` are in minor units of the company's currency, debit positive: what a
    customer owes is above zero, a payment or credit note below. `currency_amount` and
    `currency_open` are the same in the `currency` of the document, which items are settled in; a
    difference of exchange has none of it. `due_on` is an invoice's due date, any other line's own
    date.
    """

    kept = Kept.DERIVED
    line = models.OneToOneField(Line, on_delete=models.PROTECT, primary_key=True)
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, db_index=False)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT)
    party = models.ForeignKey("kernel.Party", on_delete=models.PROTECT, null=True, db_index=False)
    date = models.DateField()
    due_on = models.DateField()
    amount = models.BigIntegerField()
    open = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    currency_amount = models.BigIntegerField()
    currency_open = models.BigIntegerField()

    class Meta:
        db_table = "finance_open_item"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount__gt=0, open__gte=0, open__lte=models.F("amount"))
                | models.Q(amount__lt=0, open__lte=0, open__gte=models.F("amount")),
                name="open_item_never_oversettled",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    currency_open__gte=0,
                    currency_open__lte=models.F("currency_amount"),
                    amount__gt=0,
                )
                | models.Q(
                    currency_open__lte=0,
                    currency_open__gte=models.F("currency_amount"),
                    amount__lt=0,
                ),
                name="open_item_never_oversettled_in_its_currency",
            ),
        ]
        indexes = [
            models.Index(
                fields=["party", "account", "due_on"],
                condition=~models.Q(open=0),
                name="open_item_of_party",
            ),
        ]


class Settlement(KeptModel):
    """An amount by which a debit item and a credit item settled each other, on a date.

    `amount` is in minor units of the company's currency and the same for both; `debit_amount` and
    `credit_amount` say what it took off each in the currency of the item. Where they were booked
    at different rates, `entry` posted the difference, whose item is settled along. It is undone
    by another with the same amounts below zero, whose `undoes` names it.
    """

    kept = Kept.SEALED
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    debit = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="+")
    credit = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="+")
    amount = models.BigIntegerField()
    date = models.DateField()
    undoes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="undone_by"
    )
    why = models.CharField(max_length=200)
    debit_amount = models.BigIntegerField()
    credit_amount = models.BigIntegerField()
    entry = models.ForeignKey(
        Entry, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        db_table = "finance_settlement"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    amount__gte=0, debit_amount__gte=0, credit_amount__gte=0, undoes__isnull=True
                )
                | models.Q(
                    amount__lte=0, debit_amount__lte=0, credit_amount__lte=0, undoes__isnull=False
                ),
                name="settlement_or_its_undoing",
            ),
            # A hundredth of a yen comes to nothing in euros, and is settled all the same.
            models.CheckConstraint(
                condition=~models.Q(amount=0, debit_amount=0, credit_amount=0),
                name="settlement_of_something",
            ),
        ]
        indexes = [
            models.Index(
                fields=["entry"],
                condition=models.Q(entry__isnull=False),
                name="settlement_by_entry",
            ),
        ]


_ROLES = ", ".join(f"'{role}'" for role in CONTROL_ROLES)
_WORDS = "an account with lines neither becomes nor ceases to be kept item by item"
register_guard(
    Guard(
        "finance_account_control_stays",
        "finance_account",
        f"""CREATE TRIGGER finance_account_control_stays BEFORE UPDATE OF role ON finance_account
        WHEN NEW.role <> OLD.role AND (NEW.role IN ({_ROLES}) OR OLD.role IN ({_ROLES}))
            AND EXISTS (SELECT 1 FROM finance_line WHERE account_id = OLD.id)
        BEGIN SELECT RAISE(ABORT, '{_WORDS}'); END""",  # noqa: S608
        """CREATE TRIGGER finance_account_control_stays BEFORE UPDATE OF role ON finance_account
        FOR EACH ROW EXECUTE FUNCTION finance_account_control_stays()""",
        f"""CREATE OR REPLACE FUNCTION finance_account_control_stays() RETURNS trigger AS $$
        BEGIN
            IF NEW.role <> OLD.role AND (NEW.role IN ({_ROLES}) OR OLD.role IN ({_ROLES}))
                AND EXISTS (SELECT 1 FROM finance_line WHERE account_id = OLD.id) THEN
                RAISE EXCEPTION '{_WORDS}' USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN NEW;
        END $$ LANGUAGE plpgsql""",  # noqa: S608
    )
)
