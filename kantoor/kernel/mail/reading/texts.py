"""What a message says in words: its plain text, else its HTML as text; and safe HTML to show."""

import re
from html import unescape

from kantoor.kernel.mail.reading.message import Message
from kantoor.kernel.mail.reading.mime import Part

LONGEST_TEXT = 200_000
"""Characters of a message's text that are kept as text."""

_BREAK = re.compile(
    r"<(?:br|/p|/div|/tr|/li|/h[1-6]|/table|hr|/blockquote)\b[^<>]{0,1000}>", re.IGNORECASE
)
_TAGS = frozenset(
    {"p", "br", "div", "span", "b", "strong", "i", "em", "u", "s", "a", "ul", "ol", "li", "table",
     "thead", "tbody", "tr", "td", "th", "blockquote", "pre", "code", "h1", "h2", "h3", "h4", "hr"}
)  # fmt: skip
_SPACES = re.compile(r"[ \t\xa0]+")
_EMPTY_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*){2,}")


def plain_text(message: Message) -> str:
    """The message in plain words: its text parts one after another, else its HTML as text."""
    texts = _some(_spoken(message, "text/plain"))
    if not texts.strip():
        texts = text_of_html(html_of(message))
    return texts.replace("\r\n", "\n").replace("\r", "\n")[:LONGEST_TEXT].strip("\n")


def html_of(message: Message) -> str:
    """The HTML of a message as it came, to be cleaned before anybody sees it."""
    return _some(_spoken(message, "text/html"))[: 2 * LONGEST_TEXT]


def _spoken(message: Message, media_type: str) -> list[Part]:
    """The parts of a kind that are the message itself, no files of it."""
    return [
        part
        for part in message.own_parts()
        if part.media_type == media_type and not part.parts and not part.attached and not part.name
    ]


def _some(parts: list[Part]) -> str:
    found: list[str] = []
    length = 0
    for part in parts:
        found.append(part.text())
        length += len(found[-1])
        if length >= LONGEST_TEXT:
            break
    return "\n".join(found)


def text_of_html(html: str) -> str:
    """The words of HTML, a line for each block."""
    if not html:
        return ""
    broken = _BREAK.sub("\n", _SPACES.sub(" ", html[: 2 * LONGEST_TEXT].replace("\n", " ")))
    import nh3  # when there is mail to read; the server is smaller until then

    bare = nh3.clean(broken, tags=set(), attributes={})
    words = _SPACES.sub(" ", unescape(bare))
    return _EMPTY_LINES.sub("\n\n", words.replace("\n ", "\n")).strip()


def safe_html(html: str) -> str:
    """HTML that may be shown: no scripts, styles, forms, pictures or anything from elsewhere."""
    import nh3

    return nh3.clean(
        html,
        tags=set(_TAGS),
        attributes={"a": {"href"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
    )
