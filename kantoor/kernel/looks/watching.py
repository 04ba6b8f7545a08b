"""Which permissions are watched: every query that asks one of them notes who looked, by itself.

    watch_looks("hr.see_pay", "pay")          # in the department's department.py

A query that asks such a permission and whose answer tells nothing of a person (a count, a sum over
everybody) says so: `@query(permission="hr.see_pay", …, shows_nobody=True)`. What shows such things
under another permission calls `note_looks` itself. Nothing is noted of what an action reads for
its own work: the action stands in the record.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kantoor.kernel.paging import Page

MOST_NAMED = 200
"""A list of more people than this is noted as one look at many."""
_watched: dict[str, str] = {}


def watch_looks(permission: str, kind: str) -> None:
    """Have looks at what a permission shows kept, as of this kind."""
    _watched[permission] = kind


def kind_of_look(permission: str) -> str:
    """The kind of look that a permission allows; empty for what is not watched."""
    return _watched.get(permission, "")


def kinds_of_looks() -> list[str]:
    """Every kind that is watched."""
    return sorted(set(_watched.values()))


def people_in(given: Mapping[str, Any], result: Any) -> list[int | str]:
    """Who an answer is about: keys or codes of parties in what was asked and in its rows.

    A parameter or attribute `party_id` or `party` names one (a number is a key, a text a code), as
    does a key of a mapping by party when its name says so (`by_party`).
    """
    found: dict[int | str, None] = {}
    for name in ("party", "party_id", "employee"):
        if (value := given.get(name)) not in (None, ""):
            _note(found, value)
    for several in ("parties", "employees"):
        for value in given.get(several) or ():
            _note(found, value)
    for row in _rows(result):
        for name in ("party_id", "party", "employee"):
            value = row.get(name) if isinstance(row, Mapping) else getattr(row, name, None)
            if value not in (None, ""):
                _note(found, value)
                break
        if len(found) > MOST_NAMED:
            break
    return list(found)


def _note(found: dict[int | str, None], value: Any) -> None:
    key = getattr(value, "pk", value)
    if isinstance(key, (int, str)) and not isinstance(key, bool):
        found[key] = None


def _rows(result: Any) -> Iterator[Any]:
    """The rows of an answer: of a page or list, or it is one itself."""
    if isinstance(result, Page):
        yield from result.rows
    elif isinstance(result, (str, bytes)):
        return
    elif isinstance(result, Iterable) and not isinstance(result, (Mapping, tuple)):
        yield from result if isinstance(result, (list, set, frozenset)) else ()
    else:
        yield result
