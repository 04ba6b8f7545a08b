"""Two texts of an item side by side, with what changed between them."""

from collections.abc import Mapping
from typing import Any

from django.utils.encoding import force_str
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.department import READ_ITEMS
from kantoor.departments.communication.queries.items.record import item_versions
from kantoor.departments.communication.queries.items.shapes import Version
from kantoor.departments.communication.web.items import words
from kantoor.departments.communication.web.items.register import ITEMS
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.plain_view import PlainView
from kantoor.kernel.ui.address import Address
from kantoor.kernel.ui.cells import Link


def _content(actor: Actor, address: Address, code: str) -> Mapping[str, Any]:
    shown = item_versions(
        actor, code=code, left=_number(address.get("left")), right=_number(address.get("right"))
    )
    parts = [
        (gettext("Title"), shown.titles),
        (gettext("Summary"), shown.summaries),
        (gettext("Text"), shown.bodies),
    ]
    return {
        "page": {
            "title": gettext("Texts side by side"),
            "breadcrumb": [
                Link(force_str(ITEMS.title), ITEMS.url),
                Link(shown.item.title, words.item_url(code)),
            ],
        },
        "here": words.versions_url(code),
        "left": _version(shown.left),
        "right": _version(shown.right),
        "versions": [_version(each) for each in shown.versions],
        "parts": [(title, pairs) for title, pairs in parts if pairs],
        "same": shown.left.number != shown.right.number
        and all(pair.equal for _title, pairs in parts for pair in pairs),
    }


def _version(each: Version) -> dict[str, Any]:
    return {
        "number": each.number,
        "language": each.language,
        "named": words.language_name(each.language),
        "who": each.who,
        "at": each.at,
        "published": each.published,
    }


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 9 else 0


VERSIONS = PlainView(
    key="communication.items",
    title=_("Texts side by side"),
    permission=READ_ITEMS,
    template="communication/items/versions.html",
    content=_content,
    path="<str:code>/versions",
    in_menu=False,
)
