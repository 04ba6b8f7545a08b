"""Style sheets, scripts and icons as the server gives them out: compressed, and kept by browsers.

They are copied once for each version to the data folder, under a name made from their content.
That name stands in their address, so a browser may keep them for good.
"""

import gzip
import hashlib
import os
import shutil
from pathlib import Path

import brotli  # type: ignore[import-untyped]
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders

WORTH_IT = 0.9
"""A compressed form is kept when it is smaller than so much of the plain one."""
SMALLEST = 1000
COMPRESSIBLE = {".css", ".js", ".svg", ".json", ".txt", ".map", ".html"}
FOREVER_S = 365 * 24 * 3600


def prepare_static_files() -> None:
    """Make the copy where it is missing, and let this process and its children serve from it."""
    files = _files()
    name = _digest(files)
    home = Path(settings.DATA) / "static"
    if not (home / name).exists():
        part = home / f".{name}.{os.getpid()}"
        shutil.rmtree(part, ignore_errors=True)
        for inside, file in files.items():
            _copy(file, part / inside)
        part.rename(home / name)
    for other in home.iterdir():
        if other.name != name:
            shutil.rmtree(other, ignore_errors=True)
    settings.STATIC_URL = f"/static/{name}/"
    settings.STATIC_ROOT = str(home / name)
    settings.WHITENOISE_USE_FINDERS = False
    settings.WHITENOISE_MAX_AGE = FOREVER_S


def _files() -> dict[str, Path]:
    """Every static file of the installed applications, by its path below /static/."""
    found: dict[str, Path] = {}
    for finder in get_finders():
        for inside, storage in finder.list(ignore_patterns=[]):
            found.setdefault(str(inside), Path(storage.path(inside)))
    return dict(sorted(found.items()))


def _digest(files: dict[str, Path]) -> str:
    found = hashlib.sha256()
    for inside, file in files.items():
        found.update(inside.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return found.hexdigest()[:12]


def _copy(file: Path, target: Path) -> None:
    data = file.read_bytes()
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
    if target.suffix not in COMPRESSIBLE or len(data) < SMALLEST:
        return
    # Quality 9 takes a tenth of the time of 11, for a few per cent more bytes.
    small = brotli.compress(data, quality=9)
    if len(small) < WORTH_IT * len(data):
        target.with_name(target.name + ".br").write_bytes(small)
        target.with_name(target.name + ".gz").write_bytes(gzip.compress(data, 9, mtime=0))
