"""What a picture file may be: bombs, programs and what a camera writes into it."""

import io
import re
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from PIL import Image

from kantoor.departments.communication.errors import BadPicture
from kantoor.departments.communication.formats.pictures import MOST_PIXELS, drawn
from kantoor.departments.communication.formats.sizes import LARGEST
from kantoor.departments.communication.tests.media.conftest import jpeg

WITH_SCRIPT = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def file_of(image: Image.Image, form: str, **more: object) -> bytes:
    target = io.BytesIO()
    image.save(target, form, **more)
    return target.getvalue()


def chunk(kind: bytes, content: bytes) -> bytes:
    summed = struct.pack(">I", zlib.crc32(kind + content))
    return struct.pack(">I", len(content)) + kind + content + summed


def bomb(side: int) -> bytes:
    """A PNG of a few hundred bytes that says it is so large."""
    head = struct.pack(">IIBBBBB", side, side, 8, 6, 0, 0, 0)
    data = zlib.compress(bytes(100_000), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def test_sizes_are_made_down_to_the_smallest_and_none_is_larger_than_the_picture() -> None:
    sizes = [(each.name, each.width, each.height) for each in drawn(jpeg(1200, 800))]
    assert sizes == [("small", 480, 320), ("medium", 960, 640), ("full", 1200, 800)]
    assert [each.name for each in drawn(jpeg(100, 80))] == ["full"]


def test_what_the_camera_wrote_goes_and_the_picture_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "SecretCamera"
    exif.get_ifd(0x8825)[2] = (52.0, 22.0, 12.0)
    content = jpeg(600, 400, exif=exif, comment=b"SecretComment")
    assert b"SecretCamera" in content
    assert b"SecretComment" in content
    for size in drawn(content):
        assert size.height > size.width
        assert b"Secret" not in size.content
        assert b"Exif" not in size.content
        assert dict(Image.open(io.BytesIO(size.content)).getexif()) == {}


def test_what_stands_behind_the_picture_goes() -> None:
    for size in drawn(jpeg() + b"<?php system($_GET['c']); ?>"):
        assert b"php" not in size.content


def test_a_transparent_picture_stays_so_and_an_opaque_one_becomes_a_jpeg() -> None:
    clear = Image.new("RGBA", (64, 64), (255, 0, 0, 0))
    opaque = Image.new("RGBA", (64, 64), (255, 0, 0, 255))
    assert drawn(file_of(clear, "PNG"))[0].media_type == "image/png"
    assert drawn(file_of(opaque, "PNG"))[0].media_type == "image/jpeg"
    assert drawn(file_of(opaque, "WEBP", lossless=True))[0].media_type == "image/jpeg"


@pytest.mark.parametrize("mode", ["1", "L", "P", "I;16", "LA"])
def test_every_sort_of_png_is_read(mode: str) -> None:
    (size,) = drawn(file_of(Image.new(mode, (64, 64)), "PNG"))
    assert (size.width, size.height) == (64, 64)


def test_a_picture_for_print_keeps_its_look_on_a_screen() -> None:
    (size,) = drawn(file_of(Image.new("CMYK", (64, 64), (0, 255, 255, 0)), "JPEG"))
    shown = Image.open(io.BytesIO(size.content)).convert("RGB")
    inked = [shown.getchannel(name).histogram()[:128] != [0] * 128 for name in "RGB"]
    assert inked == [False, True, True]


@pytest.mark.parametrize(
    "content",
    [
        WITH_SCRIPT,
        b'\xef\xbb\xbf<?xml version="1.0"?><!-- a --><svg onload="alert(1)"/>',
        b"\n\n  <!DOCTYPE svg [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><svg>&a;</svg>",
        WITH_SCRIPT.decode().encode("utf-16"),
        b"\x1f\x8b\x08\x00svgz",
    ],
)
def test_a_drawing_with_a_program_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(BadPicture, match="SVG"):
        drawn(content)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"MZ" + bytes(500), "no picture"),
        (b"%PDF-1.7 a paper", "no picture"),
        (b"GIF89a" + bytes(30), "no picture"),
        (jpeg(8, 8), "at least 16 pixels"),
        (jpeg(600, 400)[:900], "damaged"),
        (bomb(30_000), "no picture|million pixels"),
        (bomb(7_500), "million pixels"),
        (bytes(LARGEST + 1), "at most 25 MB"),
    ],
)
def test_what_is_no_good_picture_is_refused_in_words(content: bytes, said: str) -> None:
    with pytest.raises(BadPicture) as refused:
        drawn(content)
    assert re.search(said, str(refused.value.message))
    assert refused.value.place.field == "file"


def test_a_moving_picture_is_refused() -> None:
    frames = [Image.new("RGB", (64, 64), colour) for colour in ("red", "blue")]
    for form in ("PNG", "WEBP"):
        content = file_of(frames[0], form, save_all=True, append_images=frames[1:])
        with pytest.raises(BadPicture, match="moving"):
            drawn(content)


def test_a_jpeg_of_very_many_scans_is_refused() -> None:
    content = jpeg(600, 400, progressive=True)
    begin = content.index(b"\xff\xda")
    end = content.index(b"\xff", begin + 2)
    while content[end + 1] == 0:
        end = content.index(b"\xff", end + 2)
    scan = content[begin:end]
    with pytest.raises(BadPicture, match="damaged"):
        drawn(content[:begin] + scan * 5_000 + content[end:])


def test_the_largest_picture_takes_bounded_memory(tmp_path: Path) -> None:
    side = 7_000
    assert side * side <= MOST_PIXELS
    rows = zlib.compressobj(1)
    data = b"".join(rows.compress(b"\0" + b"\x7f\x80\x90\xff" * side) for _ in range(side))
    head = struct.pack(">IIBBBBB", side, side, 8, 6, 0, 0, 0)
    content = chunk(b"IHDR", head) + chunk(b"IDAT", data + rows.flush()) + chunk(b"IEND", b"")
    path = tmp_path / "large.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + content)
    said = subprocess.run(
        [sys.executable, "-m", "kantoor.departments.communication.tests.media.measured", str(path)],
        capture_output=True, check=True, text=True,
    ).stdout  # fmt: skip
    megabytes = int(said)
    # 200 MB of pixels as they are unpacked, as many to make them fewer, and what comes of it.
    assert megabytes < 550
