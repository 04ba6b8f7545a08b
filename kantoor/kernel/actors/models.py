"""Companies, the people and machines that act in them, and what their roles grant."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.models import KeptModel


class Company(KeptModel):
    """One company of the installation; nothing of one is visible from another.

    `email` and `phone` are where its customers reach it; they stand on what it sends.
    """

    name = models.CharField(max_length=200, unique=True)
    country = models.CharField(max_length=2)
    currency = models.CharField(max_length=3)
    language = models.CharField(max_length=2, default="en")
    zone = models.CharField(max_length=50, default="Europe/Amsterdam")
    registration = models.CharField(max_length=40, default="", blank=True)
    vat_number = models.CharField(max_length=20, default="", blank=True)
    street = models.CharField(max_length=200, default="", blank=True)
    postcode = models.CharField(max_length=20, default="", blank=True)
    city = models.CharField(max_length=100, default="", blank=True)
    email = models.CharField(max_length=254, default="", blank=True)
    phone = models.CharField(max_length=40, default="", blank=True)
    chart = models.CharField(max_length=20)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "kernel_company"

    def __str__(self) -> str:
        return self.name


class User(KeptModel):
    """A person or a machine that can act. `kind` is person, machine or system.

    `administrator` may do everything in every company. `session_salt` changes when all sessions
    of the user have to end; `password_is_temporary` when somebody else knows the password.
    """

    subject_field = "subject_id"
    erased_as = {
        "sign_in": "erased-{pk}",
        "name": _("Erased {pk}"),
        **dict.fromkeys(("email", "password", "session_salt"), ""),
        "active": False,
        "administrator": False,
    }
    subject_id = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=10, default="person")
    sign_in = models.CharField(max_length=150, unique=True)
    name = models.CharField(max_length=200)
    email = models.CharField(max_length=254, default="", blank=True)
    password = models.CharField(max_length=200, default="", blank=True)
    language = models.CharField(max_length=2, default="en")
    zone = models.CharField(max_length=50, default="Europe/Amsterdam")
    active = models.BooleanField(default=True)
    administrator = models.BooleanField(default=False)
    password_is_temporary = models.BooleanField(default=False)
    session_salt = models.CharField(max_length=32, default="", blank=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "kernel_user"

    def __str__(self) -> str:
        return self.name


class Role(KeptModel):
    """A named set of permissions, the same in every company of the installation."""

    code = models.CharField(max_length=50, unique=True)
    name_en = models.CharField(max_length=100)
    name_nl = models.CharField(max_length=100)

    class Meta:
        db_table = "kernel_role"

    def __str__(self) -> str:
        return self.name_en


class RolePermission(KeptModel):
    """A permission of a role (`finance.post_entry`, or `finance.*`) with an amount limit.

    `limit_minor` is the highest amount, in minor units of the company's currency, that the role
    may handle alone; NULL is no limit.
    """

    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="permissions")
    permission = models.CharField(max_length=100)
    limit_minor = models.BigIntegerField(null=True, blank=True)

    class Meta:
        db_table = "kernel_role_permission"
        constraints = [
            models.UniqueConstraint(fields=["role", "permission"], name="role_permission_once")
        ]


class Grant(KeptModel):
    """A role that somebody has in a company; taken away by `ended_at`, never deleted."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="grants")
    role = models.ForeignKey(Role, on_delete=models.PROTECT)
    company = models.ForeignKey(Company, on_delete=models.PROTECT)
    granted_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "kernel_grant"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "company"],
                condition=models.Q(ended_at=None),
                name="grant_once",
            )
        ]


class ExcludingDuties(KeptModel):
    """Two permissions that no one person may have in the same company."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT)
    first = models.CharField(max_length=100)
    second = models.CharField(max_length=100)

    class Meta:
        db_table = "kernel_excluding_duties"
        constraints = [
            models.UniqueConstraint(fields=["company", "first", "second"], name="duties_once")
        ]


class Token(KeptModel):
    """A bearer token of a person or machine for the API; only its SHA-256 is kept.

    `scopes` is a space-separated list of permissions it is limited to; empty is all its user has.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="tokens")
    company = models.ForeignKey(Company, on_delete=models.PROTECT)
    name = models.CharField(max_length=100)
    hash = models.CharField(max_length=64, unique=True)
    scopes = models.TextField(default="", blank=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "kernel_token"


class Approval(KeptModel):
    """An action that waits for a second pair of eyes; the requester can't decide on it."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT)
    action = models.CharField(max_length=100)
    parameters = models.TextField(help_text="the action's parameters as canonical JSON")
    why = models.CharField(max_length=300)
    requested_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="requests")
    requested_at = models.DateTimeField()
    state = models.CharField(max_length=10, default="waiting")
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="decisions", null=True
    )
    decided_at = models.DateTimeField(null=True)
    remark = models.CharField(max_length=500, default="", blank=True)

    class Meta:
        db_table = "kernel_approval"
        indexes = [models.Index(fields=["company", "state"], name="approval_waiting")]


class IdempotencyKey(KeptModel):
    """A request that was performed before: the same key again gives the same answer.

    `approval_id` is the request that waits where a second person had to approve it; `answer` is
    empty then, and where the answer was a secret.
    """

    kept = Kept.SEALED
    company_id = models.BigIntegerField()
    actor_id = models.BigIntegerField()
    key = models.CharField(max_length=200)
    request = models.CharField(max_length=64)
    answer = models.TextField()
    approval_id = models.BigIntegerField(null=True)
    at = models.BigIntegerField()

    class Meta:
        db_table = "kernel_idempotency_key"
        constraints = [
            models.UniqueConstraint(
                fields=["company_id", "actor_id", "key"], name="idempotency_key_once"
            )
        ]
