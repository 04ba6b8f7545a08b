"""What devices say on Today: inventories that are held, and sheets that nobody signed."""

from django.utils.translation import ngettext

from kantoor.departments.ict.queries.devices.around import devices_waiting
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.today import Card, today_card
from kantoor.kernel.ui.formats import number
from kantoor.kernel.ui.today_page import Waiting


@today_card("ict", permission="ict.handle_devices", order=41)
def devices_card(actor: Actor) -> Card:
    """What waits for a person."""
    found = devices_waiting(actor)
    waiting = []
    if found.held:
        words = ngettext("%(n)s inventory is held", "%(n)s inventories are held", found.held)
        said = words % {"n": number(found.held)}
        waiting.append(Waiting(said, "/ict/inventory-conflicts", ""))
    if found.unsigned:
        words = ngettext(
            "%(n)s handover sheet is not signed",
            "%(n)s handover sheets are not signed",
            found.unsigned,
        )
        said = words % {"n": number(found.unsigned)}
        waiting.append(Waiting(said, "/ict/handovers?unsigned=1", ""))
    return Card(waiting=waiting)
