"""The company's own bank accounts, their statements line by line, and rules that book lines.

A statement is what the bank said and never changes: its lines are written first, and a trigger
refuses a statement whose lines don't add up from its opening to its closing balance. What may
change of a line is by which entry it is booked, and that what is personal in it is forgotten.
"""

from django.db import models

from kantoor.departments.finance.models.chart import Account, Journal
from kantoor.departments.finance.models.ledger import Entry
from kantoor.kernel.store.guards import Guard, register_facts, register_guard
from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.models import KeptModel


class BankAccount(KeptModel):
    """A bank account of the company itself, with the ledger account and journal that are its own.

    `number` is what the bank calls it where it has no valid IBAN, in capitals without spaces.
    """

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    code = models.CharField(max_length=10)
    name = models.CharField(max_length=100)
    iban = models.CharField(max_length=34, default="", blank=True)
    number = models.CharField(max_length=40, default="", blank=True)
    bic = models.CharField(max_length=11, default="", blank=True)
    currency = models.CharField(max_length=3)
    account = models.OneToOneField(Account, on_delete=models.PROTECT)
    journal = models.OneToOneField(Journal, on_delete=models.PROTECT)
    active = models.BooleanField(default=True)

    class Meta:
        db_table = "finance_bank_account"
        constraints = [
            models.UniqueConstraint(fields=["company", "code"], name="bank_account_code_once"),
            models.UniqueConstraint(
                fields=["company", "iban", "currency"],
                condition=~models.Q(iban=""),
                name="bank_account_iban_once",
            ),
            models.UniqueConstraint(
                fields=["company", "number", "currency"],
                condition=~models.Q(number=""),
                name="bank_account_number_once",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Statement(KeptModel):
    """A bank statement, amounts in minor units of the account's currency.

    `identity` is what the bank calls it, `digest` the SHA-256 of all it said; `opening` is the
    balance before its first new line. `known` counts the lines of it that an earlier statement
    had brought already. With a `warning` it was taken in though it doesn't add up.
    """

    kept = Kept.SEALED
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    bank_account = models.ForeignKey(BankAccount, on_delete=models.PROTECT, db_index=False)
    file = models.ForeignKey("kernel.File", on_delete=models.PROTECT, db_index=False)
    form = models.CharField(max_length=30)
    identity = models.CharField(max_length=80)
    number = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    opened_on = models.DateField()
    closed_on = models.DateField()
    opening = models.BigIntegerField()
    closing = models.BigIntegerField()
    line_count = models.IntegerField()
    known = models.IntegerField()
    warning = models.CharField(max_length=300)
    taken_at = models.DateTimeField()

    class Meta:
        db_table = "finance_statement"
        constraints = [
            models.UniqueConstraint(fields=["bank_account", "digest"], name="statement_once"),
        ]
        indexes = [
            models.Index(fields=["bank_account", "closed_on", "id"], name="statement_by_date"),
        ]

    def __str__(self) -> str:
        return self.number or self.identity


class StatementLine(KeptModel):
    """One movement of a bank account; above zero it came in.

    `reference` is the bank's own for it; by `key` it is recognised when a later file brings it
    again, and `repeat` counts those that are alike in everything. `how` says who booked it by `entry`: an exact match, a rule, a proposal or by hand.
    `returned` is the bank's reason when it takes an earlier movement back.
    """

    subject_field = "subject_id"
    erased_as = {"text": "", "name": "", "iban": "", "bic": "", "end_to_end": "", "mandate": ""}
    subject_id = models.BigIntegerField(null=True)
    statement = models.ForeignKey(
        Statement, on_delete=models.PROTECT, related_name="lines", db_index=False
    )
    bank_account = models.ForeignKey(BankAccount, on_delete=models.PROTECT, db_index=False)
    n = models.IntegerField()
    booked_on = models.DateField()
    valued_on = models.DateField()
    amount = models.BigIntegerField()
    original = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    reference = models.CharField(max_length=80)
    key = models.CharField(max_length=32)
    repeat = models.IntegerField(default=0)
    end_to_end = models.CharField(max_length=80)
    mandate = models.CharField(max_length=80)
    creditor_reference = models.CharField(max_length=80)
    returned = models.CharField(max_length=40)
    text = models.CharField(max_length=2000)
    name = models.CharField(max_length=200)
    iban = models.CharField(max_length=40)
    bic = models.CharField(max_length=20)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, db_index=False)
    how = models.CharField(max_length=10)

    class Meta:
        db_table = "finance_statement_line"
        constraints = [
            models.UniqueConstraint(fields=["statement", "n"], name="statement_line_once"),
            models.UniqueConstraint(
                fields=["bank_account", "key", "repeat"], name="statement_line_key_once"
            ),
            models.CheckConstraint(
                condition=models.Q(entry__isnull=True, how="")
                | (models.Q(entry__isnull=False) & ~models.Q(how="")),
                name="statement_line_booked_somehow",
            ),
        ]
        indexes = [
            models.Index(fields=["bank_account", "booked_on", "id"], name="statement_line_by_date"),
            models.Index(
                fields=["bank_account", "booked_on", "id"],
                condition=models.Q(entry__isnull=True),
                name="statement_line_to_book",
            ),
            models.Index(
                fields=["entry"],
                condition=models.Q(entry__isnull=False),
                name="statement_line_by_entry",
            ),
        ]


class BankRule(KeptModel):
    """What to do with lines that look like this: read and changed by people, tried in order.

    All that it names must fit: `contains` is looked for in the text and the counterparty's name,
    `counterparty` is an IBAN; `least` and `most` bound the signed amount in minor units. With
    `automatic` a line is booked without asking.
    """

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    name = models.CharField(max_length=100)
    place = models.IntegerField()
    bank_account = models.ForeignKey(
        BankAccount, on_delete=models.PROTECT, null=True, db_index=False
    )
    contains = models.CharField(max_length=200)
    counterparty = models.CharField(max_length=40)
    least = models.BigIntegerField(null=True)
    most = models.BigIntegerField(null=True)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, db_index=False)
    party = models.ForeignKey("kernel.Party", on_delete=models.PROTECT, null=True, db_index=False)
    tax = models.CharField(max_length=20)
    text = models.CharField(max_length=200)
    automatic = models.BooleanField(default=False)
    active = models.BooleanField(default=True)

    class Meta:
        db_table = "finance_bank_rule"
        constraints = [
            models.UniqueConstraint(fields=["company", "name"], name="bank_rule_name_once"),
            models.CheckConstraint(
                condition=models.Q(account__isnull=False) | models.Q(party__isnull=False),
                name="bank_rule_says_where",
            ),
        ]

    def __str__(self) -> str:
        return self.name


