"""What reading says on Today: what one has to read, and what many did not."""

from django.utils.translation import ngettext

from kantoor.departments.communication.department import READ_ITEMS
from kantoor.departments.communication.queries.reading.standing import late_readings
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.today import Card, today_card
from kantoor.kernel.ui.formats import number
from kantoor.kernel.ui.today_page import Waiting


@today_card("communication", permission=READ_ITEMS, order=52)
def late_card(actor: Actor) -> Card:
    """How many people did not read in time what they had to."""
    count = late_readings(actor)
    if not count:
        return Card()
    words = ngettext(
        "%(n)s person did not read something in time",
        "%(n)s people did not read something in time",
        count,
    )
    waiting = Waiting(words % {"n": number(count)}, "/communication/readings?state=late", "")
    return Card(waiting=[waiting])
