"""A picture of the library as HTML."""

from dataclasses import dataclass

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture of the library as a page or a mail shows it; `sources` as of `srcset`."""

    address: str
    sources: str = ""
    width: int = 0
    height: int = 0
    credit: str = ""


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
