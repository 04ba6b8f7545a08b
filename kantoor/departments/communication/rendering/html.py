"""A text as safe HTML: no script, nothing from elsewhere, links that tell nobody who follows them."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString, mark_safe

from kantoor.departments.communication.rendering.reading import reader
from kantoor.departments.communication.rendering.showing import Picture

if TYPE_CHECKING:
    from markdown_it.token import Token

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
    import nh3  # when a text is shown; the server is smaller until then

    from kantoor.departments.communication.rendering.renderer import Renderer

    parser = reader()
    blocks = parser.parse(body)
    lowered = _lowered(blocks, headings)
    made = Renderer(pictures or {}, address).render(lowered, parser.options, {})
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


def _lowered(blocks: "list[Token]", first: int) -> "list[Token]":
    """Headings under that of the page, without a step left out."""
    levels = sorted({each.tag for each in blocks if each.type == "heading_open"})
    becomes = {tag: f"h{min(first + place, 6)}" for place, tag in enumerate(levels)}
    for each in blocks:
        if each.type in ("heading_open", "heading_close"):
            each.tag = becomes[each.tag]
    return blocks
