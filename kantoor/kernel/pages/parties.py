"""Where the page of a party is: told by the department that keeps it, linked to by all others."""

from collections.abc import Callable

_places: list[Callable[[str], str]] = []


def party_pages_at(place: Callable[[str], str]) -> None:
    """Tell the address of a party's page by its code; called once, in a department's `web`."""
    _places.append(place)


def party_url(code: str) -> str:
    """The page of the party with this code; nothing where no department has one."""
    return _places[0](code) if _places and code else ""
