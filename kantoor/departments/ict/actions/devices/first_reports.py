"""Tell that the computer somebody was handed is seen at work: its agent reported for the first time."""

from collections.abc import Iterable

from kantoor.departments.ict.events import AgentSeen
from kantoor.departments.ict.models.devices.devices import ISSUED, device_number
from kantoor.kernel.actions.unit import publish
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.store.lookup import fetch_of_keys

FIRST_SEEN = (
    "SELECT device.number, party.id, party.code FROM ict_device device"
    " JOIN kernel_party party ON party.id = device.holder_id"
    " WHERE device.company_id = %s AND device.kind = 'computer' AND NOT EXISTS ("
    "SELECT 1 FROM ict_device_seen seen WHERE seen.device_id = device.id AND seen.at >= COALESCE(("
    "SELECT MAX(event.at) FROM ict_device_event event"
    " WHERE event.device_id = device.id AND event.state = %s), seen.at))"
    " AND device.id IN ({})"
)


def tell_first_reports(actor: Actor, devices: Iterable[int]) -> None:
    """Tell of those devices that report for the first time since they were handed out.

    Called before it is noted that they were seen. One statement by index; nothing is told of what
    nobody has, nor of the reports that follow.
    """
    keys = sorted(set(devices))
    if not keys:
        return
    for number, party, code in fetch_of_keys(FIRST_SEEN, [actor.company_id, ISSUED], keys):
        publish(AgentSeen(actor.company_id, party, code, device_number(number)))
