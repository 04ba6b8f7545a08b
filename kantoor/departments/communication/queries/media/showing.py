"""Pictures as they are shown: by their codes, with an address for each size.

An address is signed, and what is published shows it to everybody who has it: feeds, mails and the
press page show the same one. Before that, and after, it is for who may see the picture.
"""

import base64
import hmac
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.utils import timezone
from django.utils.translation import gettext

from kantoor.departments.communication.models import Picture, PictureSize
from kantoor.departments.communication.models.media.picture import UNASKED
from kantoor.departments.communication.queries.media.visible import is_public, visible_pictures
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import Company
from kantoor.kernel.files.models import File
from kantoor.kernel.record.keyring import secrets


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """A picture in one size: the path of its address (without the house's own), in pixels.

    `file` is the row of its file, for who sends it along.
    """

    url: str
    width: int
    height: int
    file: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A picture to be shown. `sizes` are small (480), medium (960), large (1920) and full.

    `expired` ones, and those of which not everybody shown was asked (`unasked`), stay where they
    were published and are not published anew: `refusal` says why. `credit` names who has the
    rights.
    """

    code: str
    title: str
    alts: Mapping[str, str]
    credit: str
    expired: bool
    unasked: bool
    sizes: Mapping[str, Size]

    @property
    def refusal(self) -> str:
        """Why it can't be published anew, as a sentence; empty when it can."""
        if self.expired:
            said = gettext("The rights of picture “{code}” ended; take another one.")
        elif self.unasked:
            said = gettext("Not everybody on picture “{code}” was asked; ask them first.")
        else:
            return ""
        return said.format(code=self.code)

    def alt(self, language: str) -> str:
        """What can be seen on it, in a language or else in another."""
        return self.alts.get(language) or next(iter(self.alts.values()), "")

    def size(self, name: str) -> Size:
        """The size of that name; of a small picture the largest there is."""
        return self.sizes.get(name) or self.sizes["full"]


def pictures_by_code(whose: Actor | Company, codes: Collection[str]) -> dict[str, Shown]:
    """The pictures with these codes that are in the library; who asks sees to who may see them.

    Two statements, however many there are. What was taken away is not among them.
    """
    company = whose.company_id if isinstance(whose, Actor) else whose.pk
    if not codes:
        return {}
    rows = Picture.objects.filter(company=company, code__in=set(codes), taken_away_at=None)
    return shown_by_code(list(rows))


def shown_by_code(pictures: Collection[Picture]) -> dict[str, Shown]:
    """The same of pictures in hand."""
    sizes: dict[int, dict[str, Size]] = {row.pk: {} for row in pictures}
    by_key = {row.pk: row for row in pictures}
    for each in PictureSize.objects.filter(picture__in=by_key).order_by("width"):
        picture = by_key[each.picture_id]
        sizes[each.picture_id][each.name] = Size(
            url=address_of(picture, each.name),
            width=each.width,
            height=each.height,
            file=each.file_id,
        )
    today = timezone.localdate()
    return {
        row.code: Shown(
            code=row.code,
            title=row.title,
            alts={"nl": row.alt_nl, "en": row.alt_en},
            credit=row.owner,
            expired=has_expired(row, today),
            unasked=row.consent == UNASKED,
            sizes=sizes[row.pk],
        )
        for row in pictures
        if sizes[row.pk]
    }


def has_expired(row: Picture, today: date | None = None) -> bool:
    """Whether a picture may no longer be published anew."""
    return row.expires_on is not None and row.expires_on < (today or timezone.localdate())


def address_of(picture: Picture, size: str) -> str:
    """The path at which one size of a picture is shown."""
    said = f"{picture.company_id}/{picture.code}/{size}"
    return f"/communication/picture/{said}/{_signed(said)}"


@dataclass(frozen=True, slots=True)
class FileShown:
    """The file that is shown at an address; `public` where something that is out shows it."""

    file: File
    public: bool


def file_at(
    company: int, code: str, size: str, signature: str, actor: Actor | None
) -> FileShown | None:
    """What is shown at an address; None when it is not ours, or shows nothing any more.

    Of what is published no permission is asked: nobody can make an address who was not given
    it. Else it is for who is signed in (`actor`) and may see the picture.
    """
    if not hmac.compare_digest(signature.encode(), _signed(f"{company}/{code}/{size}").encode()):
        return None
    rows = PictureSize.objects.filter(
        picture__company=company, picture__code=code, picture__taken_away_at=None, name=size
    )
    found = rows.select_related("file", "picture").first()
    if found is None:
        return None
    if is_public(found.picture):
        return FileShown(found.file, public=True)
    seen = actor is not None and visible_pictures(actor).filter(pk=found.picture_id).exists()
    return FileShown(found.file, public=False) if seen else None


def _signed(said: str) -> str:
    digest = hmac.digest(_key(secrets().sealing), said.encode(), "sha256")
    return base64.b32encode(digest[:15]).decode().lower()


@cache
def _key(sealing: bytes) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt=None, info=b"kantoor pictures v1").derive(sealing)
