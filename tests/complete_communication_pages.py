"""Rows of the press page and the screens, and an event that stands on all pages, for `complete.py`."""

from datetime import timedelta

from django.utils import timezone

from kantoor.departments.communication.actions.items.agreeing import (
    ask_items_approval,
)
from kantoor.departments.communication.actions.items.placing import place_item
from kantoor.departments.communication.actions.items.publishing import publish_items
from kantoor.departments.communication.actions.items.writing import write_item
from kantoor.departments.communication.actions.pages.press import set_press_page
from kantoor.departments.communication.actions.pages.screens import add_screen, change_screen
from kantoor.departments.communication.drafts_items import ItemDraft, PlacesDraft
from kantoor.departments.communication.tests.agreeing import agree
from tests.founded import House


def communication_pages(house: House, garage: House) -> None:
    """A press page of each company, two screens, and something published everywhere."""
    anne = house.administrator
    vera = house.person("vera", "communication_officer")
    for actor in (anne, garage.administrator):
        set_press_page(actor, contact="Anne, press@bakker.example", about="We bake.")
    for name in ("Hall", "Canteen"):
        add_screen(anne, name=name)
    change_screen(anne, screen="hall", seconds=20)
    begins = timezone.now() + timedelta(days=30)
    drafts = [
        ItemDraft(kind="event", title="Open day", body="Come and see.", event_from=begins),
        ItemDraft(kind="policy", title="Cycling to work", body="We pay for a bicycle."),
    ]
    codes = [write_item(vera, item=each) for each in drafts]
    for code in codes:
        place_item(
            vera, places=PlacesDraft(item=code, on_press_page=True, on_screens=True, pinned=True)
        )
    ask_items_approval(vera, codes=codes)
    agree(anne, *codes)
    publish_items(anne, codes=codes)
