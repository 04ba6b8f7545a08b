"""Payment runs: what is proposed to be paid or collected, who approved it, and what became of it.

A run is edited while it is `proposed`. Once two people approved it, it and its orders stay as they
are: triggers refuse a change, and an approval by fewer than two, whoever tries.
"""

from django.db import models

from kantoor.departments.finance.models.chart import Account
from kantoor.departments.finance.models.ledger import Entry, Line
from kantoor.departments.finance.models.party_accounts import Mandate, PartyAccount
from kantoor.kernel.store.guards import Guard, register_guard
from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.models import KeptModel

TRANSFER, DEBIT, WAGES = "transfer", "debit", "wages"
PROPOSED, APPROVED, MADE, CANCELLED = "proposed", "approved", "made", "cancelled"
SENT, ACCEPTED, REJECTED = "sent", "accepted", "rejected"


class PaymentRun(KeptModel):
    """Transfers to suppliers, direct debits from customers, or wages, that go to the bank as one file.

    `account` is the ledger account of the bank account, whose `iban`, `bic` and `holder` stand
    here as they were approved. `state`: `proposed`, `approved`, `made` (the file was made and
    booked), `cancelled`. Amounts are in minor units of `currency`; `order_count` and `amount`
    are those of its orders. `file_sha256` seals the file: it is made from these rows, with the
    same bytes each time. With `batch` the bank books one amount for all orders together.
    """

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    kind = models.CharField(max_length=8)
    sequence = models.IntegerField()
    number = models.CharField(max_length=20)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, db_index=False)
    iban = models.CharField(max_length=34)
    bic = models.CharField(max_length=11)
    holder = models.CharField(max_length=70)
    scheme = models.CharField(max_length=4)
    creditor = models.CharField(max_length=35)
    due_until = models.DateField()
    execute_on = models.DateField()
    currency = models.CharField(max_length=3)
    order_count = models.IntegerField()
    amount = models.BigIntegerField()
    state = models.CharField(max_length=9, default=PROPOSED)
    text = models.CharField(max_length=200)
    proposed_by = models.ForeignKey(
        "kernel.User", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    proposed_at = models.DateTimeField()
    message_id = models.CharField(max_length=35)
    format = models.CharField(max_length=20)
    batch = models.BooleanField(default=True)
    made_by = models.ForeignKey(
        "kernel.User", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    made_at = models.DateTimeField(null=True)
    file_sha256 = models.CharField(max_length=64)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, null=True)

    class Meta:
        db_table = "finance_payment_run"
        constraints = [
            models.UniqueConstraint(fields=["company", "number"], name="payment_run_number_once"),
            models.UniqueConstraint(
                fields=["company", "message_id"], name="payment_run_message_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(state=MADE)
                | (~models.Q(file_sha256="") & models.Q(made_at__isnull=False)),
                name="payment_run_file_sealed",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class PaymentApproval(KeptModel):
    """One person's yes to a run as it stood: `digest` is the SHA-256 of what they approved."""

    kept = Kept.SEALED
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    run = models.ForeignKey(PaymentRun, on_delete=models.PROTECT, related_name="approvals")
    by = models.ForeignKey(
        "kernel.User", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    at = models.DateTimeField()
    digest = models.CharField(max_length=64)

    class Meta:
        db_table = "finance_payment_approval"
        constraints = [models.UniqueConstraint(fields=["run", "by"], name="payment_approval_once")]


class PaymentOrder(KeptModel):
    """One transfer or collection of a run: all that is paid to (or by) one party at once.

    `end_to_end` comes back in the bank's statement, unique in the company. `reference` is
    structured (ISO 11649), else `remittance` says what is paid. `state`: `proposed`, then with the
    file `sent`, and as the bank says `accepted` or `rejected` with its `reason` (ISO 20022 code).
    `line` is the ledger line on the account of the party, `transit` that on payments under way:
    that it is paid shows in nothing being open of the latter any more.

    One that is `sealed_by` another department is many transfers of which finance sees the sum (see
    sealed.py): it has no party and no account, is owed on the ledger account `owed`, and `content`
    is the digest of what it holds.
    """

    subject_field = "subject_id"
    erased_as = {"name": "", "iban": "", "bic": "", "remittance": ""}
    subject_id = models.BigIntegerField(null=True)
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    run = models.ForeignKey(PaymentRun, on_delete=models.PROTECT, related_name="orders")
    n = models.IntegerField()
    party = models.ForeignKey("kernel.Party", on_delete=models.PROTECT, null=True)
    account = models.ForeignKey(PartyAccount, on_delete=models.PROTECT, null=True, db_index=False)
    sealed_by = models.CharField(max_length=20, default="")
    owed = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    content = models.CharField(max_length=64, default="")
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, null=True)
    sequence = models.CharField(max_length=4)
    name = models.CharField(max_length=70)
    iban = models.CharField(max_length=34)
    bic = models.CharField(max_length=11)
    amount = models.BigIntegerField()
    discount = models.BigIntegerField(default=0)
    end_to_end = models.CharField(max_length=35)
    reference = models.CharField(max_length=35)
    remittance = models.CharField(max_length=140)
    state = models.CharField(max_length=8, default=PROPOSED)
    reason = models.CharField(max_length=35)
    line = models.OneToOneField(Line, on_delete=models.PROTECT, null=True, related_name="+")
    transit = models.OneToOneField(
        Line, on_delete=models.PROTECT, null=True, related_name="payment_order"
    )
    erased_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "finance_payment_order"
        constraints = [
            models.UniqueConstraint(
                fields=["company", "end_to_end"], name="payment_order_end_to_end_once"
            ),
            models.UniqueConstraint(fields=["run", "n"], name="payment_order_once"),
            models.CheckConstraint(
                condition=models.Q(amount__gt=0, discount__gte=0),
                name="payment_order_pays_something",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    sealed_by="", content="", owed=None, party__isnull=False, account__isnull=False
                )
                | ~models.Q(sealed_by="")
                & ~models.Q(content="")
                & models.Q(owed__isnull=False, party=None, account=None, discount=0),
                name="payment_order_open_or_sealed",
            ),
        ]

    def __str__(self) -> str:
        return self.end_to_end


class PaymentItem(KeptModel):
    """An open item that an order pays (above zero), or nets against it (a credit note, below).

    `amount` is what goes to the bank, `discount` what is kept back for paying early.
    """

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    order = models.ForeignKey(PaymentOrder, on_delete=models.PROTECT, related_name="items")
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="+")
    document = models.CharField(max_length=80)
    amount = models.BigIntegerField()
    discount = models.BigIntegerField(default=0)

    class Meta:
        db_table = "finance_payment_item"
        constraints = [models.UniqueConstraint(fields=["order", "line"], name="payment_item_once")]


class SealedReturn(KeptModel):
    """A transfer of a sealed order that did not reach anybody: `n` is its place in the content.

    No amount stands here: who may open the content knows it.
    """

    kept = Kept.SEALED
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    order = models.ForeignKey(PaymentOrder, on_delete=models.PROTECT, related_name="returned")
    n = models.IntegerField()
    reason = models.CharField(max_length=35)
    at = models.DateTimeField()

    class Meta:
        db_table = "finance_sealed_return"
        constraints = [models.UniqueConstraint(fields=["order", "n"], name="sealed_return_once")]


class PaymentReport(KeptModel):
    """A status report of the bank (pain.002) as it came in, by the SHA-256 of its content.

    `status` is that of the whole message (`ACCP`, `PART`, `RJCT` …), empty where it says none.
    """

    kept = Kept.SEALED
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    run = models.ForeignKey(PaymentRun, on_delete=models.PROTECT, related_name="reports")
    sha256 = models.CharField(max_length=64)
    message_id = models.CharField(max_length=35)
    status = models.CharField(max_length=4)
    accepted = models.IntegerField()
    rejected = models.IntegerField()
    at = models.DateTimeField()

    class Meta:
        db_table = "finance_payment_report"
        constraints = [
            models.UniqueConstraint(fields=["company", "sha256"], name="payment_report_once")
        ]


_BY_TWO = "a payment run is approved by two people, and then stays as it is"
_STEPS = """NOT (NEW.state = OLD.state
        OR (OLD.state = 'proposed' AND NEW.state IN ('approved', 'cancelled'))
        OR (OLD.state = 'approved' AND NEW.state IN ('made', 'cancelled')))"""
_APPROVED_ANEW = """(NEW.state IN ('approved', 'made') AND NEW.state <> OLD.state AND (
        (SELECT count(DISTINCT by_id) FROM finance_payment_approval
            WHERE run_id = NEW.id) < 2
        OR (SELECT count(*) FROM finance_payment_order WHERE run_id = NEW.id)
            <> NEW.order_count
        OR (SELECT COALESCE(sum(amount), 0) FROM finance_payment_order WHERE run_id = NEW.id)
            <> NEW.amount))"""
_FROZEN = ("company_id", "number", "sequence", "kind", "account_id", "iban", "bic", "holder", "scheme",
           "creditor", "execute_on", "currency", "order_count", "amount", "message_id")  # fmt: skip
_CHANGED = " OR ".join(f"NEW.{name} <> OLD.{name}" for name in _FROZEN)
_RUN = f"{_STEPS} OR {_APPROVED_ANEW} OR (OLD.state <> 'proposed' AND ({_CHANGED}))"

register_guard(
    Guard(
        "finance_payment_run_by_two",
        "finance_payment_run",
        f"""CREATE TRIGGER finance_payment_run_by_two BEFORE UPDATE ON finance_payment_run
        WHEN {_RUN} BEGIN SELECT RAISE(ABORT, '{_BY_TWO}'); END""",
        """CREATE TRIGGER finance_payment_run_by_two BEFORE UPDATE ON finance_payment_run
        FOR EACH ROW EXECUTE FUNCTION finance_payment_run_by_two()""",
        f"""CREATE OR REPLACE FUNCTION finance_payment_run_by_two() RETURNS trigger AS $$
        BEGIN
            IF {_RUN} THEN
                RAISE EXCEPTION '{_BY_TWO}' USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN NEW;
        END $$ LANGUAGE plpgsql""",
    )
)
register_guard(
    Guard(
        "finance_payment_run_begins_proposed",
        "finance_payment_run",
        f"""CREATE TRIGGER finance_payment_run_begins_proposed BEFORE INSERT ON finance_payment_run
        WHEN NEW.state <> 'proposed' BEGIN SELECT RAISE(ABORT, '{_BY_TWO}'); END""",
        """CREATE TRIGGER finance_payment_run_begins_proposed BEFORE INSERT ON finance_payment_run
        FOR EACH ROW WHEN (NEW.state <> 'proposed')
        EXECUTE FUNCTION finance_payment_run_begins_proposed()""",
        f"""CREATE OR REPLACE FUNCTION finance_payment_run_begins_proposed() RETURNS trigger AS $$
        BEGIN
            RAISE EXCEPTION '{_BY_TWO}' USING ERRCODE = 'restrict_violation';
        END $$ LANGUAGE plpgsql""",
    )
)

_FIXED = ("company_id", "run_id", "n", "party_id", "account_id", "sequence", "amount", "discount",
          "end_to_end", "reference", "sealed_by", "owed_id", "content")  # fmt: skip
_ORDER_CHANGED = " OR ".join(f"NEW.{name} <> OLD.{name}" for name in _FIXED)
# Who is paid is blanked when a person is erased, and then only as a whole.
_PAYEE = (
    "((NEW.iban <> OLD.iban OR NEW.name <> OLD.name) AND NOT (NEW.iban = '' AND NEW.name = ''))"
)
_UNDER_WAY = "(SELECT state FROM finance_payment_run WHERE id = {key}) <> 'proposed'"
_ITEM_RUN = "(SELECT run_id FROM finance_payment_order WHERE id = {row}.order_id)"


def _stays(table: str, operation: str, condition: str) -> Guard:
    """Refuse an operation on rows of a run that is proposed no longer."""
    name = f"{table}_stays_{operation.lower()}"
    given = "OLD" if operation == "DELETE" else "NEW"
    return Guard(
        name,
        table,
        f"CREATE TRIGGER {name} BEFORE {operation} ON {table} WHEN {condition}"
        f" BEGIN SELECT RAISE(ABORT, '{_BY_TWO}'); END",
        f"CREATE TRIGGER {name} BEFORE {operation} ON {table} FOR EACH ROW"
        f" EXECUTE FUNCTION {name}()",
        f"""CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$
        BEGIN
            IF {condition} THEN
                RAISE EXCEPTION '{_BY_TWO}' USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN {given};
        END $$ LANGUAGE plpgsql""",
    )


_ORDER, _ITEM = "finance_payment_order", "finance_payment_item"
for _operation, _row in (("INSERT", "NEW"), ("DELETE", "OLD"), ("UPDATE", "OLD")):
    _of_order = _UNDER_WAY.format(key=f"{_row}.run_id")
    if _operation == "UPDATE":
        _of_order = f"({_ORDER_CHANGED} OR {_PAYEE}) AND {_of_order}"
    register_guard(_stays(_ORDER, _operation, _of_order))
    _run_of_item = _ITEM_RUN.format(row=_row)
    register_guard(_stays(_ITEM, _operation, _UNDER_WAY.format(key=_run_of_item)))