_ADDS_UP = "a statement is its opening balance, its lines and its closing balance"
_SEALED = "a statement takes no more lines"
_FACTS = "what the bank said of a line never changes"
_FACT_COLUMNS = (
    "statement_id",
    "bank_account_id",
    "n",
    "booked_on",
    "valued_on",
    "amount",
    "reference",
    "key",
    "repeat",
    "creditor_reference",
)

register_guard(
    Guard(
        "finance_statement_adds_up",
        "finance_statement",
        f"""CREATE TRIGGER finance_statement_adds_up BEFORE INSERT ON finance_statement
        WHEN (SELECT count(*) <> NEW.line_count OR (NEW.warning = ''
                  AND NEW.opening + COALESCE(sum(amount), 0) <> NEW.closing)
              FROM finance_statement_line WHERE statement_id = NEW.id)
        BEGIN SELECT RAISE(ABORT, '{_ADDS_UP}'); END""",  # noqa: S608
        """CREATE TRIGGER finance_statement_adds_up AFTER INSERT ON finance_statement
        REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT
        EXECUTE FUNCTION finance_statement_adds_up()""",
        f"""CREATE OR REPLACE FUNCTION finance_statement_adds_up() RETURNS trigger AS $$
        BEGIN
            IF EXISTS (
                SELECT 1 FROM fresh
                CROSS JOIN LATERAL (SELECT count(*) AS n, COALESCE(sum(amount), 0) AS moved
                    FROM finance_statement_line WHERE statement_id = fresh.id) AS lines
                WHERE lines.n <> fresh.line_count
                    OR (fresh.warning = '' AND fresh.opening + lines.moved <> fresh.closing)
            ) THEN
                RAISE EXCEPTION '{_ADDS_UP}' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NULL;
        END $$ LANGUAGE plpgsql SET enable_seqscan = off SET enable_hashjoin = off""",  # noqa: S608
    )
)
register_guard(
    Guard(
        "finance_statement_line_sealed",
        "finance_statement_line",
        f"""CREATE TRIGGER finance_statement_line_sealed BEFORE INSERT ON finance_statement_line
        WHEN EXISTS (SELECT 1 FROM finance_statement WHERE id = NEW.statement_id)
        BEGIN SELECT RAISE(ABORT, '{_SEALED}'); END""",  # noqa: S608
        """CREATE TRIGGER finance_statement_line_sealed AFTER INSERT ON finance_statement_line
        REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT
        EXECUTE FUNCTION finance_statement_line_sealed()""",
        f"""CREATE OR REPLACE FUNCTION finance_statement_line_sealed() RETURNS trigger AS $$
        BEGIN
            IF EXISTS (
                SELECT 1 FROM fresh JOIN finance_statement whole ON whole.id = fresh.statement_id
            ) THEN
                RAISE EXCEPTION '{_SEALED}' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NULL;
        END $$ LANGUAGE plpgsql SET enable_seqscan = off""",  # noqa: S608
    )
)
register_facts("finance_statement_line", _FACT_COLUMNS, _FACTS)
