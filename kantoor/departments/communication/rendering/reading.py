"""Markdown as it is read here: CommonMark with tables, without HTML of the writer's own."""

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

MEDIA = "media:"
"""What the address of a picture of the library begins with."""


@cache
def reader(*, html: bool = False) -> "MarkdownIt":
    """The parser; with `html` it also reads HTML, which is only for cleaning it."""
    from markdown_it import MarkdownIt  # when there is a text; the server is smaller until then

    made = MarkdownIt("commonmark", {"html": html}).enable(["table", "strikethrough"])
    made.validateLink = may_link  # type: ignore[method-assign,assignment]
    return made


def may_link(address: str) -> bool:
    """Whether a text may point there: pages of the web and ours, mail, telephone, the library."""
    address = address.strip().lower()
    if address.startswith(("https://", "http://", "mailto:", "tel:", MEDIA, "#")):
        return True
    return address.startswith("/") and not address.startswith(("//", "/\\"))


def tokens(body: str) -> "list[Token]":
    """The blocks of a text."""
    return reader().parse(body)


def pictures_in(body: str) -> Iterator[tuple[int, str, str]]:
    """Line (from 1), address and alternative text of each picture in a text."""
    for block in tokens(body):
        line = (block.map or [0])[0] + 1
        for each in block.children or []:
            if each.type == "softbreak":
                line += 1
            if each.type == "image":
                yield line, str(each.attrs["src"]), each.content.strip()


def codes_in(body: str, above: str = "") -> list[str]:
    """The codes of the pictures of the library that a text shows, the one `above` it first."""
    named = [src.removeprefix(MEDIA) for _, src, _ in pictures_in(body) if src.startswith(MEDIA)]
    return list(dict.fromkeys([*([above] if above else []), *named]))
