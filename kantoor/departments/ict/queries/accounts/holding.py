"""What somebody holds of ICT: what has to be theirs on the first day, and nobody's after the last."""

from datetime import date

import msgspec
from django.db.models import F, Max, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.errors_devices import UnknownThing
from kantoor.departments.ict.models import (
    Device,
    DeviceEvent,
    Handover,
    Installation,
    Licence,
    SystemAccount,
)
from kantoor.departments.ict.models.devices.devices import ISSUED, device_number
from kantoor.departments.ict.queries.accounts.register import READ
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.parties.models import Party
from kantoor.kernel.queries import query, scoped


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody holds, in numbers and by name.

    `devices_out` are with them, in repair too; `reserved` will be. `computers_silent` are
    computers of theirs whose agent did not report since they were handed out, `agent_seen_on`
    when one last did. `licences` are titles with a licence in force on what they have.
    """

    employee: str
    name: str
    devices_out: int
    devices: list[str]
    reserved: list[str]
    unsigned_sheets: int
    computers_silent: int
    agent_seen_on: date | None
    accounts_open: int
    systems: list[str]
    licences: list[str]


@query(permission=READ, title=_("What somebody holds"), exposed=True)
def held_by(actor: Actor, /, *, employee: str) -> Held:
    """What the person with this code has of ICT now, in seven statements by index.

    Raises UnknownThing.
    """
    person = scoped(actor, Party).filter(code=employee).first()
    if person is None:
        message = _("There is nobody with the code “{code}”.").format(code=employee[:40])
        raise UnknownThing(message, field="employee")
    theirs = Device.objects.filter(holder=person, merged_into=None).order_by("number")
    devices = list(theirs.select_related("seen"))
    kept = Device.objects.filter(reserved_for=person, merged_into=None).order_by("number")
    accounts = SystemAccount.objects.filter(party=person, closed_at=None).order_by("pk")
    seen = [each.seen.at for each in devices if hasattr(each, "seen")]
    return Held(
        employee=person.code,
        name=person.name,
        devices_out=len(devices),
        devices=[str(each) for each in devices],
        reserved=[device_number(number) for number in kept.values_list("number", flat=True)],
        unsigned_sheets=Handover.objects.filter(party=person, signed_at=None).count(),
        computers_silent=_silent(devices),
        agent_seen_on=timezone.localdate(max(seen)) if seen else None,
        accounts_open=len(systems := list(accounts.values_list("system", flat=True))),
        systems=systems,
        licences=_licensed(actor, devices),
    )


def _silent(devices: list[Device]) -> int:
    """How many computers did not report since they were handed out."""
    computers = [each for each in devices if each.kind == "computer"]
    rows = DeviceEvent.objects.filter(device__in=computers, state=ISSUED).values("device_id")
    handed = dict(rows.annotate(last=Max("at")).values_list("device_id", "last"))
    return sum(
        not hasattr(each, "seen") or (each.pk in handed and each.seen.at < handed[each.pk])
        for each in computers
    )


def _licensed(actor: Actor, devices: list[Device]) -> list[str]:
    today = timezone.localdate()
    titles = Installation.objects.filter(device__in=devices).values("version__title_id")
    found = scoped(actor, Licence).filter(
        Q(until=None) | Q(until__gte=today), ended=False, starts_on__lte=today, title_id__in=titles
    )
    return list(found.order_by("title__name").values_list(F("title__name"), flat=True).distinct())
