"""What communication says on Today and on its desk: what waits to be agreed to, and how much comes out."""

from django.utils.translation import gettext, ngettext

from kantoor.departments.communication.department import READ_ITEMS, WRITE_ITEMS
from kantoor.departments.communication.queries.items.figures import item_figures
from kantoor.departments.communication.web.items.calendar import CALENDAR
from kantoor.departments.communication.web.items.register import ITEMS
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.today import Card, today_card
from kantoor.kernel.ui.formats import number
from kantoor.kernel.ui.today_page import Figure, FirstStep, Waiting


@today_card("communication", permission=READ_ITEMS, order=60)
def items_card(actor: Actor) -> Card:
    """How much is planned, what waits to be agreed to, and what to begin with."""
    found = item_figures(actor)
    if not found.any and actor.may(WRITE_ITEMS):
        act = act_for(actor, "communication.write_item", icon="plus", back=ITEMS.url)
        text = gettext("Tell the company something: it begins as a draft.")
        return Card(first_steps=[FirstStep(act, text)] if act else [])
    waiting = []
    if found.to_agree_to:
        title = ngettext("%(n)s text to agree to", "%(n)s texts to agree to", found.to_agree_to)
        waiting.append(Waiting(title % {"n": number(found.to_agree_to)}, f"{ITEMS.url}?awaits=1"))
    return Card(
        waiting=waiting,
        figures=[
            Figure(gettext("Drafts"), found.drafts, f"{ITEMS.url}?state=draft"),
            Figure(gettext("Planned"), found.planned, CALENDAR.url),
        ],
    )
