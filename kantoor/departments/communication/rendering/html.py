"""A text as safe HTML: no script, nothing from elsewhere, links that tell nobody who follows them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import nh3
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from kantoor.departments.communication.rendering.reading import MEDIA, reader

HEADINGS_BEGIN_AT = 2
"""The first heading of a text on its page, under the title of the page itself."""
TAGS = {
    "a", "blockquote", "br", "code", "del", "em", "figure", "figcaption", "h2", "h3", "h4", "h5",
    "h6", "hr", "img", "li", "ol", "p", "pre", "s", "span", "strong", "table", "tbody", "td", "th",
    "thead", "tr", "ul", "div",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "srcset", "sizes", "alt", "width", "height", "loading"},
    "ol": {"start"},
    "td": {"style"},
    "th": {"style"},
    "span": {"class"},
    "div": {"class", "tabindex", "role"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture of the library as a page or a mail shows it; `sources` as of `srcset`."""

    address: str
    sources: str = ""
    width: int = 0
    height: int = 0
    credit: str = ""


def as_html(
    body: str,
    pictures: Mapping[str, Picture] | None = None,
    *,
    address: str = "",
    headings: int = HEADINGS_BEGIN_AT,
) -> SafeString:
    """A Markdown text as HTML that can stand in a page or a mail.

    A picture that is not among `pictures` (by code) is told by its alternative text. `address` is
    put before addresses of our own pages, for mails and feeds; pages leave it empty. `headings` is
    the level of the first one.
    """
    parser = reader()
    blocks = parser.parse(body)
    lowered = _lowered(blocks, headings)
    made = _Renderer(pictures or {}, address).render(lowered, parser.options, {})
    # What the parser made is cleaned all the same: two must fail before a script gets through.
    clean = nh3.clean(
        made,
        tags=TAGS,
        attributes=ATTRIBUTES,
        filter_style_properties={"text-align"},
        url_schemes={"http", "https", "mailto", "tel", "cid"},
        link_rel="noopener noreferrer",
    )
    return mark_safe(clean)


def _lowered(blocks: list[Token], first: int) -> list[Token]:
    """Headings under that of the page, without a step left out."""
    levels = sorted({each.tag for each in blocks if each.type == "heading_open"})
    becomes = {tag: f"h{min(first + place, 6)}" for place, tag in enumerate(levels)}
    for each in blocks:
        if each.type in ("heading_open", "heading_close"):
            each.tag = becomes[each.tag]
    return blocks


class _Renderer(RendererHTML):
    """The parser's own, with our pictures, links and tables."""

    def __init__(self, pictures: Mapping[str, Picture], address: str) -> None:
        super().__init__()
        self.pictures, self.address = pictures, address

    def image(self, tokens: Any, idx: int, options: Any, env: Any) -> str:
        """A picture of the library, or what it would show."""
        token: Token = tokens[idx]
        described = token.content.strip()
        found = self.pictures.get(str(token.attrs["src"]).removeprefix(MEDIA))
        if found is None:
            return format_html('<span class="k-no-picture">{}</span>', described)
        return picture_html(found, described)

    def link_open(self, tokens: Any, idx: int, options: Any, env: Any) -> str:
        """A link, whole where the text leaves our pages."""
        token: Token = tokens[idx]
        where = str(token.attrs.get("href", ""))
        if where.startswith("/"):
            token.attrs["href"] = f"{self.address}{where}"
        return str(self.renderToken(tokens, idx, options, env))

    def table_open(self, tokens: Any, idx: int, options: Any, env: Any) -> str:
        """A table in a box of its own, which is what scrolls on a phone."""
        return '<div class="k-text-table" tabindex="0" role="group"><table>\n'

    def table_close(self, tokens: Any, idx: int, options: Any, env: Any) -> str:
        """The end of a table and its box."""
        return "</table></div>\n"


def picture_html(picture: Picture, described: str) -> SafeString:
    """The picture itself, as large as its place allows."""
    sized = ""
    if picture.width and picture.height:
        sized = f' width="{picture.width:d}" height="{picture.height:d}"'
    several = ""
    if picture.sources:
        several = f' srcset="{escape(picture.sources)}" sizes="(max-width: 720px) 100vw, 720px"'
    return format_html(
        '<img src="{}" alt="{}" loading="lazy"{}{}>',
        picture.address,
        described,
        mark_safe(sized),
        mark_safe(several),
    )
