"""The ledger: posted entries with their lines (never changed) and the balances kept beside.

Lines are written first and the entry seals them: a trigger refuses an entry whose lines don't
balance, and a line for an entry that is there already.
"""

from django.db import models

from kantoor.departments.finance.models.calendar import FiscalYear, Period
from kantoor.departments.finance.models.chart import Account, Journal
from kantoor.kernel.money import LARGEST
from kantoor.kernel.store.guards import Guard, register_guard
from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.models import KeptModel


class Entry(KeptModel):
    """A posted journal entry, numbered without gaps in its journal and fiscal year.

    `reference` is the number of the document it books, as its maker knows it; `origin` the thing
    in Kantoor that it comes from (`finance.invoice/12`).
    """

    kept = Kept.SEALED
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    journal = models.ForeignKey(Journal, on_delete=models.PROTECT, db_index=False)
    year = models.ForeignKey(FiscalYear, on_delete=models.PROTECT, db_index=False)
    period = models.ForeignKey(Period, on_delete=models.PROTECT, db_index=False)
    number = models.IntegerField()
    date = models.DateField()
    text = models.CharField(max_length=200)
    reference = models.CharField(max_length=80)
    origin = models.CharField(max_length=80)
    reverses = models.OneToOneField("self", on_delete=models.PROTECT, null=True)
    line_count = models.IntegerField()

    class Meta:
        db_table = "finance_entry"
        constraints = [
            models.UniqueConstraint(fields=["journal", "year", "number"], name="entry_number_once")
        ]
        indexes = [
            models.Index(fields=["company", "date", "id"], name="entry_by_date"),
            models.Index(fields=["origin"], condition=~models.Q(origin=""), name="entry_by_origin"),
        ]


class Line(KeptModel):
    """A line of an entry. `amount` is in minor units of the company's currency, debit positive.

    `currency` and `currency_amount` are what the document said; `dimension_set_id` 0 is none.
    """

    kept = Kept.SEALED
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="lines")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, db_index=False)
    date = models.DateField()
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    currency_amount = models.BigIntegerField()
    party = models.ForeignKey("kernel.Party", on_delete=models.PROTECT, null=True, db_index=False)
    dimension_set_id = models.BigIntegerField(default=0)
    text = models.CharField(max_length=200)

    class Meta:
        db_table = "finance_line"
        indexes = [
            models.Index(fields=["account", "date", "id"], name="line_by_account"),
            models.Index(
                fields=["party", "date"],
                condition=models.Q(party__isnull=False),
                name="line_by_party",
            ),
        ]


class Balance(models.Model):
    """What an account moved in a period, by dimension set: proved against the lines."""

    kept = Kept.DERIVED
    pk = models.CompositePrimaryKey("account_id", "period_id", "dimension_set_id")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, db_index=False)
    period = models.ForeignKey(Period, on_delete=models.PROTECT, db_index=False)
    dimension_set_id = models.BigIntegerField(default=0)
    debit = models.BigIntegerField()
    credit = models.BigIntegerField()

    class Meta:
        db_table = "finance_balance"
        constraints = [
            # SQLite turns a sum beyond 64 bits into a float; no balance ever is one.
            models.CheckConstraint(
                condition=models.Q(
                    debit__gte=0, debit__lte=LARGEST, credit__gte=0, credit__lte=LARGEST
                ),
                name="balance_in_range",
            )
        ]


# By index for each fresh row: a connection keeps a plan that it made while the tables were small.
_BALANCES_POSTGRES = """
CREATE OR REPLACE FUNCTION finance_entry_balances() RETURNS trigger AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM fresh
        CROSS JOIN LATERAL (SELECT count(*) AS n, sum(amount) AS moved
            FROM finance_line WHERE entry_id = fresh.id) AS lines
        WHERE lines.n <> fresh.line_count OR lines.moved IS DISTINCT FROM 0 OR lines.n < 2
    ) THEN
        RAISE EXCEPTION 'the lines of an entry balance' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$ LANGUAGE plpgsql SET enable_seqscan = off SET enable_hashjoin = off;
"""
_SEALED_POSTGRES = """
CREATE OR REPLACE FUNCTION finance_line_sealed() RETURNS trigger AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM fresh JOIN finance_entry entry ON entry.id = fresh.entry_id) THEN
        RAISE EXCEPTION 'a posted entry takes no more lines' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$ LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off;
"""
_BALANCES = Guard(
    "finance_entry_balances",
    "finance_entry",
    """CREATE TRIGGER finance_entry_balances BEFORE INSERT ON finance_entry
    WHEN (SELECT count(*) <> NEW.line_count OR sum(amount) <> 0 OR count(*) < 2
          FROM finance_line WHERE entry_id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'the lines of an entry balance'); END""",
    """CREATE TRIGGER finance_entry_balances AFTER INSERT ON finance_entry
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION finance_entry_balances()""",
    _BALANCES_POSTGRES,
)
_SEALED = Guard(
    "finance_line_sealed",
    "finance_line",
    """CREATE TRIGGER finance_line_sealed BEFORE INSERT ON finance_line
    WHEN EXISTS (SELECT 1 FROM finance_entry WHERE id = NEW.entry_id)
    BEGIN SELECT RAISE(ABORT, 'a posted entry takes no more lines'); END""",
    """CREATE TRIGGER finance_line_sealed AFTER INSERT ON finance_line
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION finance_line_sealed()""",
    _SEALED_POSTGRES,
)
register_guard(_BALANCES)
register_guard(_SEALED)
