"""Finds mapping files by their source's name, and reads them with clear refusals."""

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.errors import InvalidInput, NotFound
from kantoor.kernel.intake.mapping import NAME, Mapping, faults
from kantoor.kernel.system_errors import why

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

FILE_LIMIT = 1 << 20
PACKAGE = Path(__file__).resolve().parents[2]


class MappingUnusable(InvalidInput):
    """A mapping file that cannot be worked with; the message names it and what to change."""

    code = "mapping.unusable"


class NoMapping(NotFound):
    """No mapping carries the name of this source."""

    code = "mapping.unknown"


def shipped_directories() -> list[Path]:
    """The folders with the mappings that come with Kantoor."""
    return sorted([*PACKAGE.glob("*/mappings"), *PACKAGE.glob("*/*/mappings")])


def find(source: str, directories: Iterable[Path]) -> Mapping:
    """The mapping of a source, from the first folder that has it; raises NoMapping."""
    folders = list(directories)
    if NAME.fullmatch(source):
        for path in (folder / f"{source}.toml" for folder in folders):
            if path.is_file():
                return load(path)
    known = sorted({path.stem for folder in folders for path in folder.glob("*.toml")})
    message = _("There is no mapping for the source “{source}”. There are: {known}.")
    raise NoMapping(format_lazy(message, source=source, known=", ".join(known) or "–"))


def load(path: Path) -> Mapping:
    """The mapping in a file; raises MappingUnusable with a sentence on the first fault."""
    try:
        with path.open("rb") as file:
            content = file.read(FILE_LIMIT + 1)
    except OSError as reason:
        said = _("The mapping {file} cannot be read: {reason}.")
        raise _unusable(path, said, reason=why(reason)) from reason
    if len(content) > FILE_LIMIT:
        raise _unusable(path, _("The mapping {file} is too long."))
    mapping = _decode(path, content)
    for fault in faults(mapping):
        raise _unusable(path, _("In the mapping {file}: {fault}"), fault=fault)
    return mapping


def _decode(path: Path, content: bytes) -> Mapping:
    try:
        data = tomllib.loads(content.decode())
    except UnicodeDecodeError as reason:
        raise _unusable(path, _("The mapping {file} is not UTF-8.")) from reason
    except (tomllib.TOMLDecodeError, RecursionError) as reason:
        said = _("The mapping {file} is not TOML: {reason}.")
        raise _unusable(path, said, reason=str(reason)) from reason
    known = {field.name: field.required for field in msgspec.structs.fields(Mapping)}
    for key in data.keys() - known.keys():
        raise _unusable(path, _("“{key}” in the mapping {file} is not known."), key=key)
    for key, required in known.items():
        if required and key not in data:
            raise _unusable(path, _("“{key}” is missing from the mapping {file}."), key=key)
    try:
        return msgspec.convert(data, Mapping)
    except msgspec.ValidationError as reason:
        said = _("The mapping {file} has a value of the wrong kind: {reason}.")
        raise _unusable(path, said, reason=str(reason)) from reason


def _unusable(path: Path, message: "_StrPromise", **values: object) -> MappingUnusable:
    return MappingUnusable(format_lazy(message, file=path.name, **values))
