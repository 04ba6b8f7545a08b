"""A company whose communication officer keeps pictures, and pictures to try."""

import io
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from PIL import Image

from kantoor.departments.communication.actions.media.keeping import add_picture
from kantoor.departments.communication.drafts_media import PictureDraft
from kantoor.departments.communication.formats.pictures import drawn
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
