"""The pages that bin/shots takes pictures of: add a line for each page worth looking at."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """A page: the name of its pictures, its address, and what is pressed before the picture.

    `press` are keys and `click` selectors, in that order. `keep` puts the wide light and dark and
    the narrow light picture, in English, and the wide light one in Dutch, into docs/shots; the
    others are only for looking at. `whole` takes the page down to its foot.
    """

    name: str
    address: str
    press: tuple[str, ...] = ()
    click: tuple[str, ...] = ()
    keep: bool = False
    whole: bool = False


SIGN_IN = "/sign-in"
"""Where one signs in: a form with `email` and `password`."""

PAGES = (
    Page("guide-parts", "/style-guide/parts", whole=True),
    Page("guide-today", "/style-guide/today"),
    Page("guide-list", "/style-guide/list", keep=True),
    Page("guide-list-filtered", "/style-guide/list?status=overdue&total_min=500", click=(".k-chip.is-active summary",)),
    Page("guide-list-selected", "/style-guide/list", press=("j", "x", "j", "j", "x")),
    Page("guide-empty", "/style-guide/empty"),
    Page("guide-record", "/style-guide/record", keep=True),
    Page("guide-form", "/style-guide/form", whole=True),
    Page("guide-lines", "/style-guide/lines", whole=True),
    Page("guide-report", "/style-guide/report", keep=True),
    Page("guide-balance", "/style-guide/balance"),
    Page("guide-palette", "/style-guide/list", press=("Control+k",)),
    Page("guide-shortcuts", "/style-guide/list", press=("?",)),
    Page("guide-sign-in", "/style-guide/sign-in"),
    Page("guide-error", "/style-guide/error"),
)  # fmt: skip
