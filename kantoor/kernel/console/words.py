"""Words of the console before Django is there: `kantoor --help` has no time to load it.

`_` marks a sentence for translation; `said` gives it in the language of LANG.
"""

import gettext
import os
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent.parent


def _(text: str) -> str:
    """The sentence itself, marked for translation."""
    return text


def language() -> str:
    """The language of the console, `nl` or `en`, from LC_ALL, LC_MESSAGES or LANG."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "nl" if value.lower().startswith("nl") else "en"
    return "en"


def said(text: str) -> str:
    """A marked sentence in the language of the console."""
    for catalogue in _catalogues(language()):
        translated = catalogue.gettext(text)
        if translated != text:
            return translated
    return text


@cache
def _catalogues(code: str) -> list[gettext.NullTranslations]:
    if code == "en":
        return []
    above = [PACKAGE / each for each in ("shell", "procedures", "management", "kernel")]
    folders = [*above, *sorted(PACKAGE.glob("departments/*"))]
    return [
        gettext.translation("django", folder / "locale", [code], fallback=True)
        for folder in folders
    ]
