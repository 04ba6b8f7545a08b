"""The pictures of a text as a mail shows them: from our address, or sent along where we have none."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings

from kantoor.departments.communication.mails.letter import Attached
from kantoor.departments.communication.queries.media.showing import Shown, pictures_by_code
from kantoor.departments.communication.rendering.reading import codes_in
from kantoor.departments.communication.rendering.showing import Picture
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.files.content import path_of
from kantoor.kernel.files.models import File

SIZE = "medium"
WIDEST = 584
"""Pixels of the text in a mail."""


@dataclass(frozen=True)
class Files:
    """The pictures that go along, and what each shows."""

    shown: Mapping[str, Shown]
    sent: Sequence[Attached] = ()

    def alt(self, code: str, language: str) -> str:
        """What can be seen on a picture."""
        return self.shown[code].alt(language) if code in self.shown else ""


def in_mail(actor: Actor, body: str, above: str) -> tuple[dict[str, Picture], Files]:
    """The pictures of a text and the one above it, by code."""
    shown = pictures_by_code(actor, codes_in(body, above))
    if settings.ADDRESS:
        whole = {code: f"{settings.ADDRESS}{each.size(SIZE).url}" for code, each in shown.items()}
        return {code: _picture(shown[code], at) for code, at in whole.items()}, Files(shown)
    files = File.objects.in_bulk([each.size(SIZE).file for each in shown.values()])
    sent = [
        Attached(name=code, media_type=file.media_type, content=path_of(file.sha256).read_bytes())
        for code, each in shown.items()
        if (file := files.get(each.size(SIZE).file))
    ]
    return {one.name: _picture(shown[one.name], f"cid:{one.name}") for one in sent}, Files(
        shown, sent
    )


def at_our_address(actor: Actor, bodies: Iterable[str]) -> dict[str, Picture]:
    """The pictures of texts, by code, for mail that takes none along; none without an address."""
    codes = {code for body in bodies for code in codes_in(body)} if settings.ADDRESS else set()
    shown = pictures_by_code(actor, codes)
    return {
        code: _picture(each, f"{settings.ADDRESS}{each.size(SIZE).url}")
        for code, each in shown.items()
    }


def _picture(shown: Shown, address: str) -> Picture:
    size = shown.size(SIZE)
    width = min(size.width, WIDEST)
    height = round(size.height * width / size.width)
    return Picture(address=address, width=width, height=height, credit=shown.credit)
