"""Several companies: which party is which company, what is mirrored between them, and groups of them."""

from django.db import models

from kantoor.departments.finance.models.chart import Account
from kantoor.departments.finance.models.ledger import Entry
from kantoor.kernel.fields import ExactField
from kantoor.kernel.store.models import KeptModel

WAITING, BOOKED, REFUSED, WITHDRAWN = "waiting", "booked", "refused", "withdrawn"


class Affiliate(KeptModel):
    """That a party of a company is another company of this installation.

    What the other books with this company comes in as a mirror, when the other says the same of
    this company: to be accepted, or with `at_once` booked to `account` right away.
    """

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    party = models.OneToOneField("kernel.Party", on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", db_index=False)
    at_once = models.BooleanField(default=False)

    class Meta:
        db_table = "finance_affiliate"
        constraints = [
            models.UniqueConstraint(fields=["company", "other"], name="affiliate_once"),
        ]


class Mirror(KeptModel):
    """What an affiliate booked with this company, and the entry that books it here.

    `amount` and `tax` are in minor units of the document's `currency`, above zero where the
    affiliate is owed; `source` is the affiliate's entry, `number` what it calls the document.
    """

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    affiliate = models.ForeignKey(Affiliate, on_delete=models.PROTECT, related_name="mirrors")
    source = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="+")
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, null=True, related_name="+")
    date = models.DateField()
    due_on = models.DateField()
    number = models.CharField(max_length=80)
    currency = models.CharField(max_length=3)
    amount = models.BigIntegerField()
    tax = models.BigIntegerField()
    charged = models.BooleanField()
    """Whether the affiliate has it on receivables, so that it is payable here; else the reverse."""
    state = models.CharField(max_length=10)
    why = models.CharField(max_length=200)

    class Meta:
        db_table = "finance_mirror"
        indexes = [models.Index(fields=["company", "state", "id"], name="mirror_by_state")]


class CompanyGroup(KeptModel):
    """Companies that are reported on as one, in a currency; kept by the company at its head."""

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=100)
    currency = models.CharField(max_length=3)

    class Meta:
        db_table = "finance_company_group"
        constraints = [
            models.UniqueConstraint(fields=["company", "code"], name="company_group_once")
        ]


class GroupMember(KeptModel):
    """A company in a group: how much of it the head owns, and what it was worth when acquired.

    `percent` of it is owned since `acquired_on`, when its equity was `equity` in minor units of
    its own currency; `participation` is the head's account that the price stands on.
    """

    group = models.ForeignKey(CompanyGroup, on_delete=models.PROTECT, related_name="members")
    member = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, related_name="+")
    percent = ExactField()
    acquired_on = models.DateField()
    equity = models.BigIntegerField()
    participation = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )

    class Meta:
        db_table = "finance_group_member"
        constraints = [
            models.UniqueConstraint(fields=["group", "member"], name="group_member_once"),
            models.CheckConstraint(
                condition=models.Q(percent__gt=0, percent__lte=100), name="group_member_percent"
            ),
        ]
