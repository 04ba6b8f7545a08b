"""Checks that are asked no more: nothing is known of them from then on."""

from collections.abc import Iterable, Sequence

from django.utils import timezone

from kantoor.departments.ict.actions.watching.incidents import end_troubles
from kantoor.departments.ict.models import Check, CheckChange, CheckPulse, Server
from kantoor.departments.ict.models.servers.check import UNKNOWN
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import scoped


def let_go(actor: Actor, checks: Iterable[Check]) -> None:
    """Know nothing any more of checks that are not asked: their troubles end with them."""
    keys = [check.pk for check in checks]
    pulses = CheckPulse.objects.filter(of__in=keys).exclude(state=UNKNOWN)
    known = list(pulses.values_list("of_id", flat=True))
    now = timezone.now()
    CheckChange.objects.bulk_create(
        CheckChange(company_id=actor.company_id, of_id=key, at=now, state=UNKNOWN) for key in known
    )
    CheckPulse.objects.filter(of__in=keys).delete()
    end_troubles(actor, [source_of(key) for key in keys])


def let_servers_go(actor: Actor, servers: Sequence[Server]) -> None:
    """Let go of the checks of servers that are no longer in use."""
    idle = [server.pk for server in servers if not server.active]
    if idle:
        let_go(actor, scoped(actor, Check).filter(server__in=idle))


def source_of(check: int) -> str:
    """The source of a check's trouble."""
    return f"check:{check}"
