"""What an item says as a mail in a language, and how that looks before it goes out."""

from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.department import READ_ITEMS
from kantoor.departments.communication.errors import UnknownItem
from kantoor.departments.communication.mails.letter import Said, letter_html
from kantoor.departments.communication.models import Item, ItemText
from kantoor.departments.communication.queries.items.visible import visible_items
from kantoor.departments.communication.queries.mailings.agreed import must_hear
from kantoor.departments.communication.queries.mailings.pictures import in_mail
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import Company
from kantoor.kernel.mail.mass.composing import without_slots
from kantoor.kernel.queries import query


def said_in(
    actor: Actor,
    item: Item,
    text: ItemText,
    *,
    company: str,
    unsubscribe: str = "",
    opened: str = "",
) -> Said:
    """What a text of an item says as a mail, with its pictures."""
    body = without_slots(text.body)
    pictures, files = in_mail(actor, body, text.picture)
    return Said(
        title=without_slots(text.title),
        summary=without_slots(text.summary),
        body=body,
        picture=pictures.get(text.picture),
        alt=files.alt(text.picture, text.language),
        pictures=pictures,
        files=files.sent,
        language=text.language,
        company=company,
        item_code=item.code,
        unsubscribe=unsubscribe,
        opened=opened,
    )


@query(permission=READ_ITEMS, title=_("An item as a mail"))
def mail_preview(actor: Actor, /, *, item: str, language: str = "") -> str:
    """The newest text of an item as the HTML of a mail, in a language or else its first.

    Raises UnknownItem.
    """
    found = visible_items(actor).filter(code=item).first()
    if found is None:
        raise UnknownItem(_("There is no such item."), field="item")
    texts = ItemText.objects.filter(item=found).order_by("-number")
    text = texts.filter(language=language or found.language).first() or texts.first()
    if text is None:
        raise UnknownItem(_("There is no such item."), field="item")
    company = Company.objects.get(pk=actor.company_id)
    stop = "" if must_hear(found, found.audience_id) else "#"
    return letter_html(said_in(actor, found, text, company=company.name, unsubscribe=stop))
