"""A company that speaks with the press, for tests of contacts and questions."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kantoor.departments.communication.drafts_contacts import ContactDraft
from kantoor.kernel.actors.actor import Actor
from tests.founded import PASSWORD, House, found
from tests.remembered import remembered


@dataclass
class Press:
    """Nora leads communication, Piet works with her, Eva only works here."""

    house: House
    nora: Actor
    piet: Actor
    eva: Actor

    def draft(self, **more: Any) -> ContactDraft:
        given = {
            "name": "Joris Pen", "email": "Joris@courant.example", "medium": "De Courant",
            "beat": "logistics", "tags": "Trade, national, trade", "language": "nl",
        }  # fmt: skip
        return ContactDraft(**{**given, **more})


def begin_press() -> Press:
    """Found the company."""
    return remembered("press and questions", _begun)


def _begun() -> Press:
    house = found("Bakker BV")
    nora = house.person("nora", "communication_officer")
    piet = house.person("piet", "communication_officer")
    return Press(house, nora, piet, house.person("eva", "employee"))


def signed_in(name: str) -> Client:
    """A browser of somebody, in English."""
    client = Client()
    client.post("/sign-in", {"user": name, "password": PASSWORD})
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def statements(act: Callable[[], object]) -> int:
    """How many statements an act takes."""
    with CaptureQueriesContext(connection) as seen:
        act()
    return len(seen)
