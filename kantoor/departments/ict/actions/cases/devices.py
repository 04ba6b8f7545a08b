"""Say which devices cases are about."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.actions.cases.finding import SHOWN, cases_by_number
from kantoor.departments.ict.actions.cases.opening import HANDLE
from kantoor.departments.ict.errors_devices import UnknownDevice
from kantoor.departments.ict.models import CaseDevice, Device
from kantoor.departments.ict.models.devices.devices import read_device_number
from kantoor.departments.ict.queries.cases.numbers import read_number
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import scoped
from kantoor.kernel.store.ids import take_ids
from kantoor.kernel.store.models import insert_rows


@action(permission=HANDLE, title=_("Say which devices a case is about"))
def link_devices(actor: Actor, /, *, number: str, devices: Sequence[str]) -> None:
    """Say which devices a case is about, by their numbers; those it was about stay.

    Raises UnknownCase, UnknownDevice.
    """
    linked(actor, [(number, each) for each in devices])


@action(permission=HANDLE, title=_("Say that a case is not about a device"))
def unlink_device(actor: Actor, /, *, number: str, device: str) -> None:
    """Say that a case is not about a device after all."""
    case = cases_by_number(actor, [number], field="number")[0]
    CaseDevice.objects.filter(case=case, device__number=read_device_number(device) or 0).delete()


def linked(actor: Actor, pairs: Sequence[tuple[str, str]]) -> None:
    """Link cases to devices within an action that has asked its own permission."""
    if not pairs:
        return
    found = cases_by_number(actor, [case for case, _device in pairs], field="number")
    cases = {case.number: case.pk for case in found}
    wanted = {read_device_number(device) or 0 for _case, device in pairs}
    rows = scoped(actor, Device).filter(number__in=wanted, merged_into=None)
    devices = dict(rows.values_list("number", "pk"))
    fresh: dict[tuple[int, int], None] = {}
    for place, (case, device) in enumerate(pairs, 1):
        key = devices.get(read_device_number(device) or 0)
        if key is None:
            message = _("There is no device “{number}”.").format(number=device[:SHOWN])
            raise UnknownDevice(message, field="devices", line=place)
        fresh[cases[read_number(case) or 0], key] = None
    known = CaseDevice.objects.filter(case_id__in=set(cases.values()))
    missing = [pair for pair in fresh if pair not in set(known.values_list("case_id", "device_id"))]
    if missing:
        first = take_ids(CaseDevice, len(missing))
        insert_rows(CaseDevice, [(first + n, *pair) for n, pair in enumerate(missing)])
