"""The mailings of an item on its page: how it looks as a mail, where it went, and the way to send it."""

from urllib.parse import quote

from django.utils.encoding import force_str
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.queries.items.shapes import ItemShown
from kantoor.departments.communication.queries.mailings.mailings import mailings
from kantoor.departments.communication.web.items.beside import Beside, beside_item
from kantoor.departments.communication.web.items.words import language_name
from kantoor.departments.communication.web.mailings import words
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.ui.cells import Link
from kantoor.kernel.ui.formats import moment, number
from kantoor.kernel.ui.record_page import Related, Relation

FEW = 5


@beside_item
def mailings_beside(actor: Actor, shown: ItemShown) -> Beside:
    """The latest mailings of an item, how it looks as one, and a button that sends it."""
    row = shown.item
    items = [
        Related(
            Link(moment(each.created_at), words.mailing_url(each.uid)),
            " · ".join(
                [
                    each.audience or gettext("Everybody who works here"),
                    force_str(words.STATES[each.state][0]),
                ]
            ),
            number(each.size),
        )
        for each in mailings(actor, item=row.code, limit=FEW).rows
    ]
    if row.state != "withdrawn":
        items += [
            Related(
                Link(
                    gettext("How it looks as a mail"),
                    words.preview_url(
                        row.code, "" if text.language == row.language else text.language
                    ),
                ),
                language_name(text.language),
            )
            for text in shown.texts
        ]
    send = act_for(
        actor, "communication.send_item", label=_("Send it by mail"), icon="mail",
        back=f"/communication/items/{quote(row.code, safe='')}", item=row.code,
    )  # fmt: skip
    return Beside(
        relations=[Relation(gettext("Mailings"), items)] if items else [],
        steps=[send] if row.state == "published" else [],
    )
