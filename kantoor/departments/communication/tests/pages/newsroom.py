"""A company whose officer writes and whose director agrees, and what they publish."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.test import Client

from kantoor.departments.communication.actions.items.agreeing import (
    ask_items_approval,
)
from kantoor.departments.communication.actions.items.placing import place_item
from kantoor.departments.communication.actions.items.publishing import correct_item, publish_items
from kantoor.departments.communication.actions.items.writing import write_item, write_text
from kantoor.departments.communication.actions.pages.press import set_press_page
from kantoor.departments.communication.drafts_items import ItemDraft, PlacesDraft, TextDraft
from kantoor.departments.communication.tests.agreeing import agree
from kantoor.kernel.actors.actor import Actor
from tests.founded import PASSWORD, House, found
from tests.remembered import remembered


@dataclass
class Newsroom:
    """Nora writes, Dirk agrees and publishes, Eva only works here."""

    house: House
    nora: Actor
    dirk: Actor
    eva: Actor

    @property
    def company(self) -> int:
        return self.nora.company_id

    @property
    def press(self) -> str:
        """The address of the press page."""
        return f"/communication/press/{self.company}"

    def approved(self, title: str, body: str = "So it is.", **more: Any) -> str:
        """Write something in English that Dirk agrees to; gives its code."""
        names = set(PlacesDraft.__struct_fields__)
        places = {name: more.pop(name) for name in list(more) if name in names}
        other = more.pop("dutch", "")
        draft = ItemDraft(title=title, body=body, **{"language": "en", **more})
        code = write_item(self.nora, item=draft)
        if other:
            text = TextDraft(item=code, language="nl", title=other, body="Zo is het.")
            write_text(self.nora, text=text)
        if places:
            place_item(self.nora, places=PlacesDraft(item=code, **places))
        ask_items_approval(self.nora, codes=[code])
        agree(self.dirk, code)
        return code

    def published(self, title: str, body: str = "So it is.", **more: Any) -> str:
        """The same, and publish it."""
        code = self.approved(title, body, **more)
        publish_items(self.dirk, codes=[code])
        return code

    def corrected(self, code: str, title: str, body: str, note: str) -> None:
        """Correct the English text of something published."""
        text = TextDraft(item=code, language="en", title=title, body=body)
        write_text(self.nora, text=text)
        ask_items_approval(self.nora, codes=[code])
        agree(self.dirk, code)
        correct_item(self.dirk, item=code, note=note)


def begin_newsroom(name: str = "Bakker BV") -> Newsroom:
    """Found a company with a press page."""
    return remembered(("newsroom", name), lambda: _begun(name))


def _begun(name: str) -> Newsroom:
    house = found(name)
    nora = house.person("nora", "communication_officer")
    room = Newsroom(house, nora, house.person("dirk", "director"), house.person("eva", "employee"))
    set_press_page(nora, contact="Nora Smit\npress@bakker.example", about="We bake since 1923.")
    return room


def signed_in(name: str, language: str = "en") -> Client:
    """The browser of somebody who signed in."""
    client = Client()
    client.post("/sign-in", {"user": name, "password": PASSWORD})
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return client
