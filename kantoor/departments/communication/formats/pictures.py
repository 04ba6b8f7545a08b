"""Pictures read in bounds, and drawn anew: what comes out holds pixels and nothing else.

Only JPEG, PNG and WebP are read, by Pillow. A file is judged by what it says of itself before a
pixel of it is unpacked, so that a small file can't become a large picture in memory. Where it was
taken, with which camera and by whom goes; so does anything that was hidden behind the pixels.
"""

import io

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageFile, ImageOps, UnidentifiedImageError

from kantoor.departments.communication.errors import BadPicture
from kantoor.departments.communication.formats.sizes import LARGEST, SIDES, Drawn

MOST_PIXELS = 50_000_000
MOST_SCANS = 100
"""Of a progressive JPEG: each goes over the whole picture, and cameras make ten."""
SMALLEST_SIDE = 16
FORMATS = ("JPEG", "PNG", "WEBP")
SMOOTH = ("RGB", "RGBA", "L", "CMYK")
"""Kinds of pixels that can be made fewer as they are."""
QUALITY = 85
_TROUBLE = (OSError, ValueError, SyntaxError, EOFError, IndexError, OverflowError, MemoryError)
"""What Pillow raises for files that are broken or made to break it."""


def drawn(content: bytes) -> list[Drawn]:
    """A picture in all its sizes, the smallest first; none is larger than the picture itself.

    Opaque ones are JPEG, others PNG: every mail program shows those. Raises BadPicture.
    """
    refuse_by_look(content)
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as image:
            _refuse_by_head(image, content)
            return _sizes(_plain(image))
    except (UnidentifiedImageError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _bad(_("This is no picture that can be read; send a JPEG, PNG or WebP.")) from None
    except _TROUBLE:
        raise _bad(_("This picture is damaged; save it anew and send that.")) from None


def refuse_by_look(content: bytes) -> None:
    """Refuse what its size or its first bytes say enough of. Raises BadPicture."""
    if not content:
        raise _bad(_("This file is empty."))
    if len(content) > LARGEST:
        most = LARGEST // 2**20
        raise _bad(_("A picture is at most {most} MB; send a smaller one.").format(most=most))
    head = content[:4096].lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").lower()
    if head.startswith((b"<", b"\x1f\x8b")) or b"<svg" in content[:4096].lower():
        # A drawing is a program for the reader's browser; gzip is how such a one is packed.
        raise _bad(_("An SVG can hold a program, so it is not taken; send it as a PNG."))


def _refuse_by_head(image: ImageFile.ImageFile, content: bytes) -> None:
    width, height = image.size
    if width * height > MOST_PIXELS:
        said = _("A picture has at most {most} million pixels, and this one has {has}.")
        has = round(width * height / 1_000_000)
        raise _bad(said.format(most=MOST_PIXELS // 1_000_000, has=has))
    if min(width, height) < SMALLEST_SIDE:
        said = _("A picture is at least {least} pixels wide and high.")
        raise _bad(said.format(least=SMALLEST_SIDE))
    if image.format in ("PNG", "WEBP") and getattr(image, "n_frames", 1) > 1:
        raise _bad(_("A moving picture is not taken; send one that stands still."))
    # In the data of a JPEG this pair of bytes is always the begin of a scan.
    if image.format in ("JPEG", "MPO") and content.count(b"\xff\xda") > MOST_SCANS:
        raise _bad(_("This picture is damaged; save it anew and send that."))


def _plain(image: ImageFile.ImageFile) -> Image.Image:
    """The pixels alone: upright, in sRGB, with transparency only where something is transparent."""
    # A large JPEG is unpacked no larger than needed.
    image.draft(None, (SIDES["full"], SIDES["full"]))
    profile = image.info.get("icc_profile")
    if image.mode in SMOOTH:
        # Before anything is done to it, so that it is in memory once as large as it came.
        image.thumbnail(2 * (SIDES["full"],), Image.Resampling.LANCZOS, reducing_gap=3.0)
    ImageOps.exif_transpose(image, in_place=True)
    turned: Image.Image = image
    if turned.mode.startswith("I;16"):
        turned = turned.point(lambda value: value / 256).convert("L")
    if "A" in turned.mode or "transparency" in turned.info:
        see_through = turned if turned.mode == "RGBA" else turned.convert("RGBA")
        lowest = see_through.getchannel("A").getextrema()[0]
        plain = see_through if lowest != 255 else see_through.convert("RGB")
    else:
        plain = _in_srgb(turned, profile)
    plain.info = {}
    return plain


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """The same colours by the numbers that every screen takes for granted."""
    if profile and image.mode in ("RGB", "CMYK", "L"):
        try:
            found = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            srgb = ImageCms.createProfile("sRGB")
            turned = ImageCms.profileToProfile(image, found, srgb, outputMode="RGB")
        except (ImageCms.PyCMSError, *_TROUBLE):
            turned = None  # A profile that can't be read says nothing of the colours.
        if turned is not None:
            return turned
    return image.convert("RGB")


def _sizes(image: Image.Image) -> list[Drawn]:
    """Each size from the one above it, so that the whole picture is in memory once."""
    found, longest = [], max(image.size)
    for name, side in reversed(SIDES.items()):
        if name != "full" and side >= longest:
            continue
        image.thumbnail((side, side), Image.Resampling.LANCZOS, reducing_gap=3.0)
        target, clear = io.BytesIO(), image.mode == "RGBA"
        if clear:
            image.save(target, "PNG", optimize=name != "full")
        else:
            image.save(target, "JPEG", quality=QUALITY, progressive=True)
        kind = "image/png" if clear else "image/jpeg"
        found.append(Drawn(name, *image.size, target.getvalue(), kind))
    return found[::-1]


def _bad(message: object) -> BadPicture:
    return BadPicture(message, field="file")
