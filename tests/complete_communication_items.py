"""Items in every state, with remarks and templates: written, returned, corrected, withdrawn."""

from kantoor.departments.communication.actions.items.agreeing import (
    ask_items_approval,
    return_item,
)
from kantoor.departments.communication.actions.items.placing import place_items
from kantoor.departments.communication.actions.items.publishing import (
    publish_items,
    withdraw_items,
)
from kantoor.departments.communication.actions.items.remarking import (
    remark_on_text,
    settle_remark,
)
from kantoor.departments.communication.actions.items.templates import add_item_template
from kantoor.departments.communication.actions.items.writing import write_items, write_text
from kantoor.departments.communication.drafts_items import (
    ItemDraft,
    PlacesDraft,
    TemplateDraft,
    TextDraft,
)
from kantoor.departments.communication.tests.agreeing import agree
from tests.founded import House


def communication_items(house: House) -> None:
    """Two items that were published and withdrawn, one given back, remarks and templates."""
    anne, writer = house.administrator, house.person("wilma", "communication_officer")
    drafts = [ItemDraft(title=f"Parking {n}", body="There is *room*.") for n in range(3)]
    codes = write_items(writer, items=drafts)
    remarks = [remark_on_text(anne, item=code, passage="room", said="How much?") for code in codes]
    settle_remark(writer, remark=remarks[0])
    write_text(
        writer, text=TextDraft(item=codes[0], title="Parking", body="There is room for ten.")
    )
    dutch = TextDraft(
        item=codes[0], language="nl", title="Parkeren", body="Er is plaats voor tien."
    )
    english = TextDraft(
        item=codes[0], language="en", title="Parking", body="There is room for ten."
    )
    for text in (dutch, english):
        write_text(writer, text=text)
    place_items(writer, places=[PlacesDraft(item=code, on_screens=True) for code in codes])
    ask_items_approval(writer, codes=codes)
    return_item(anne, item=codes[2], note="Say where")
    agree(anne, *codes[:2])
    publish_items(anne, codes=codes[:2])
    withdraw_items(anne, codes=codes[:2], why="The field is sold")
    for name in ("Failure", "Jubilee"):
        template = TemplateDraft(name=name, body="Since {time} {what}.")
        add_item_template(writer, template=template)
