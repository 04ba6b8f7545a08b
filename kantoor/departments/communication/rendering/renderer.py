"""The parser's renderer with our pictures, links and tables; loaded when a text is shown."""

from collections.abc import Mapping
from typing import Any

from django.utils.html import format_html
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from kantoor.departments.communication.rendering.reading import MEDIA
from kantoor.departments.communication.rendering.showing import Picture, picture_html


class Renderer(RendererHTML):
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
