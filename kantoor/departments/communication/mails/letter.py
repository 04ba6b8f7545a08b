"""An item as a mail: the text in the house's own style, written into each element.

Mail programs know little of style sheets, so every element says itself how it looks.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, override

from kantoor.departments.communication.rendering.html import as_html
from kantoor.departments.communication.rendering.plain import as_plain
from kantoor.departments.communication.rendering.showing import Picture, picture_html

LONGEST_SMS = 300
"""Characters of a text message: two parts of one, as telephones count."""
STYLES = {
    "p": "margin:0 0 16px",
    "h2": "margin:28px 0 12px;font-size:20px;line-height:28px",
    "h3": "margin:24px 0 8px;font-size:17px;line-height:24px",
    "h4": "margin:20px 0 8px;font-size:16px;line-height:24px",
    "ul": "margin:0 0 16px;padding-left:24px",
    "ol": "margin:0 0 16px;padding-left:24px",
    "li": "margin:0 0 6px",
    "a": "color:#0b5cad;text-decoration:underline",
    "blockquote": "margin:0 0 16px;padding:0 0 0 16px;border-left:3px solid #c9d1d9",
    "img": "display:block;max-width:100%;height:auto;border:0;border-radius:4px",
    "table": "border-collapse:collapse;margin:0 0 16px",
    "th": "text-align:left;padding:6px 12px 6px 0;border-bottom:1px solid #c9d1d9",
    "td": "padding:6px 12px 6px 0;border-bottom:1px solid #e4e8ec",
    "pre": "white-space:pre-wrap;font-family:monospace;font-size:14px",
    "hr": "border:0;border-top:1px solid #e4e8ec;margin:24px 0",
}
_TAG = re.compile(rf"<({'|'.join(STYLES)})(?=[ >])([^>]*)>")


@dataclass(frozen=True, kw_only=True)
class Attached:
    """A picture that goes along with a mail."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a mail says in one language; `picture` stands above the text, told by `alt`."""

    title: str
    summary: str
    body: str
    language: str
    company: str
    item_code: str
    picture: Picture | None = None
    alt: str = ""
    pictures: Mapping[str, Picture]
    files: Sequence[Attached] = ()
    unsubscribe: str = ""
    opened: str = ""
    """The address of a picture that tells that the mail was opened, for who agreed to that."""


def letter_html(said: Said) -> str:
    """The mail as HTML; it may have slots (kernel/mail/mass)."""
    body = as_html(said.body, said.pictures, address=settings.ADDRESS)
    above = picture_html(said.picture, said.alt) if said.picture else ""
    context = {
        "said": said,
        "body": styled(body),
        "above": styled(above),
        "page": page_of(said),
    }
    with override(said.language):
        return render_to_string("communication/mail/letter.html", context)


def styled(html: str) -> SafeString:
    """Safe HTML with the look of a mail written into it."""
    return mark_safe(_styled(html))


def letter_text(said: Said) -> str:
    """The same as plain text."""
    with override(said.language):
        below = [gettext("From {company}.").format(company=said.company)]
        if page := page_of(said):
            below.append(gettext("On the intranet: {url}").format(url=page))
        if said.unsubscribe:
            below.append(gettext("No more of this mail: {url}").format(url=said.unsubscribe))
        parts = [said.title, said.summary, as_plain(said.body, address=settings.ADDRESS).strip()]
        return "\n\n".join([*(p for p in parts if p), "-- \n" + "\n".join(below)]) + "\n"


def short_text(title: str, summary: str, body: str, *, brief: bool) -> str:
    """An item as a message to a telephone (`brief`) or a room: its title first."""
    said = summary or as_plain(body, address=settings.ADDRESS).strip()
    if not brief:
        return f"{title}\n{said}"
    words = f"{title}: {' '.join(said.split())}"
    return words if len(words) <= LONGEST_SMS else words[: LONGEST_SMS - 1].rstrip() + "…"


def page_of(said: Said) -> str:
    """Where the item stands on the intranet; empty where the house has no address."""
    return f"{settings.ADDRESS}/communication/news/{said.item_code}" if settings.ADDRESS else ""


def _styled(html: str) -> str:
    """The look written into the elements that have none of their own."""

    def look(found: "re.Match[str]") -> str:
        tag, rest = found[1], found[2]
        if "style=" in rest:
            return re.sub(r'style="', f'style="{STYLES[tag]};', found[0], count=1)
        return f'<{tag} style="{STYLES[tag]}"{rest}>'

    return _TAG.sub(look, html)
