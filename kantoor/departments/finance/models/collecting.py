"""Getting paid: what is invoiced each period, and what is done when a customer does not pay."""

from django.db import models

from kantoor.departments.finance.models.invoices import Invoice
from kantoor.departments.finance.models.ledger import Entry, Line
from kantoor.kernel.fields import ExactField
from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.models import KeptModel

ACTIVE, ENDED = "active", "ended"


class RecurringInvoice(KeptModel):
    """What a customer is invoiced every so many `months`, from the period that `next_on` begins.

    `number` is `REC-000012`, without gaps. Each year on `index_on` prices rise by `index_percent`.
    An invoice is dated on the first day of its period.
    """

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    sequence = models.IntegerField()
    number = models.CharField(max_length=12)
    party = models.ForeignKey("kernel.Party", on_delete=models.PROTECT)
    months = models.SmallIntegerField()
    starts_on = models.DateField()
    next_on = models.DateField()
    ends_on = models.DateField(null=True)
    due_days = models.SmallIntegerField()
    reference = models.CharField(max_length=80)
    text = models.CharField(max_length=500)
    index_percent = ExactField(default=0)
    index_on = models.DateField(null=True)
    state = models.CharField(max_length=6, default=ACTIVE)
    why = models.CharField(max_length=200)

    class Meta:
        db_table = "finance_recurring_invoice"
        constraints = [
            models.UniqueConstraint(fields=["company", "number"], name="recurring_number_once"),
            models.CheckConstraint(condition=models.Q(months__gt=0), name="recurring_recurs"),
        ]
        indexes = [
            models.Index(
                fields=["company", "next_on"],
                condition=models.Q(state=ACTIVE),
                name="recurring_due",
            )
        ]

    def __str__(self) -> str:
        return self.number


class RecurringLine(KeptModel):
    """A line of it at its present price; `tax` is a tax code, empty to let customer and date decide."""

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    recurring = models.ForeignKey(
        RecurringInvoice, on_delete=models.PROTECT, related_name="lines", db_index=False
    )
    n = models.IntegerField()
    article = models.CharField(max_length=80)
    text = models.CharField(max_length=500)
    quantity = ExactField()
    unit_price = ExactField()
    tax = models.CharField(max_length=20)

    class Meta:
        db_table = "finance_recurring_line"
        constraints = [
            models.UniqueConstraint(fields=["recurring", "n"], name="recurring_line_once")
        ]


class RecurringPeriod(KeptModel):
    """A period that was invoiced: once, whatever happens."""

    kept = Kept.SEALED
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    recurring = models.ForeignKey(
        RecurringInvoice, on_delete=models.PROTECT, related_name="periods", db_index=False
    )
    starts_on = models.DateField()
    ends_on = models.DateField()
    invoice = models.OneToOneField(
        Invoice, on_delete=models.PROTECT, related_name="recurring_period"
    )

    class Meta:
        db_table = "finance_recurring_period"
        constraints = [
            models.UniqueConstraint(fields=["recurring", "starts_on"], name="recurring_period_once")
        ]


class ReminderLevel(KeptModel):
    """A step in asking for payment: `n` 1 is the first, `days` after the due date.

    `fee` in minor units is charged as it stands. `costs` says what the letter does about the costs
    of collection: nothing, `announced` (a consumer must have 14 days to pay without, Dutch Civil
    Code 6:96(6)), or `claimed`. With `interest` the statutory interest is claimed.
    """

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    n = models.SmallIntegerField()
    days = models.SmallIntegerField()
    name_en = models.CharField(max_length=100)
    name_nl = models.CharField(max_length=100)
    fee = models.BigIntegerField(default=0)
    costs = models.CharField(max_length=9, default="", blank=True)
    interest = models.BooleanField(default=False)

    class Meta:
        db_table = "finance_reminder_level"
        constraints = [
            models.UniqueConstraint(fields=["company", "n"], name="reminder_level_once"),
            models.CheckConstraint(
                condition=models.Q(n__gt=0, days__gte=0, fee__gte=0), name="reminder_level_asks"
            ),
        ]


class ReminderHold(KeptModel):
    """A customer, or one invoice, that is not reminded, and why; `until` a day, or until ended."""

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    party = models.ForeignKey("kernel.Party", on_delete=models.PROTECT)
    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, null=True)
    why = models.CharField(max_length=200)
    until = models.DateField(null=True)
    ended = models.BooleanField(default=False)

    class Meta:
        db_table = "finance_reminder_hold"


class Reminder(KeptModel):
    """A letter that asks a customer to pay what is overdue, as it was sent.

    `number` is `REM-000012`, without gaps; `level` and `title` are the step's. Amounts are in minor units: `open` what is owed,
    `interest`, `costs` of collection and `fee` what was charged on top (booked by `entry`),
    `announced` the costs that the letter warns of. It asks to pay by `pay_by`.
    """

    kept = Kept.SEALED
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    sequence = models.IntegerField()
    number = models.CharField(max_length=12)
    party = models.ForeignKey("kernel.Party", on_delete=models.PROTECT)
    level = models.SmallIntegerField()
    title = models.CharField(max_length=100)
    language = models.CharField(max_length=2)
    date = models.DateField()
    pay_by = models.DateField()
    currency = models.CharField(max_length=3)
    open = models.BigIntegerField()
    interest = models.BigIntegerField()
    costs = models.BigIntegerField()
    announced = models.BigIntegerField()
    fee = models.BigIntegerField()
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, null=True)

    class Meta:
        db_table = "finance_reminder"
        constraints = [
            models.UniqueConstraint(fields=["company", "number"], name="reminder_number_once")
        ]
        indexes = [models.Index(fields=["company", "date", "id"], name="reminder_by_date")]

    def __str__(self) -> str:
        return self.number


class ReminderItem(KeptModel):
    """An open item that a reminder asks for, as it stood: at which level, and its interest."""

    kept = Kept.SEALED
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    reminder = models.ForeignKey(Reminder, on_delete=models.PROTECT, related_name="items")
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="+")
    document = models.CharField(max_length=80)
    due_on = models.DateField()
    level = models.SmallIntegerField()
    open = models.BigIntegerField()
    interest = models.BigIntegerField()

    class Meta:
        db_table = "finance_reminder_item"
