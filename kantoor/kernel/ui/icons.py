"""Inline SVG icons by name (Tabler's outline set, fetched at set-up)."""

import re
from functools import lru_cache
from pathlib import Path

from django.utils.safestring import SafeString, mark_safe

FOLDER = Path(__file__).parent / "static" / "vendor" / "icons"
_NAME = re.compile(r"[a-z0-9-]+$")
_BODY = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
_GROUND = re.compile(r'\s*<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*/>')
_UNKNOWN = '<circle cx="12" cy="12" r="8"/>'


@lru_cache(maxsize=512)
def icon(name: str) -> SafeString:
    """The icon as SVG, hidden from screen readers: the words beside it say what it means.

    A name that isn't there gives a circle, so that a page never fails on decoration.
    """
    return mark_safe(
        '<svg class="k-icon" viewBox="0 0 24 24" width="18" height="18" fill="none" '
        'stroke="currentColor" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">'
        f"{_drawing(name)}</svg>"
    )


def _drawing(name: str) -> str:
    file = FOLDER / f"{name}.svg"
    if not _NAME.match(name) or not file.exists():
        return _UNKNOWN
    body = _BODY.search(_GROUND.sub("", file.read_text()))
    return re.sub(r"\s*\n\s*", "", body[1]) if body else _UNKNOWN
