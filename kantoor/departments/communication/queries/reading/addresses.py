"""The address with which somebody confirms what they read without signing in: signed, theirs alone."""

import hmac
import re

from django.conf import settings
from django.db.models import QuerySet

from kantoor.departments.communication.models import Item, ReadingAsked
from kantoor.departments.communication.models.items.item import CRISIS
from kantoor.kernel.mail.tokens import Thread, token

LETTER = "r"
"""The letter of readings in tokens."""
_TOKEN = re.compile(r"r([0-9a-z]{1,13})\.([0-9a-z]{1,13})\.[a-z2-7]{16}")


def by_link(item: Item) -> bool:
    """Whether it can be confirmed by the address in the mail: only what may not wait.

    Of all else who confirms has to show who they are.
    """
    return item.kind == CRISIS


def confirm_token(reading: ReadingAsked) -> str:
    """The token of what somebody is asked to read: always the same."""
    return token(reading.company_id, Thread(LETTER, reading.pk, reading.party_id))


def confirm_path(reading: ReadingAsked) -> str:
    """The path of the page that confirms without signing in."""
    return f"/communication/confirm/{reading.company_id}/{confirm_token(reading)}"


def item_path(item: Item) -> str:
    """The path of the page that shows an item to who it is for."""
    return f"/communication/news/{item.code}"


def people_path() -> str:
    """The path of the page where managers see who of their people did not read what."""
    return "/communication/people-to-read"


def register_path(item: Item) -> str:
    """The path of the register of who read an item."""
    return f"/communication/readings?item={item.code}"


def whole_address(path: str) -> str:
    """The whole address, for mail; empty where nobody said what ours is (KANTOOR_ADDRESS)."""
    return f"{settings.ADDRESS}{path}" if settings.ADDRESS else ""


def readings_of_token(company_id: int, shown: str) -> "QuerySet[ReadingAsked]":
    """The reading that a token is of; none where it is not ours, or its person was erased."""
    found = _TOKEN.fullmatch(shown)
    key, party = (int(found[1], 36), int(found[2], 36)) if found else (0, 0)
    if not (0 < key < 2**63 and 0 < party < 2**63):
        return ReadingAsked.objects.none()
    ours = token(company_id, Thread(LETTER, key, party))
    if not hmac.compare_digest(ours.encode(), shown.encode()):
        return ReadingAsked.objects.none()
    found_rows = ReadingAsked.objects.filter(
        company_id=company_id, pk=key, party=party, party__erased_at=None
    )
    return found_rows.filter(round__item__kind=CRISIS).select_related("round__item")
