"""Checks of servers: what is asked how often, how it goes just now, and when that changed."""

from django.db import models

from kantoor.departments.ict.models.servers.server import Server
from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.models import KeptModel

HTTP, TLS, TCP, DNS, PING, METRICS = "http", "tls", "tcp", "dns", "ping", "metrics"
UNKNOWN, UP, DOWN = "unknown", "up", "down"


class Check(KeptModel):
    """One question that is put to a server every `every_s` seconds.

    `target` is what is asked: an address of the web (http, metrics), `host:port` (tcp, tls), a
    name (dns) or a host (ping); empty is the server's own address. `expect` is what has to come
    back: a status and a text (`200 Welcome`), an address for DNS, a limit for metrics
    (`disk / 90`, `load 400`). `limit` is days left of a certificate. It is down after
    `fails` failures in a row, and up after `passes` answers.
    """

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    server = models.ForeignKey(Server, on_delete=models.PROTECT, related_name="checks")
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=7)
    target = models.CharField(max_length=500, default="", blank=True)
    expect = models.CharField(max_length=200, default="", blank=True)
    limit = models.IntegerField(null=True, blank=True)
    every_s = models.IntegerField(default=60)
    timeout_s = models.IntegerField(default=10)
    fails = models.PositiveSmallIntegerField(default=3)
    passes = models.PositiveSmallIntegerField(default=2)
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "ict_check"
        constraints = [
            models.UniqueConstraint(fields=["server", "name"], name="check_name_once"),
            models.CheckConstraint(
                condition=models.Q(every_s__gte=10, timeout_s__gte=1, fails__gte=1, passes__gte=1),
                name="check_in_bounds",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CheckChange(KeptModel):
    """That a check went up or down, at the moment of the answer that decided it."""

    kept = Kept.SEALED
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    # Named for what it is of; `check` is a method of every model of Django.
    of = models.ForeignKey(Check, on_delete=models.PROTECT, db_index=False, related_name="changes")
    at = models.DateTimeField()
    state = models.CharField(max_length=7)
    message = models.CharField(max_length=300, default="", blank=True)

    class Meta:
        db_table = "ict_check_change"
        indexes = [models.Index(fields=["of", "at", "id"], name="check_change_by_check")]


class CheckPulse(models.Model):
    """How a check goes just now: one row, written over at every answer.

    `streak` is how many answers in a row were alike: above nought good, below it bad.
    """

    kept = Kept.PASSING
    of = models.OneToOneField(
        Check, on_delete=models.CASCADE, primary_key=True, related_name="pulse"
    )
    state = models.CharField(max_length=7, default=UNKNOWN)
    streak = models.IntegerField(default=0)
    asked_at = models.DateTimeField()
    next_at = models.DateTimeField()
    took_ms = models.IntegerField(null=True)
    message = models.CharField(max_length=300, default="", blank=True)

    class Meta:
        db_table = "ict_check_pulse"
        indexes = [models.Index(fields=["next_at"], name="check_pulse_due")]


class CheckHour(models.Model):
    """The answers of one hour together, so that what is kept grows by the hour and not the minute.

    `took_ms` is the sum of the good answers' times, `slowest_ms` the longest of them.
    """

    kept = Kept.PASSING
    of = models.ForeignKey(Check, on_delete=models.CASCADE, db_index=False, related_name="hours")
    hour = models.DateTimeField()
    good = models.IntegerField(default=0)
    bad = models.IntegerField(default=0)
    took_ms = models.BigIntegerField(default=0)
    slowest_ms = models.IntegerField(default=0)

    class Meta:
        db_table = "ict_check_hour"
        constraints = [models.UniqueConstraint(fields=["of", "hour"], name="check_hour_once")]
        indexes = [models.Index(fields=["hour"], name="check_hour_by_hour")]
