"""The pictures of texts as pages, feeds and mails show them."""

from collections.abc import Iterable

from kantoor.departments.communication.queries.media.showing import Shown, pictures_by_code
from kantoor.departments.communication.rendering.reading import codes_in
from kantoor.departments.communication.rendering.showing import Picture
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import Company


def pictures_of(
    whose: Actor | Company, bodies: Iterable[str], *, above: Iterable[str] = (), address: str = ""
) -> dict[str, Picture]:
    """The pictures that these texts show and those `above` them, by code; two statements.

    `address` is put before theirs, for who reads elsewhere than on our pages.
    """
    codes = {code for body in bodies for code in codes_in(body)} | {code for code in above if code}
    return {code: _picture(each, address) for code, each in pictures_by_code(whose, codes).items()}


def _picture(shown: Shown, address: str) -> Picture:
    medium = shown.size("medium")
    several = [f"{address}{size.url} {size.width}w" for size in shown.sizes.values()]
    return Picture(
        address=f"{address}{medium.url}",
        sources=", ".join(dict.fromkeys(several)),
        width=medium.width,
        height=medium.height,
        credit=shown.credit,
    )
