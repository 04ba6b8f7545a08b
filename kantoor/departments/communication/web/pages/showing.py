"""A published text as it is shown: safe HTML with its pictures, for pages, feeds and screens."""

from collections.abc import Iterable, Mapping

from django.utils.html import format_html
from django.utils.safestring import SafeString

from kantoor.departments.communication.queries.items.pictures import pictures_of
from kantoor.departments.communication.queries.items.texts import TextShown
from kantoor.departments.communication.queries.media.showing import Shown, pictures_by_code
from kantoor.departments.communication.queries.pages.telling import ItemTold, NewsRow
from kantoor.departments.communication.rendering.html import as_html
from kantoor.departments.communication.rendering.plain import beginning
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import Company

Pictures = Mapping[str, Shown]
NO_PICTURE = SafeString("")


def text_html(whose: Actor | Company, told: ItemTold, *, root: str = "") -> SafeString:
    """One text with the picture above it; `root` goes before our addresses, for feeds."""
    return texts_html(whose, [told], root=root)[told.row.id]


def texts_html(
    whose: Actor | Company, many: Iterable[ItemTold], *, root: str = ""
) -> dict[int, SafeString]:
    """The same of many by their row, in two statements however many there are."""
    told = list(many)
    pictures = pictures_of(whose, [each.text.body for each in told], address=root)
    above = above_texts(whose, [each.row for each in told])
    return {
        each.row.id: format_html(
            "{}{}",
            picture_above(each.text, above, root=root),
            as_html(each.text.body, pictures, address=root),
        )
        for each in told
    }


def above_texts(whose: Actor | Company, rows: Iterable[NewsRow]) -> Pictures:
    """The pictures that stand above these, by code."""
    return pictures_by_code(whose, {row.picture for row in rows if row.picture})


def picture_above(
    text: TextShown, pictures: Pictures, *, root: str = "", size: str = "large"
) -> SafeString:
    """The picture above a text with whose it is; nothing where it has none."""
    found = pictures.get(text.picture)
    if found is None:
        return NO_PICTURE
    chosen = found.size(size)
    several = ", ".join(f"{root}{each.url} {each.width}w" for each in found.sizes.values())
    image = format_html(
        '<img src="{}" srcset="{}" sizes="(max-width: 720px) 100vw, 720px" alt="{}" width="{}" height="{}">',
        f"{root}{chosen.url}", several, found.alt(text.language), chosen.width, chosen.height,
    )  # fmt: skip
    credit = format_html("<figcaption>{}</figcaption>", found.credit) if found.credit else ""
    return format_html("<figure>{}{}</figure>", image, credit)


def small_picture(row: NewsRow, pictures: Pictures) -> SafeString:
    """The picture of something in a list, which its title says already: without words."""
    found = pictures.get(row.picture)
    if found is None:
        return NO_PICTURE
    size = found.size("small")
    return format_html(
        '<img src="{}" alt="" loading="lazy" width="{}" height="{}">',
        size.url, size.width, size.height,
    )  # fmt: skip


def in_short(text: TextShown, most: int = 240) -> str:
    """Its summary, or how the text begins."""
    return text.summary or beginning(text.body, most)
