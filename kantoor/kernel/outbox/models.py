"""Endpoints that want to be told, and what is still to be delivered to them."""

from django.db import models

from kantoor.kernel.actors.models import Company
from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.models import KeptModel

WAITING, DELIVERED, DEAD = "waiting", "delivered", "dead"


class Endpoint(KeptModel):
    """An address that is told of events. `event_types` is a space-separated list of patterns
    (`finance.invoice_sent`, `finance.*`); `secret` the signing key, encrypted (see signing.py).
    """

    company = models.ForeignKey(Company, on_delete=models.PROTECT)
    name = models.CharField(max_length=60)
    url = models.CharField(max_length=500)
    secret = models.CharField(max_length=300)
    event_types = models.TextField(default="*")
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "kernel_endpoint"
        constraints = [
            models.UniqueConstraint(fields=["company", "name"], name="endpoint_name_once")
        ]


class Delivery(models.Model):
    """One event on its way to one endpoint; `message_id` stays the same at every attempt."""

    kept = Kept.PASSING
    endpoint = models.ForeignKey(Endpoint, on_delete=models.CASCADE, related_name="deliveries")
    message_id = models.CharField(max_length=40, unique=True)
    event_type = models.CharField(max_length=100)
    body = models.TextField()
    state = models.CharField(max_length=9, default=WAITING)
    attempts = models.IntegerField(default=0)
    next_at = models.DateTimeField()
    status = models.IntegerField(null=True)
    answer = models.CharField(max_length=300, default="")
    created_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "kernel_delivery"
        indexes = [
            models.Index(
                fields=["next_at"], condition=models.Q(state=WAITING), name="delivery_due"
            ),
            models.Index(fields=["endpoint", "id"], name="delivery_of_endpoint"),
        ]
