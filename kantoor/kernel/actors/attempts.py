"""Failed sign-ins, counted for a while so that nobody can go on guessing; and what else is bounded."""

import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network

from django.db import models
from django.utils import timezone

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.record.keyring import secrets
from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.raw import run

WINDOW = timedelta(minutes=15)
LIMITS = {"pair": 6, "address": 30, "user": 60, "all": 3000}
"""Attempts within the window: for one user from one address, from one address, for one user from
anywhere (far higher, so that a stranger can't lock somebody out), and in all."""


class Attempts(models.Model):
    """How often something was tried since a moment; `key` is a keyed hash, not a name."""

    kept = Kept.PASSING
    key = models.CharField(max_length=32, primary_key=True)
    count = models.IntegerField()
    since = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "kernel_attempts"


def another_attempt(
    user: str, address: str, *, at: str = "", limits: Mapping[str, int] = LIMITS
) -> bool:
    """Count an attempt; gives whether it may go on. Counted first, so that many at once don't slip by.

    `at` names what else than signing in is tried: it is counted apart, against its own `limits`,
    the narrowest first: what one of them refuses counts for no wider one, so that one address
    can't use up what is there for all.
    """
    keys = _keys(user, address, at)
    return all(_count(keys[kind]) <= most for kind, most in limits.items())


def forget_attempts(user: str, address: str) -> None:
    """The person signed in: their own mistakes no longer count."""
    keys = _keys(user, address)
    Attempts.objects.filter(key__in=[keys["pair"], keys["user"]]).delete()


def recent_refusals(actor: Actor, action: str) -> int:
    """How often an action of this actor was refused within the window, as the record tells.

    A refused action keeps nothing it wrote, so it can't count by itself.
    """
    since = int((timezone.now() - WINDOW).timestamp() * 1_000_000)
    rows = run(
        "SELECT count(*) FROM (SELECT at, actor_id, action, outcome FROM kernel_record"
        " ORDER BY seq DESC LIMIT 5000) AS latest"
        " WHERE at > %s AND actor_id = %s AND action = %s AND outcome = 'refused'",
        [since, actor.user_id, action],
    )
    return int(rows[0][0])


def purge_attempts() -> int:
    """Forget what lies before the window."""
    return Attempts.objects.filter(since__lt=timezone.now() - WINDOW).delete()[0]


def _keys(user: str, address: str, at: str = "") -> dict[str, str]:
    near = _neighbourhood(address)
    parts = {"pair": f"{user}\n{near}", "address": near, "user": user, "all": ""}
    sealing = secrets().sealing
    return {
        kind: hmac.digest(
            sealing, f"attempt {kind}{at and f' at {at}'}\n{text}".encode(), "sha256"
        ).hex()[:32]
        for kind, text in parts.items()
    }


def _neighbourhood(address: str) -> str:
    """An IPv6 subscriber has a whole /64 to take addresses from; an IPv4 one has one."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    return str(ip_network(f"{found}/64", strict=False)) if found.version == 6 else str(found)


def _count(key: str) -> int:
    now = timezone.now()
    rows = run(
        "INSERT INTO kernel_attempts (key, count, since) VALUES (%s, 1, %s)"
        " ON CONFLICT (key) DO UPDATE SET"
        " count = CASE WHEN kernel_attempts.since < %s THEN 1 ELSE kernel_attempts.count + 1 END,"
        " since = CASE WHEN kernel_attempts.since < %s THEN excluded.since"
        " ELSE kernel_attempts.since END RETURNING count",
        [key, *(_text(moment) for moment in (now, now - WINDOW, now - WINDOW))],
    )
    return int(rows[0][0])


def _text(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M:%S.%f")
