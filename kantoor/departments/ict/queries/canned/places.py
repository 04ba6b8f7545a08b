"""The places in canned texts, `{requester}` and the like: which there are, and filling them in."""

import re
from collections.abc import Mapping

from kantoor.departments.ict.models import Case

PLACES = ("requester", "first_name", "number", "title", "service", "me")
"""Who asks, their first name, number and title of the case, its service, and who writes."""
_PLACE = re.compile(r"\{([a-z_]{1,20})\}")


def unknown_places(text: str) -> list[str]:
    """The places of a text that nothing can be filled in at."""
    return [name for name in dict.fromkeys(_PLACE.findall(text)) if name not in PLACES]


def filled(text: str, known: Mapping[str, str]) -> str:
    """A text with its places filled in once; what is filled in is not looked at again."""
    return _PLACE.sub(lambda place: known.get(place[1], place[0]), text)


def known_of(case: Case, me: str) -> dict[str, str]:
    """What can be filled in of a case; `me` is who writes."""
    name = case.requester.name if case.requester else case.contact
    return {
        "requester": name,
        "first_name": name.partition(" ")[0],
        "number": str(case),
        "title": case.title,
        "service": case.service.name if case.service else "",
        "me": me,
    }


def in_language(dutch: str, english: str, language: str) -> str:
    """The text in a language, or the other where it has none."""
    return (dutch or english) if language.startswith("nl") else (english or dutch)


def language_of(case: Case, otherwise: str) -> str:
    """The language in which the requester of a case is answered."""
    return (case.requester.language if case.requester else "") or otherwise
