"""The chart of accounts and the journals."""

from django.db import models

from kantoor.kernel.store.models import KeptModel


class Account(KeptModel):
    """A ledger account. `role` is the well-known place that posting rules look it up by."""

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    code = models.CharField(max_length=20)
    name_en = models.CharField(max_length=200)
    name_nl = models.CharField(max_length=200)
    kind = models.CharField(max_length=10)
    group = models.CharField(max_length=30, db_column="grouping")
    rgs = models.CharField(max_length=20, default="", blank=True)
    role = models.CharField(max_length=30, default="", blank=True)
    active = models.BooleanField(default=True)

    class Meta:
        db_table = "finance_account"
        constraints = [
            models.UniqueConstraint(fields=["company", "code"], name="account_code_once"),
            models.UniqueConstraint(
                fields=["company", "role"],
                condition=~models.Q(role=""),
                name="account_role_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name_en}"


class Journal(KeptModel):
    """A book of first entry; entries are numbered in it without gaps for each fiscal year."""

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    code = models.CharField(max_length=10)
    name_en = models.CharField(max_length=100)
    name_nl = models.CharField(max_length=100)
    kind = models.CharField(max_length=12)

    class Meta:
        db_table = "finance_journal"
        constraints = [
            models.UniqueConstraint(fields=["company", "code"], name="journal_code_once")
        ]

    def __str__(self) -> str:
        return self.code
