"""A company whose communication officer keeps pictures, and pictures to try."""

import io
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from PIL import Image

from kantoor.departments.communication.actions.items.agreeing import (
    ask_item_approval,
)
from kantoor.departments.communication.actions.items.publishing import publish_item
from kantoor.departments.communication.actions.items.writing import write_item
from kantoor.departments.communication.actions.media.keeping import add_picture
from kantoor.departments.communication.drafts_items import ItemDraft
from kantoor.departments.communication.drafts_media import PictureDraft
from kantoor.departments.communication.formats.pictures import drawn
from kantoor.departments.communication.tests.agreeing import agree
from kantoor.kernel.actors.actor import Actor
from tests.founded import House, found
from tests.remembered import remembered


@dataclass
class Library:
    """Nora keeps the pictures, Eva only works here."""

    house: House
    nora: Actor
    eva: Actor

    def draft(self, title: str = "The new hall", **more: Any) -> PictureDraft:
        given = {
            "alt_nl": "Een hoge hal vol stellingen", "alt_en": "A high hall full of racks",
            "owner": "Ada Lens", "licence": "Contract 2026-14",
        }  # fmt: skip
        return PictureDraft(title=title, **{**given, **more})

    def add(self, title: str = "The new hall", **more: Any) -> str:
        """Add a small picture; gives its code."""
        return add_picture(self.nora, picture=self.draft(title, **more), sizes=drawn(jpeg()))

    def written(self, shown: str, title: str = "The hall is open", **more: Any) -> str:
        """The code of an item of Nora that shows a picture."""
        body = more.pop("body", f"![The hall](media:{shown})")
        return write_item(self.nora, item=ItemDraft(title=title, body=body, **more))

    def published(self, shown: str, **more: Any) -> str:
        """The same, and it is out."""
        code = self.written(shown, **more)
        ask_item_approval(self.nora, item=code)
        agree(self.house.administrator, code)
        publish_item(self.nora, item=code)
        return code


def jpeg(width: int = 600, height: int = 400, colour: str = "teal", **more: Any) -> bytes:
    """A photograph, as far as a test needs one."""
    target = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(target, "JPEG", **more)
    return target.getvalue()


LONG_AGO = date(2020, 1, 1)


@pytest.fixture
def library(db: None) -> Library:
    """A Dutch company with a communication officer and an employee."""
    return remembered("library of pictures", _begun)


def _begun() -> Library:
    house = found("Bakker BV")
    nora = house.person("nora", "communication_officer")
    return Library(house, nora, house.person("eva", "employee"))
