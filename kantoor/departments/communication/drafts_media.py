"""What is given of a picture: what is to be known of it, and its sizes."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

import msgspec

from kantoor.departments.communication.formats.sizes import Drawn

Consent = Literal["nobody", "agreed", "unasked"]


class PictureDraft(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be known of a picture; see the model for what each says.

    An empty `code` is made from the title. Of people who can be recognised and agreed, `people`
    and `proof` say who and where that stands.
    """

    title: str
    alt_nl: str
    alt_en: str
    owner: str
    licence: str
    source: str = ""
    expires_on: date | None = None
    consent: Consent = "nobody"
    people: str = ""
    proof: str = ""
    code: str = ""


class NewPicture(msgspec.Struct, frozen=True, kw_only=True):
    """A picture to be added, drawn in all its sizes (`formats.pictures.drawn`)."""

    picture: PictureDraft
    sizes: Sequence[Drawn]
