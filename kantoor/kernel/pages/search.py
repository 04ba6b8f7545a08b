"""Search: each department says how to find its things; the palette and the search page ask all.

@searcher("finance.invoices", title=_("Invoices"), permission="finance.read_invoices",
          icon="file-invoice")
def find_invoices(actor: Actor, words: str, most: int) -> Sequence[Found]: ...

search_in(INVOICES, icon="file-invoice")   # or: a list that takes words to search for
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.encoding import force_str

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError
from kantoor.kernel.pages.columns import Value, plain, value_of
from kantoor.kernel.pages.list_view import ListView
from kantoor.kernel.ui.address import Address
from kantoor.kernel.ui.formats import amount, day
from kantoor.kernel.ui.palette import PaletteGroup, PaletteItem


@dataclass(frozen=True, slots=True)
class Found:
    """A thing that was found; `hint` tells it from its namesakes."""

    title: str
    url: str
    hint: str = ""


Finder = Callable[[Actor, str, int], Sequence[Found]]


@dataclass(frozen=True, slots=True)
class Searcher:
    """How things of one kind are found."""

    key: str
    title: Any
    permission: str
    icon: str
    find: Finder


_searchers: dict[str, Searcher] = {}


def searcher(
    key: str, *, title: object, permission: str = "", icon: str = "file"
) -> Callable[[Finder], Finder]:
    """Declare how things of a kind are found: at most so many, by an index, in their order."""

    def note(find: Finder) -> Finder:
        _searchers[key] = Searcher(key, title, permission, icon, find)
        return find

    return note


def search_in(view: ListView, *, icon: str = "file", title: Value = "", hint: Value = "") -> None:
    """Find the rows of a list: by its own words; the first column names what was found."""
    first = view.columns[0]

    def find(actor: Actor, words: str, most: int) -> list[Found]:
        asked = Address(view.url, (("q", words),))
        rows = view.read(actor, asked, cursor="", limit=most).rows[:most]
        return [
            Found(
                force_str(value_of(row, title) if title else plain(first.cell(row, actor))),
                view.row_url(row) if view.row_url else f"{view.url}?q={words}",
                _words(value_of(row, hint)) if hint else "",
            )
            for row in rows
        ]

    permission = view.permission or view.declared.permission
    _searchers[view.key] = Searcher(view.key, view.title, permission, icon, find)


def _words(value: Any) -> str:
    if hasattr(value, "minor"):
        return amount(value.minor, value.exponent)
    return day(value) if hasattr(value, "isoformat") else force_str(value)


def found(actor: Actor, words: str, most: int) -> Iterator[PaletteGroup]:
    """What every department finds, a group for each kind of thing."""
    for each in sorted(_searchers.values(), key=lambda one: one.key):
        if each.permission and not actor.may(each.permission):
            continue
        try:
            things = each.find(actor, words, most)
        except DomainError:
            continue
        if things:
            items = [PaletteItem(one.title, one.url, one.hint, each.icon) for one in things]
            yield PaletteGroup(force_str(each.title), items)
