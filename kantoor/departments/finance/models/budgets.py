"""Budgets by account, dimension and period, in versions: a draft, and what was approved."""

from django.db import models

from kantoor.departments.finance.models.calendar import FiscalYear
from kantoor.departments.finance.models.chart import Account
from kantoor.kernel.store.guards import Guard, register_guard
from kantoor.kernel.store.models import KeptModel


class Budget(KeptModel):
    """A budget of a fiscal year, in versions. All budgets of a year together are its plan.

    `control` says what happens to a purchase that goes beyond it: `none`, `warn` or `block`.
    """

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=100)
    year = models.ForeignKey(FiscalYear, on_delete=models.PROTECT)
    control = models.CharField(max_length=8, default="none")

    class Meta:
        db_table = "finance_budget"
        constraints = [models.UniqueConstraint(fields=["company", "code"], name="budget_once")]

    def __str__(self) -> str:
        return self.code


class BudgetVersion(KeptModel):
    """A version of a budget, `draft` or `approved`; approved it is sealed, and the latest counts.

    Who approved it is in the record.
    """

    budget = models.ForeignKey(Budget, on_delete=models.PROTECT, related_name="versions")
    number = models.SmallIntegerField()
    state = models.CharField(max_length=8, default="draft")
    approved_on = models.DateField(null=True)
    why = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        db_table = "finance_budget_version"
        constraints = [
            models.UniqueConstraint(fields=["budget", "number"], name="budget_version_once")
        ]


class BudgetAmount(KeptModel):
    """What is planned on an account in a period, for lines with a dimension set (0 for all).

    In minor units as it is read: above zero for income and for expenses, for an asset that is
    bought and a debt that is made.
    """

    version = models.ForeignKey(BudgetVersion, on_delete=models.PROTECT, related_name="amounts")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, db_index=False)
    dimension_set_id = models.BigIntegerField(default=0)
    number = models.SmallIntegerField()
    amount = models.BigIntegerField()

    class Meta:
        db_table = "finance_budget_amount"
        constraints = [
            models.UniqueConstraint(
                fields=["version", "account", "dimension_set_id", "number"],
                name="budget_amount_once",
            )
        ]


_WORDS = "an approved budget is never changed, only revised"


def _sealed(operation: str, row: str) -> Guard:
    name = f"finance_budget_amount_{operation}"
    taken = (
        "EXISTS (SELECT 1 FROM finance_budget_version version"  # noqa: S608
        f" WHERE version.id = {row}.version_id AND version.state = 'approved')"
    )
    return Guard(
        name,
        "finance_budget_amount",
        f"CREATE TRIGGER {name} BEFORE {operation.upper()} ON finance_budget_amount"
        f" WHEN {taken} BEGIN SELECT RAISE(ABORT, '{_WORDS}'); END",
        f"CREATE TRIGGER {name} BEFORE {operation.upper()} ON finance_budget_amount"
        f" FOR EACH ROW EXECUTE FUNCTION {name}()",
        f"""CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$
        BEGIN
            IF {taken} THEN
                RAISE EXCEPTION '{_WORDS}' USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN {row};
        END $$ LANGUAGE plpgsql""",
    )


for _operation, _row in (("insert", "NEW"), ("update", "OLD"), ("delete", "OLD")):
    register_guard(_sealed(_operation, _row))
register_guard(
    Guard(
        "finance_budget_version_sealed",
        "finance_budget_version",
        "CREATE TRIGGER finance_budget_version_sealed BEFORE UPDATE ON finance_budget_version"
        f" WHEN OLD.state = 'approved' BEGIN SELECT RAISE(ABORT, '{_WORDS}'); END",
        "CREATE TRIGGER finance_budget_version_sealed BEFORE UPDATE ON finance_budget_version"
        " FOR EACH ROW EXECUTE FUNCTION finance_budget_version_sealed()",
        f"""CREATE OR REPLACE FUNCTION finance_budget_version_sealed() RETURNS trigger AS $$
        BEGIN
            IF OLD.state = 'approved' THEN
                RAISE EXCEPTION '{_WORDS}' USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN NEW;
        END $$ LANGUAGE plpgsql""",
    )
)
