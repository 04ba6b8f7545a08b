"""References and their pages: `finance.entry/12` becomes a link with the words people know it by.

A department tells the page of each kind of thing that its actions `concerns`:

    @page_of("finance.entry", title=_("Entry"))
    def entry_pages(actor: Actor, keys: Sequence[str]) -> Mapping[str, Link]:
        return {str(row.pk): Link(row.number, f"/finance/entries/{row.number}") for row in …}

It gets all keys of a page at once, asks one query, and leaves out what the actor may not see.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.encoding import force_str

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError
from kantoor.kernel.ui.cells import Link

Pages = Callable[[Actor, Sequence[str]], Mapping[str, Link]]
_REFERENCE = re.compile(r"(?P<kind>[a-z_]+(?:\.[a-z_]+)*)[/:](?P<key>.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing: what it is called, and its pages."""

    title: Any
    pages: Pages


_kinds: dict[str, Kind] = {}
_quiet: set[str] = set()


def page_of(kind: str, *, title: object) -> Callable[[Pages], Pages]:
    """Tell the pages of a kind of thing."""

    def note(pages: Pages) -> Pages:
        _kinds[kind] = Kind(title, pages)
        return pages

    return note


def keep_quiet(kind: str) -> None:
    """Leave a kind out of the chain of causes: it says nothing that its neighbours don't say."""
    _quiet.add(kind)


def is_quiet(reference: str) -> bool:
    """Whether the thing is left out of the chain of causes."""
    return parted(reference)[0] in _quiet


def parted(reference: str) -> tuple[str, str]:
    """Kind and key of a reference: `finance.entry/12`, `record:7`, `event:webshop/536365`."""
    found = _REFERENCE.fullmatch(reference)
    return (found["kind"], found["key"]) if found else ("", reference)


def links(actor: Actor, references: Iterable[str]) -> dict[str, Link]:
    """The pages of many references, one question for each kind; those without one are left out."""
    wanted: dict[str, dict[str, str]] = defaultdict(dict)
    for reference in references:
        kind, key = parted(reference)
        if kind in _kinds:
            wanted[kind][key] = reference
    found: dict[str, Link] = {}
    for kind, keys in wanted.items():
        try:
            pages = _kinds[kind].pages(actor, list(keys))
        except DomainError:
            continue  # Not for this actor: the thing is named without a link.
        found |= {keys[key]: page for key, page in pages.items() if key in keys}
    return found


def link(actor: Actor, reference: str) -> Link | None:
    """The page of one reference, if it has one that the actor may open."""
    return links(actor, [reference]).get(reference)


def title_of_kind(kind: str) -> str:
    """What a kind of thing is called; its own name at the worst."""
    known = _kinds.get(kind)
    return force_str(known.title) if known else kind.rpartition(".")[2].replace("_", " ")


def words_for(reference: str, page: Link | None) -> str:
    """A reference in words: with the number people know when there is a page, else its key."""
    kind, key = parted(reference)
    return f"{title_of_kind(kind)} {page.label if page else key}".strip()
