"""Timesheets: the hours of one person in one week, line by line, and who decided on them."""

from datetime import date

from django.db import models

from kantoor.kernel.store.guards import Guard, register_guard
from kantoor.kernel.store.models import KeptModel

DRAFT, SUBMITTED, APPROVED, REFUSED = "draft", "submitted", "approved", "refused"
DAY_MINUTES = 24 * 60


def week_name(monday: date) -> str:
    """The ISO week that begins on a Monday, such as `2026-W11`."""
    year, week, _day = monday.isocalendar()
    return f"{year:04}-W{week:02}"


class HourSheet(KeptModel):
    """The hours of one person in the week that begins on `monday`.

    Being written, then handed in, then approved or sent back (`why` says for what reason).
    """

    subject_field = "subject_id"
    erased_as = {"why": ""}
    subject_id = models.BigIntegerField(null=True)
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    party = models.ForeignKey("kernel.Party", on_delete=models.PROTECT, db_index=False)
    monday = models.DateField()
    state = models.CharField(max_length=9, default=DRAFT)
    submitted_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        "kernel.User", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    why = models.CharField(max_length=500, default="", blank=True)

    class Meta:
        db_table = "hr_hour_sheet"
        constraints = [
            models.UniqueConstraint(fields=["party", "monday"], name="hour_sheet_once"),
        ]
        indexes = [
            models.Index(fields=["company", "state", "id"], name="hour_sheet_by_state"),
            models.Index(fields=["company", "monday", "id"], name="hour_sheet_by_week"),
        ]

    @property
    def number(self) -> str:
        """What people know it by: the week and the number of the employee."""
        return f"{week_name(self.monday)}-{self.party.code}"

    def __str__(self) -> str:
        return self.number


class HourLine(KeptModel):
    """Minutes of one day on a project, for a customer, or for neither (empty, none).

    `project` is a value of finance's dimension. A line that `reverses` another takes its minutes
    back: those of an approved sheet never change otherwise.
    """

    subject_field = "subject_id"
    erased_as = {"text": ""}
    subject_id = models.BigIntegerField(null=True)
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    sheet = models.ForeignKey(HourSheet, on_delete=models.PROTECT, related_name="lines")
    party = models.ForeignKey("kernel.Party", on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    minutes = models.IntegerField()
    project = models.CharField(max_length=30, default="", blank=True)
    customer = models.ForeignKey(
        "kernel.Party", on_delete=models.PROTECT, related_name="+", null=True
    )
    billable = models.BooleanField(default=False)
    text = models.CharField(max_length=200, default="", blank=True)
    reverses = models.OneToOneField(
        "self", on_delete=models.PROTECT, related_name="reversed_by", null=True
    )

    class Meta:
        db_table = "hr_hour_line"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(minutes__gt=0, minutes__lte=DAY_MINUTES, reverses=None)
                | models.Q(minutes__lt=0, minutes__gte=-DAY_MINUTES, reverses__isnull=False),
                name="hour_line_of_a_day",
            ),
            models.CheckConstraint(
                condition=models.Q(billable=False) | models.Q(customer__isnull=False),
                name="hour_line_billed_to_somebody",
            ),
        ]
        indexes = [models.Index(fields=["company", "day", "id"], name="hour_line_by_day")]


_FACTS = "approved hours never change, they are reversed"
_COLUMNS = ("company_id", "sheet_id", "party_id", "day", "minutes", "project", "customer_id",
            "billable", "reverses_id")  # fmt: skip
_CHANGED = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in _COLUMNS)
_OLD = ", ".join(f"OLD.{column}" for column in _COLUMNS)
_NEW = ", ".join(f"NEW.{column}" for column in _COLUMNS)
_SEALED = f"(SELECT state FROM hr_hour_sheet WHERE id = OLD.sheet_id) = '{APPROVED}'"  # noqa: S608  # its own constant
register_guard(
    Guard(
        "hr_hour_line_facts",
        "hr_hour_line",
        f"""CREATE TRIGGER hr_hour_line_facts BEFORE UPDATE ON hr_hour_line
        WHEN ({_CHANGED}) AND {_SEALED} BEGIN SELECT RAISE(ABORT, '{_FACTS}'); END""",
        """CREATE TRIGGER hr_hour_line_facts BEFORE UPDATE ON hr_hour_line
        FOR EACH ROW EXECUTE FUNCTION hr_hour_line_facts()""",
        f"""CREATE OR REPLACE FUNCTION hr_hour_line_facts() RETURNS trigger AS $$
        BEGIN
            IF ({_OLD}) IS DISTINCT FROM ({_NEW}) AND {_SEALED} THEN
                RAISE EXCEPTION '{_FACTS}' USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN NEW;
        END $$ LANGUAGE plpgsql""",
    )
)
register_guard(
    Guard(
        "hr_hour_line_no_delete",
        "hr_hour_line",
        f"""CREATE TRIGGER hr_hour_line_no_delete BEFORE DELETE ON hr_hour_line
        WHEN {_SEALED} BEGIN SELECT RAISE(ABORT, '{_FACTS}'); END""",
        """CREATE TRIGGER hr_hour_line_no_delete BEFORE DELETE ON hr_hour_line
        FOR EACH ROW EXECUTE FUNCTION hr_hour_line_no_delete()""",
        f"""CREATE OR REPLACE FUNCTION hr_hour_line_no_delete() RETURNS trigger AS $$
        BEGIN
            IF {_SEALED} THEN
                RAISE EXCEPTION '{_FACTS}' USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN OLD;
        END $$ LANGUAGE plpgsql""",
    )
)
