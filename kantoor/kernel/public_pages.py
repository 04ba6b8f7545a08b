"""What a company shows the world: each department says where its page is, and what is urgent.

    @public_page("ict.status", title=_("Status of services"))
    def status_page(company: Company) -> str: ...          # its path, or nothing while it is closed

    @public_notices("communication.press")
    def crisis_notices(company: Company, language: str) -> Sequence[PublicNotice]: ...

The public pages link to each other, and each shows the urgent notices of all, so that who looks at
one of them learns what happens.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.encoding import force_str

from kantoor.kernel.actors.models import Company


@dataclass(frozen=True, slots=True)
class PublicNotice:
    """Something urgent that the world may read; `path` is where the whole of it stands."""

    title: str
    text: str
    path: str
    at: datetime
    language: str


@dataclass(frozen=True, slots=True)
class PublicLink:
    """Another public page of the company."""

    title: str
    path: str


PathOf = Callable[[Company], str]
NoticesOf = Callable[[Company, str], Sequence[PublicNotice]]
_pages: dict[str, tuple[Any, PathOf]] = {}
_notices: dict[str, NoticesOf] = {}


def public_page(name: str, *, title: object) -> Callable[[PathOf], PathOf]:
    """Declare a public page; its path is empty for a company that does not show it."""

    def note(path_of: PathOf) -> PathOf:
        _pages[name] = (title, path_of)
        return path_of

    return note


def public_notices(name: str) -> Callable[[NoticesOf], NoticesOf]:
    """Declare where urgent notices for the world come from."""

    def note(notices_of: NoticesOf) -> NoticesOf:
        _notices[name] = notices_of
        return notices_of

    return note


def other_public_pages(company: Company, *, than: str) -> list[PublicLink]:
    """The public pages that a company has open, but for the one that asks."""
    found = (
        (force_str(title), path_of(company))
        for name, (title, path_of) in sorted(_pages.items())
        if name != than
    )
    return [PublicLink(title, path) for title, path in found if path]


def urgent_notices(company: Company, language: str) -> list[PublicNotice]:
    """The urgent notices of all departments, the latest first."""
    every = [each for _name, of in sorted(_notices.items()) for each in of(company, language)]
    return sorted(every, key=lambda each: each.at, reverse=True)
