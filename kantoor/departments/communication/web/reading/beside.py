"""What came of an item, beside it: delivered, opened, followed, read."""

from django.utils.translation import gettext, pgettext

from kantoor.departments.communication.department import READ_ITEMS
from kantoor.departments.communication.queries.items.shapes import ItemShown
from kantoor.departments.communication.queries.mailings.mailings import figures_of_items
from kantoor.departments.communication.queries.reading.standing import reading_stands
from kantoor.departments.communication.web.items.beside import Beside, beside_item
from kantoor.departments.communication.web.reading import words
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.ui.cells import Link
from kantoor.kernel.ui.formats import number
from kantoor.kernel.ui.record_page import Related, Relation


@beside_item
def figures_beside(actor: Actor, shown: ItemShown) -> Beside:
    """What came of an item that was sent or has to be read; nothing of others."""
    if not actor.may(READ_ITEMS):
        return Beside()
    items, code = [], shown.item.code
    stands = reading_stands(actor, item=code)
    if stands is not None:
        said = Link(pgettext("reading", "Read"), words.stands_url(code))
        items.append(Related(said, _part(stands.confirmed, stands.asked)))
    mails = figures_of_items(actor, [shown.item.id]).get(shown.item.id)
    if mails is not None:
        for word, some, all_ in (
            (gettext("Delivered"), mails.delivered, mails.recipients),
            (gettext("Opened, of who agreed to that"), mails.opened, mails.measured),
            (gettext("Followed a link, of who agreed to that"), mails.followed, mails.measured),
        ):
            if all_:
                items.append(Related(Link(word, ""), _part(some, all_)))
    return Beside(relations=[Relation(gettext("What came of it"), items)] if items else [])


def _part(some: int, all_: int) -> str:
    share = some * 100 // all_ if all_ else 0
    return gettext("{some} of {all} ({share} %)").format(
        some=number(some), all=number(all_), share=share
    )
